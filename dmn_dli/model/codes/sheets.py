"""DT18x: the sheets Assumptions and Accepted."""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity

ASSUMPTION_COLUMN = Code(
    "DT180",
    Kind.LAYOUT,
    Severity.ERROR,
    "The Assumptions sheet lacks a column.",
    "Write the headings condition and reason into row 1 of the sheet Assumptions.",
)
ASSUMPTION_INCOMPLETE = Code(
    "DT181",
    Kind.LAYOUT,
    Severity.ERROR,
    "An assumption lacks its condition or its reason.",
    "Fill in both, or delete the row: a condition, such as not(Prior infusion = true and GVHD grade = 0), "
    "and why no real case can be otherwise.",
)

# A mistake on the sheet Accepted is never an error: no policy is evaluated differently because of it, and the
# finding that was to be accepted is still there.
ACCEPTED_COLUMN = Code(
    "DT185",
    Kind.LAYOUT,
    Severity.WARNING,
    "The Accepted sheet lacks a column.",
    "Write the headings code, where, why, who, until and, if you like, as it stood into row 1 of the sheet "
    "Accepted.",
)
ACCEPTED_ROW = Code(
    "DT186",
    Kind.LAYOUT,
    Severity.WARNING,
    "A row of the Accepted sheet cannot be used.",
    "Correct the cell; until then the finding is not accepted.",
)
UNTIED_WAIVER = Code(
    "DT187",
    Kind.LAYOUT,
    Severity.WARNING,
    "An accepted finding is not tied to what was accepted.",
    "Copy the text between the quotes into the column as it stood of this row; the finding then comes back "
    "when the rule changes.",
)
IDLE_WAIVER = Code(
    "DT188",
    Kind.LAYOUT,
    Severity.INFO,
    "A row of the Accepted sheet has no effect.",
    "Look at the finding again. To accept it as it is now, correct the row: the place, the last day, or the "
    "text in the column as it stood; otherwise delete the row.",
)
REFUSED_WAIVER = Code(
    "DT189",
    Kind.LAYOUT,
    Severity.WARNING,
    "A finding that keeps the workbook from being evaluated cannot be accepted.",
    "Mend what the finding says, and delete this row.",
)
