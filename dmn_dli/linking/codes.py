"""DT2xx syntax, DT3xx names, DT4xx types and values: what cells say."""

from __future__ import annotations

from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.model.finding import Code, Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

SYNTAX = Code(
    "DT201",
    Kind.SYNTAX,
    _ERROR,
    "A cell is not a FEEL test or expression.",
    "Write a value, a comparison such as < 100, a range such as [2..4], a list, not(...), or -.",
)
LOOKS_LIKE_RANGE = Code(
    "DT202",
    Kind.SYNTAX,
    _ERROR,
    "A range or date is written so that FEEL reads a subtraction or a division.",
    "Write a range as [2..4] and a date as 2025-02-12.",
)
COMMA_MEANS_OR = Code(
    "DT203",
    Kind.SYNTAX,
    _ERROR,
    "Two bounds are joined by a comma, which means or, so that every value passes.",
    "Write one range, such as [2..4).",
)
DECIMAL_COMMA = Code(
    "DT204",
    Kind.SYNTAX,
    _WARNING,
    "A comma between digits makes two numbers, not a decimal fraction.",
    "Write a decimal point (0.5), or a blank behind the comma where two numbers are meant.",
)
UNSUPPORTED = Code(
    "DT205",
    Kind.SYNTAX,
    _ERROR,
    "The expression uses something that tables cannot use, or takes more work than is allowed.",
    "Write it with comparisons, arithmetic, short lists and the documented functions.",
)
LETTER_CASE = Code(
    "DT206",
    Kind.SYNTAX,
    _INFO,
    "A word was read without regard to letter case.",
    "Nothing need be done; to be rid of the message, write the word as the dictionary does.",
)

UNKNOWN_NAME = Code(
    "DT301",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "A name is neither a fact nor a decision.",
    "Write a fact's name or label from facts.xlsx, or the name of a decision in this workbook.",
)
AMBIGUOUS_NAME = Code(
    "DT302",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "A name could mean two things.",
    "Rename one of the two, or use the other's unambiguous name.",
)
BARE_DECISION = Code(
    "DT303",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "A decision with several outputs is named without saying which output.",
    "Write Decision.output.",
)
CYCLE = Code(
    "DT304",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "Decisions require each other in a circle.",
    "Break the circle: one of the decisions must do without the other.",
)
PART_OF = Code(
    "DT310",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "A criterion is part of a row that is no group of its sheet.",
    "Write the number of a group of this sheet, a row with Needs, or clear the cell.",
)
NEEDS = Code(
    "DT311",
    Kind.LAYOUT,
    _ERROR,
    "What a group needs is not understood, or is more than it has.",
    "Write all, any, none or at least N, with N no greater than the number of the group's members.",
)
EMPTY_GROUP = Code(
    "DT312",
    Kind.LAYOUT,
    _ERROR,
    "A group of criteria has no members.",
    "Name it under Part of in the rows that belong to it, or clear its Needs where it is a criterion itself.",
)
GROUP_CIRCLE = Code(
    "DT313",
    Kind.LAYOUT,
    _ERROR,
    "Groups of criteria are parts of each other in a circle.",
    "Clear Part of in the row that is the outermost group.",
)
MEANS = Code(
    "DT314",
    Kind.NOT_ALLOWED,
    _ERROR,
    "A row claims a determination that it cannot claim.",
    "Write a determination from row 4 of the final decision, on a group that is part of none.",
)
NO_CONDITION = Code(
    "DT315",
    Kind.LAYOUT,
    _ERROR,
    "A criterion tests nothing.",
    "Write the test into the column of the fact that it is about, or make the row a group by its Needs.",
)
CASE_HEADING = Code(
    "DT305",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "A heading of the Cases sheet names neither a fact nor an expectation.",
    "Write a fact's name or label, `expect determination`, `expect <decision>`, `expect criterion "
    "<sheet>.<id>`, `expect missing` or `why`.",
)

