"""What a page shows: policies with their findings, proofs and cases, gathered once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from attrs import frozen

from dmn_dli.evaluate.series import Version
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import DRAFT, IN_FORCE, WITHDRAWN, PolicyFields, Workbook
from dmn_dli.page import anchors
from dmn_dli.store.given import Given
from dmn_dli.store.load import load_version
from dmn_dli.tables.linked import LinkedPolicy

if TYPE_CHECKING:
    from dmn_dli.cases.sheet import WorkbookResult
    from dmn_dli.checking import CheckResult, ClaimProof, TableProof

NOT_YET, NO_LONGER = "not yet in force", "no longer in force"


@frozen
class PagePolicy:
    """A workbook in the page.

    key: unique among them, part of anchors; made of the file's name. findings, proofs, claims: those of this
    file. cases: what comes of its Cases sheet; None where it has none. standing: `in force`, `draft`,
    `withdrawn`, `NOT_YET` or `NO_LONGER`, on the day that the page is made for; "" where no payer is named.
    overdue: whether its review was due before that day. own_dictionary: whether its facts are not those of
    the page, but stand in its view. version: the policy ready to decide. apart: what parts it from policies
    of the same name; "" where none is.
    """

    key: str
    linked: LinkedPolicy
    findings: tuple[Finding, ...]
    proofs: tuple[TableProof, ...]
    claims: tuple[ClaimProof, ...]
    cases: WorkbookResult | None
    version: Version
    standing: str = ""
    overdue: bool = False
    own_dictionary: bool = False
    apart: str = ""

    @property
    def name(self) -> str:
        """What people call it: the payer's name, else its id, else the file's name."""
        return f"{_called(self.linked)}{f', {self.apart}' if self.apart else ''}"

    @property
    def facts_key(self) -> str:
        """What parts its facts' anchors from those of the dictionary that the page's policies share."""
        return self.key if self.own_dictionary else ""


@frozen
class Contents:
    """All that a page shows.

    check: as `dmn-dli check` finds it; today: the day that it was checked for. dictionary: that which the
    policies share; None where each has its own.
    """

    policies: tuple[PagePolicy, ...]
    check: CheckResult
    today: date
    dictionary: Dictionary | None


def gather(workbooks: Sequence[Given], today: date) -> Contents:
    """Check the workbooks, run their cases, and arrange what came out by workbook."""
    # The page's engine renders what was gathered elsewhere, and would start later for what gathers it.
    from dmn_dli.checking import check

    return contents_of(workbooks, check(workbooks, today, strict=False), today)


def contents_of(workbooks: Sequence[Given], result: CheckResult, today: date) -> Contents:
    """The same of workbooks that have been checked."""
    from dmn_dli.cases.sheet import run_cases

    given = [each for each in workbooks if not each.is_dictionary]
    shared = [each.dictionary for each in result.linked if each.workbook.dictionary is None]
    fields = [each.workbook.policy for each in result.linked]
    names = Counter(map(_called, result.linked))
    policies = []
    for place, linked, key in zip(given, result.linked, _keys(given), strict=True):
        workbook = linked.workbook
        version = load_version(place.path, linked=linked)
        review = workbook.policy.next_review
        policies.append(
            PagePolicy(
                key=key,
                linked=linked,
                findings=tuple(each for each in result.findings if each.file == workbook.file),
                proofs=tuple(each for each in result.tables if each.file == workbook.file),
                claims=tuple(each for each in result.claims if each.file == workbook.file),
                cases=run_cases(workbook, version) if workbook.cases else None,
                version=version,
                standing=_standing(workbook.policy, fields, today),
                overdue=review is not None and review < today,
                own_dictionary=workbook.dictionary is not None or linked.dictionary != shared[0],
                apart=_apart(workbook) if names[_called(linked)] > 1 else "",
            )
        )
    return Contents(tuple(policies), result, today, shared[0] if shared else None)


def _called(linked: LinkedPolicy) -> str:
    fields = linked.workbook.policy
    return fields.payer_name or fields.payer or linked.workbook.name


def _apart(workbook: Workbook) -> str:
    """A version by the day from which it holds, else by its file."""
    start = workbook.policy.effective_from
    return f"from {start.isoformat()}" if start else workbook.name


def _standing(policy: PolicyFields, others: Iterable[PolicyFields], today: date) -> str:
    """Whether a policy is in force on a day; a payer's next version ends the one before it."""
    if policy.payer is None:
        return ""
    if policy.draft:
        return WITHDRAWN if policy.withdrawn else DRAFT
    start = policy.effective_from or date.min
    if start > today:
        return NOT_YET
    followed = any(
        other.payer == policy.payer and not other.draft and start < (other.effective_from or start) <= today
        for other in others
    )
    ended = policy.effective_to is not None and policy.effective_to < today
    return NO_LONGER if followed or ended else IN_FORCE


def _keys(given: Sequence[Given]) -> list[str]:
    """A key for each file: its name without the ending, and a number behind it where two are alike."""
    keys: dict[str, None] = {}
    for each in given:
        stem = anchors.key_of(each.path.name)
        keys[next(key for key in _numbered(stem) if key not in keys)] = None
    return list(keys)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}.{number}" for number in count(2))
