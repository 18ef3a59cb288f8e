"""A payer's versions side by side: reviews that are due, days with two versions, days with none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from attrs import frozen

from dmn_dli.model.codes import versions as codes
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.workbook import Workbook


@frozen
class _Version:
    start: date
    workbook: Workbook


def version_findings(workbooks: Iterable[Workbook], today: date) -> Iterator[Finding]:
    """Warnings for review dates before `today`; what is wrong with the days on which versions are in force.

    A passed review date ends no policy. Drafts are left out: they are not in force.
    """
    by_payer: dict[str, list[_Version]] = {}
    for workbook in workbooks:
        fields = workbook.policy
        if fields.draft:
            continue
        if fields.next_review is not None and fields.next_review < today:
            message = f"The review was due on {fields.next_review.isoformat()}; the policy stays in force."
            yield _finding(codes.REVIEW_PASSED, workbook, "Next review", message)
        if fields.payer is not None and fields.effective_from is not None:
            by_payer.setdefault(fields.payer, []).append(_Version(fields.effective_from, workbook))
    for payer, versions in by_payer.items():
        yield from _same_days(payer, versions)
        yield from _ends(sorted(versions, key=lambda each: each.start))


def _same_days(payer: str, versions: Sequence[_Version]) -> Iterator[Finding]:
    first: dict[date, Workbook] = {}
    for version in versions:
        other = first.setdefault(version.start, version.workbook)
        if other is not version.workbook:
            message = (
                f'"{other.name}" is a policy of "{payer}" that takes effect on '
                f"{version.start.isoformat()} too; neither can be used for that time."
            )
            yield _finding(codes.SAME_DAY, version.workbook, "Effective from", message)


def _ends(versions: Sequence[_Version]) -> Iterator[Finding]:
    """Where a version's end and the next one's beginning do not meet."""
    for version, following in pairwise(versions):
        end = version.workbook.policy.effective_to
        if end is None or version.start == following.start:
            continue
        name = following.workbook.name
        if end >= following.start:
            message = (
                f'This version ends on {end.isoformat()}, but "{name}" takes effect on '
                f"{following.start.isoformat()} and decides from then on."
            )
            yield _finding(codes.VERSIONS_OVERLAP, version.workbook, "Effective to", message)
        elif end + timedelta(days=1) < following.start:
            first, last = end + timedelta(days=1), following.start - timedelta(days=1)
            message = (
                f'This version ends on {end.isoformat()}, and the next one, "{name}", takes effect on '
                f"{following.start.isoformat()}: no policy is on file from {first.isoformat()} to "
                f"{last.isoformat()}."
            )
            yield _finding(codes.DAYS_UNCOVERED, version.workbook, "Effective to", message)


def _finding(code: Code, workbook: Workbook, field: str, message: str) -> Finding:
    cell = workbook.policy.places.get(field)
    return Finding(
        code, message, code.remedy, workbook.file, "Policy" if cell else "", cell.reference if cell else ""
    )