TYPE = Code(
    "DT401",
    Kind.TYPE,
    _ERROR,
    "A cell compares or combines values of different types.",
    "Write a value of the column's type.",
)
NUMBER_FOR_TEXT = Code(
    "DT402",
    Kind.TYPE,
    _ERROR,
    "A number stands where text is due; leading zeros may be lost.",
    "Format the cell as Text and type the value again.",
)
DATE_FOR_OTHER = Code(
    "DT403",
    Kind.TYPE,
    _ERROR,
    "A date or time stands where none is due: Excel may have turned 1-2 into a date.",
    "Format the cell as Text and type the value again.",
)
PERCENT_OR_EXPONENT = Code(
    "DT404",
    Kind.TYPE,
    _ERROR,
    "A percentage or a number in scientific notation stands where none is due.",
    "Format the cell as Text and type the value again.",
)
PERCENT_NUMBER = Code(
    "DT405",
    Kind.TYPE,
    _WARNING,
    "A number is shown as a percentage, so that what is read is a hundredth of what is seen.",
    "Format the cell as Text and type the number in the fact's unit.",
)
AGGREGATION = Code(
    "DT406",
    Kind.TYPE,
    _ERROR,
    "The hit policy adds up or compares outputs that are not numbers.",
    "Put `number` into row 4 of the output, or choose hit policy C.",
)
BOOLEAN_FOR_OTHER = Code(
    "DT407",
    Kind.TYPE,
    _ERROR,
    "TRUE or FALSE stands where none is due.",
    "Format the cell as Text and type the value again.",
)
LIST_FOR_VALUE = Code(
    "DT408",
    Kind.TYPE,
    _ERROR,
    "A hit policy gives a list of results where another table compares with a single one.",
    "Write U, A, P or F in A2 if one result is meant; else let the other table ask for what is in the list, "
    'as in list contains(Grade, "high").',
)
RESULT_OR_CONDITION = Code(
    "DT409",
    Kind.TYPE,
    _ERROR,
    "A column is marked as a result, but looks like a condition.",
    "Write IF in the column's row 2 if it is a condition; if it is a result, give it a name of its own in "
    "row 3.",
)
NOT_ALLOWED = Code(
    "DT410",
    Kind.NOT_ALLOWED,
    _ERROR,
    "A value is not among the allowed ones.",
    "Choose one of the allowed values, or add the value to the list of allowed ones.",
)
ALLOWED_DIFFER = Code(
    "DT411",
    Kind.NOT_ALLOWED,
    _ERROR,
    "Row 4 of a fact's column disagrees with the dictionary.",
    "Let `dmn-dli format` write the dictionary's values into row 4, or empty the cell. Then go through the "
    "rules: they were written for the values that row 4 listed.",
)
ALLOWED_UNREADABLE = Code(
    "DT412",
    Kind.SYNTAX,
    _ERROR,
    "The allowed values cannot be read.",
    "List the values with commas between them, or write a range such as [0..100].",
)
ALLOWED_ALIKE = Code(
    "DT413",
    Kind.NOT_ALLOWED,
    _ERROR,
    "Two allowed values differ in letter case only, which is ignored wherever values are compared.",
    "Rename one of the two so that it differs in its letters, such as `K positive` and `K negative`.",
)
ALLOWED_ANY = Code(
    "DT414",
    Kind.NOT_ALLOWED,
    _WARNING,
    "An allowed value is a bare hyphen, which in a cell means any value.",
    'Rename the value, such as `not done`; until then, a cell that means it says "-" in quotes.',
)
DETERMINATION_UNKNOWN = Code(
    "DT415",
    Kind.NOT_ALLOWED,
    _WARNING,
    "The final decision of a payer's policy gives a determination that is none of those known.",
    f"Write one of these: {', '.join(DETERMINATIONS)}. The payer's own words go into the column Payer "
    "wording.",
)
CASE_VALUE = Code(
    "DT420",
    Kind.NOT_ALLOWED,
    _ERROR,
    "A case gives a fact a value that it cannot have, or expects a status that no criterion has.",
    "Write one of the allowed values, of a criterion a status, or leave the cell blank where the fact is "
    "unknown.",
)
