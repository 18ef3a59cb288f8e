"""A payer's versions side by side: review dates that have passed, two versions for one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dmn_dli.model.codes import versions as codes
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.workbook import Workbook


def version_findings(workbooks: Iterable[Workbook], today: date) -> Iterator[Finding]:
    """Warnings for review dates before `today`, errors for versions of a payer that begin on one day.

    A passed review date ends no policy. Drafts are left out: they are not in force.
    """
    first: dict[tuple[str, date], Workbook] = {}
    for workbook in workbooks:
        fields = workbook.policy
        if fields.draft:
            continue
        if fields.next_review is not None and fields.next_review < today:
            message = f"The review was due on {fields.next_review.isoformat()}; the policy stays in force."
            yield _finding(codes.REVIEW_PASSED, workbook, "Next review", message)
        if fields.payer is not None and fields.effective_from is not None:
            other = first.setdefault((fields.payer, fields.effective_from), workbook)
            if other is not workbook:
                message = (
                    f'"{other.name}" is a policy of "{fields.payer}" that takes effect on '
                    f"{fields.effective_from.isoformat()} too; neither can be used for that time."
                )
                yield _finding(codes.SAME_DAY, workbook, "Effective from", message)


def _finding(code: Code, workbook: Workbook, field: str, message: str) -> Finding:
    cell = workbook.policy.places.get(field)
    return Finding(
        code, message, code.remedy, workbook.file, "Policy" if cell else "", cell.reference if cell else ""
    )
