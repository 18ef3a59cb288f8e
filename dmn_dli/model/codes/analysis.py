"""DT51x and DT52x: what is proven of a table. DT6xx: what is proven of a whole policy."""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# Tables: no answer, or more than one

GAP = Code(
    "DT510",
    Kind.GAP,
    _ERROR,
    "No rule answers for some cases.",
    "Add a rule for them, or widen the conditions of a rule that should answer.",
)
OVERLAP = Code(
    "DT511",
    Kind.OVERLAP,
    _ERROR,
    "Two rules of a table with hit policy U answer for the same case.",
    "Narrow a condition of one of the two rules; or write F in A2, if the upper rule is to decide.",
)
CONFLICT = Code(
    "DT512",
    Kind.CONFLICT,
    _ERROR,
    "Two rules of a table with hit policy A disagree about the same case.",
    "Narrow a condition of one of the two rules, or give both the same results.",
)
COMPLETE_UNKNOWN = Code(
    "DT513",
    Kind.UNKNOWN,
    _ERROR,
    "It cannot be decided whether a table answers for every case.",
    "Add a last rule with - in every condition; or write the conditions with single facts and plain values.",
)
OVERLAP_UNKNOWN = Code(
    "DT514",
    Kind.UNKNOWN,
    _ERROR,
    "It cannot be decided whether two rules of a table answer for the same case.",
    "Choose hit policy F in A2, if the upper rule is to decide; or write the conditions with single facts "
    "and plain values.",
)

# Tables: rules and columns without use

NEVER_FIRES = Code(
    "DT515",
    Kind.UNREACHABLE,
    _WARNING,
    "No case leads to a rule.",
    "Correct the rule's conditions; or delete it, or write retired in a NOTE column Status.",
)
NEVER_WINS = Code(
    "DT516",
    Kind.UNREACHABLE,
    _WARNING,
    "Other rules always come before a rule.",
    "Move the rule up, correct its conditions, or delete it.",
)
WINNERS_UNKNOWN = Code(
    "DT517",
    Kind.UNKNOWN,
    _INFO,
    "It cannot be decided which rules of a table never decide a case.",
    "Nothing need be done; splitting the table into two makes it decidable.",
)
DUPLICATE = Code(
    "DT518",
    Kind.REDUNDANT,
    _WARNING,
    "Two rules say the same.",
    "Delete one of the two.",
)
REDUNDANT = Code(
    "DT519",
    Kind.REDUNDANT,
    _INFO,
    "A rule changes nothing: other rules give the same results without it.",
    "Delete the rule, or keep it if it makes the table easier to read.",
)
MERGEABLE = Code(
    "DT520",
    Kind.MERGEABLE,
    _INFO,
    "Several rules could be one.",
    "Keep the first, widen its condition, and delete the others.",
)
OPEN_COLUMN = Code(
    "DT521",
    Kind.UNUSED,
    _WARNING,
    "Every rule accepts any value of an input.",
    "Delete the column, or state the conditions that are missing.",
)
NO_EFFECT = Code(
    "DT522",
    Kind.UNUSED,
    _INFO,
    "An input makes no difference.",
    "Delete the column, or keep it if it makes the table easier to read.",
)
RESULT_NOT_REACHED = Code(
    "DT523",
    Kind.UNUSED,
    _WARNING,
    "No case leads to a result that row 4 lists.",
    "Add the rule that should give it, or delete the value from row 4.",
)
FITS_UNIQUE = Code(
    "DT524",
    Kind.UNUSED,
    _INFO,
    "No two rules ever answer together, so that hit policy U would do.",
    "Write U in A2: then a later edit that makes two rules meet is reported.",
)

# Policies

NO_VALUE = Code(
    "DT601",
    Kind.GAP,
    _ERROR,
    "The final decision has no value for some cases.",
    "Give the result a value in every rule that decides such a case.",
)
ARRIVAL = Code(
    "DT602",
    Kind.NOT_ALLOWED,
    _ERROR,
    "A value arrives at an input that row 4 does not list.",
    "Add the value to row 4 of the column, with the rules that answer for it; or correct the table it comes "
    "from.",
)
POLICY_UNKNOWN = Code(
    "DT603",
    Kind.UNKNOWN,
    _ERROR,
    "It cannot be decided whether the policy has a determination for every case.",
    "Write the conditions and results with single facts and plain values, or split the largest table.",
)
DETERMINATION_NOT_REACHED = Code(
    "DT604",
    Kind.UNREACHABLE,
    _WARNING,
    "No case leads to a determination that row 4 of the final decision lists.",
    "Add the rule that should give it, or delete the value from row 4.",
)
VALUES_ALIKE = Code(
    "DT605",
    Kind.UNUSED,
    _INFO,
    "No rule names some allowed values of a fact, nor tells them apart.",
    "Nothing need be done if the policy treats these values alike.",
)
NO_CHANGE_HISTORY = Code(
    "DT606",
    Kind.VERSION,
    _INFO,
    "The workbook does not say who changed what and why.",
    "Add a sheet Change History with the headings date, who, what and why, and a row for each change.",
)
OLD_CHANGE_HISTORY = Code(
    "DT607",
    Kind.VERSION,
    _WARNING,
    "The Change History is older than the policy it describes.",
    "Add a row that says what was changed for this version, or what was looked over.",
)
