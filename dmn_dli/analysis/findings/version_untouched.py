"""DT505: a new version has the source, the reviews or the history of the version before it."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, SeriesCheck
from dmn_dli.analysis.place import listed, policy_finding
from dmn_dli.analysis.subject import Series
from dmn_dli.analysis.versions import HISTORY, REVIEWS, SOURCE, untouched
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT505",
    Kind.VERSION,
    Severity.WARNING,
    "A new version has the source, the reviews or the history of the version before it.",
    "On the sheet Policy enter the document and the review dates of this version; on the sheet Change "
    "History add a line that says what changed and why.",
)

_FIELDS = {SOURCE: "Source document", REVIEWS: "Last review", HISTORY: "Effective from"}
"""Where the finding stands: the first of what was not touched."""


def _find(series: Series) -> Findings:
    for before, workbook in series.successions():
        kept = untouched(before, workbook)
        if kept:
            message = f'Since the version before, "{before.name}", nobody has touched {listed(kept, "or")}.'
            standing = workbook.policy.places | workbook.policy.blank
            field = _FIELDS[kept[0]] if _FIELDS[kept[0]] in standing else "Effective from"
            yield policy_finding(CODE, workbook, message, field)


CHECK = SeriesCheck(CODE, _find)
