"""What is proven of a policy, of its tables and of its claims, in words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.table import DecisionTable
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import Child, h

_WORDS = {True: "proven", False: "not", None: "not known whether"}
_CLASSES = {True: "good", False: "bad", None: "open"}


@frozen
class Unproven:
    """What is not proven: the place, its anchor, what in words; refuted: whether it is shown to be false."""

    place: str
    words: str
    anchor: str
    refuted: bool


def unproven(policy: PagePolicy) -> tuple[Unproven, ...]:
    """What the hit policies of a policy's tables ask, and its criteria claim, and is not proven."""
    return (*_tables(policy), *_claims(policy))


def _tables(policy: PagePolicy) -> Iterator[Unproven]:
    sheets = {table.name: table.sheet for table in policy.linked.workbook.tables}
    for proof in policy.proofs:
        for what, proven in proof.due.items():
            if proven is not True:
                place = anchors.sheet(policy.key, sheets[proof.decision])
                yield Unproven(proof.decision, _words(what, proven), place, refuted=proven is False)


def _claims(policy: PagePolicy) -> Iterator[Unproven]:
    for claim in policy.claims:
        if claim.holds is not True:
            place = anchors.criterion(policy.key, claim.sheet, claim.id)
            words = f"it is {'not known whether it means' if claim.holds is None else 'not'} {claim.means}"
            yield Unproven(f"{claim.sheet} {claim.id}", words, place, refuted=claim.holds is False)


def _words(what: str, proven: bool | None) -> str:
    """`proven complete`, `not complete`, `not known whether complete`."""
    return f"{_WORDS[proven]} {what}"


def _verdict(proven: bool | None) -> str:
    return f"badge {_CLASSES[proven]}"


def table_badges(policy: PagePolicy, table: DecisionTable) -> Child:
    """What is proven of a table, of that which its hit policy asks."""
    proof = next((each for each in policy.proofs if each.decision == table.name), None)
    if proof is None:
        return None
    return [
        [h("span", _words(what, proven), class_=_verdict(proven)), " "] for what, proven in proof.due.items()
    ]


def claim_badge(policy: PagePolicy, sheet: CriteriaSheet, row: CriterionRow) -> Child:
    """Whether the claim of a group is proven; nothing where it claims nothing."""
    claim = next((each for each in policy.claims if (each.sheet, each.id) == (sheet.name, row.id)), None)
    if claim is None:
        return None
    words = {None: "not known whether it holds", True: "proven", False: "does not hold"}[claim.holds]
    return h("span", words, class_=_verdict(claim.holds))


def proof_words(policy: PagePolicy) -> Child:
    """Whether a policy as a whole is proven; else what is not."""
    lacking = unproven(policy)
    if not policy.proofs:
        return h("span", "nothing to prove", class_="badge")
    if not lacking:
        return h("span", "proven", class_="badge good")
    refuted = any(each.refuted for each in lacking)
    return [
        h("span", "not proven" if refuted else "not known", class_=_verdict(False if refuted else None)),
        h("ul", (h("li", h("a", each.place, href=f"#{each.anchor}"), f": {each.words}") for each in lacking)),
    ]
