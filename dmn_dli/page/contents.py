"""What a page shows: policies with their findings, proofs and cases, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from dmn_dli.cases.sheet import WorkbookResult, run_cases
from dmn_dli.checking import CheckResult, ClaimProof, TableProof, check
from dmn_dli.evaluate.series import Version
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.page import anchors
from dmn_dli.store.given import Given
from dmn_dli.store.load import load_version
from dmn_dli.tables.linked import LinkedPolicy


@frozen
class PagePolicy:
    """A workbook in the page.

    key: unique among them, part of anchors; made of the file's name. findings, proofs, claims: those of this
    file. cases: what comes of its Cases sheet; None where it has none. version: the policy ready to decide.
    """

    key: str
    linked: LinkedPolicy
    findings: tuple[Finding, ...]
    proofs: tuple[TableProof, ...]
    claims: tuple[ClaimProof, ...]
    cases: WorkbookResult | None
    version: Version

    @property
    def name(self) -> str:
        """What people call it: the payer's name, else its id, else the file's name."""
        fields = self.linked.workbook.policy
        return fields.payer_name or fields.payer or self.linked.workbook.name

    @property
    def own_dictionary(self) -> bool:
        """Whether its facts stand in the workbook itself."""
        return self.linked.workbook.dictionary is not None


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
    result = check(workbooks, today, strict=False)
    given = [each for each in workbooks if not each.is_dictionary]
    policies = []
    for place, linked, key in zip(given, result.linked, _keys(given), strict=True):
        file = linked.workbook.file
        version = load_version(place.path, linked=linked)
        policies.append(
            PagePolicy(
                key,
                linked,
                tuple(each for each in result.findings if each.file == file),
                tuple(each for each in result.tables if each.file == file),
                tuple(each for each in result.claims if each.file == file),
                run_cases(linked.workbook, version) if linked.workbook.cases else None,
                version,
            )
        )
    shared = [each.linked.dictionary for each in policies if not each.own_dictionary]
    return Contents(tuple(policies), result, today, shared[0] if shared else None)


def _keys(given: Sequence[Given]) -> list[str]:
    """A key for each file: its name without the ending, and a number where two are alike."""
    seen: dict[str, int] = {}
    keys = []
    for each in given:
        stem = anchors.key_of(each.path.name)
        seen[stem] = seen.get(stem, 0) + 1
        keys.append(stem if seen[stem] == 1 else f"{stem}.{seen[stem]}")
    return keys
