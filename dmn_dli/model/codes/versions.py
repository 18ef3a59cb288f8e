"""DT5xx: a policy's versions and dates."""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity

REVIEW_PASSED = Code(
    "DT501",
    Kind.VERSION,
    Severity.WARNING,
    "The policy's review date has passed.",
    "Look for a newer version of the policy; if there is none, enter the new date beside Next review.",
)
SAME_DAY = Code(
    "DT502",
    Kind.VERSION,
    Severity.ERROR,
    "Two workbooks of one payer take effect on the same day.",
    "Correct Effective from in one of them, or write draft beside Status in the one that is not in force.",
)
VERSIONS_OVERLAP = Code(
    "DT503",
    Kind.VERSION,
    Severity.WARNING,
    "Two versions of a payer's policy are in force on the same days.",
    "Empty Effective to in the earlier workbook (it then ends the day before the next), or mend the dates.",
)
DAYS_UNCOVERED = Code(
    "DT504",
    Kind.VERSION,
    Severity.WARNING,
    "No version of a payer's policy is in force on some days between two versions.",
    "Empty Effective to in the earlier workbook (it then ends the day before the next), or add the version "
    "that is missing.",
)
