"""DT1xx: the file, its sheets and its layout."""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.runtime.hit_policy import HitPolicy


def _error(code: str, title: str, remedy: str, kind: Kind = Kind.LAYOUT) -> Code:
    return Code(code, kind, Severity.ERROR, title, remedy)


def _warning(code: str, title: str, remedy: str, kind: Kind = Kind.LAYOUT) -> Code:
    return Code(code, kind, Severity.WARNING, title, remedy)


def _info(code: str, title: str, remedy: str) -> Code:
    return Code(code, Kind.LAYOUT, Severity.INFO, title, remedy)


_HIT_POLICIES = ", ".join(
    f"{each.value} ({each.word.capitalize()})" if each.value.isalpha() else each.value for each in HitPolicy
)

# The file

NOT_A_WORKBOOK = _error(
    "DT101",
    "The file is no Excel workbook.",
    "Open it in Excel or LibreOffice and use File > Save As > Excel Workbook (.xlsx), or in Numbers and use "
    "File > Export To > Excel; then move this file out of the folder.",
)
ENCRYPTED = _error(
    "DT102",
    "The file is protected by a password.",
    "Open it in Excel, remove the password under File > Info > Protect Workbook > Encrypt with Password, "
    "and save it.",
)
MACROS = _error(
    "DT103",
    "The file holds macros.",
    "Use File > Save As > Excel Workbook (.xlsx), which leaves the macros out.",
)
TOO_LARGE = _error(
    "DT104", "The file holds an absurd amount.", "Copy the sheets that you need into a new workbook."
)
DAMAGED = _error(
    "DT105",
    "The file is damaged or incomplete.",
    "Open it in Excel, which offers to repair it, look it over and save it; or take an earlier copy.",
)
BUSY = _error(
    "DT106",
    "Another program is using the file.",
    "Save and close it in the other program, or wait until it has been copied or synchronized; "
    "then try again.",
)
FILE_NAME = _warning(
    "DT107",
    "The file's name and its Policy sheet disagree.",
    "Rename the file, or correct Payer or Effective from on the Policy sheet.",
)
NO_PLAIN_DICTIONARY = _error(
    "DT108",
    "The folder's dictionary of facts is not one plain file.",
    "Leave one file named facts.xlsx in the folder, and move everything else of this name elsewhere.",
    Kind.FILE,
)
BORROWED_DICTIONARY = _warning(
    "DT109",
    "A folder of workbooks has no dictionary of facts.",
    "Copy facts.xlsx into the folder, or add a sheet Facts to the workbook.",
    Kind.FILE,
)

# Cells

UNSEEN = _warning(
    "DT111",
    "A cell holds something that nobody can see.",
    "Give the text another colour under Format Cells > Font, or the number format General.",
)
FORMULA = _error(
    "DT112",
    "A formula stands where a value is due.",
    "Select the cell, copy it, and use Paste Special > Values.",
)
ERROR_VALUE = _error(
    "DT113", "An Excel error value stands where a value is due.", "Type the value that belongs here."
)
MERGED = _error(
    "DT114",
    "Cells are merged where each must hold its own value.",
    "Select them, use Home > Merge & Center > Unmerge Cells, and fill in every cell.",
)
HIDDEN = _error(
    "DT115",
    "Rows or columns of a table are hidden.",
    "Select the rows or columns on both sides, right-click and choose Unhide; or delete what is not meant.",
)
ACTIVE_FILTER = _error(
    "DT116", "A filter is active on a table.", "Use Data > Clear, so that all rows are seen."
)
STRUCK_THROUGH = _error(
    "DT117",
    "Text is struck through.",
    "If it no longer applies, delete it (a rule is taken out of force by `retired` in a NOTE column Status); "
    "if it does, clear Strikethrough under Format Cells > Font.",
)
OUTSIDE = _error(
    "DT118",
    "Something stands outside the table.",
    "Move it to a NOTE column or to a sheet named Notes, or delete it.",
)
REPAIRED = _info(
    "DT119",
    "A cell's blanks or typographic characters were read as plain ones.",
    "Nothing need be done; retyping the cell makes the message go away.",
)

# Sheets

NO_POLICY_SHEET = _error(
    "DT120",
    "The Policy sheet is missing.",
    "Add a sheet named Policy with the headings Field and Value in row 1, and below them at least a row with "
    "Final decision in column A and the name of the deciding table in column B.",
)
NOT_A_TABLE = _error(
    "DT121",
    "A sheet is no decision table.",
    "Rename it to `Notes ...` if it is free text; otherwise complete its first four rows.",
)
EMPTY_SHEET = _warning("DT122", "A sheet is empty.", "Delete the sheet, or name it Notes.")
HIDDEN_SHEET = _error(
    "DT123",
    "A sheet that takes part in decisions is hidden.",
    "Right-click any sheet's tab, choose Unhide, and pick it; delete it if it is not meant.",
)
TABLE_IN_NOTES = _error(
    "DT124",
    "A sheet set aside for other things looks like a decision table.",
    "Rename the sheet as its A1 says if it is a decision table; otherwise clear A2.",
)
CHART_SHEET = _warning("DT125", "A sheet holds a chart only.", "Move the chart to a sheet named Notes.")
SHEET_NAME = _warning(
    "DT126", "A sheet's name and its A1 disagree.", "Rename the sheet, or correct the decision's name in A1."
)
DUPLICATE_DECISION = _error(
    "DT127",
    "Two sheets bear the same name.",
    "Give each decision a name of its own, in A1 and on the sheet's tab.",
)
NO_TABLE = _error(
    "DT128",
    "The workbook holds no decision table.",
    "Add a sheet for each decision table, laid out as the format reference shows.",
)

# The Policy sheet

POLICY_HEADINGS = _error(
    "DT130", "The Policy sheet lacks its headings.", "Write Field in A1 and Value in B1, and begin in row 2."
)
UNKNOWN_FIELD = _warning(
    "DT131", "The Policy sheet has a field that is not known.", "Correct the field's name, or delete the row."
)
DUPLICATE_FIELD = _error(
    "DT132", "A field of the Policy sheet stands there twice.", "Delete one of the two rows."
)
BAD_DATE = _error("DT133", "A date cannot be read.", "Type it as year-month-day, such as 2025-02-12.")
FIELD_MISSING = _error(
    "DT134", "The Policy sheet lacks a field that is needed.", "Add it to the Policy sheet."
)
FIELD_ADVISED = _warning(
    "DT135", "The Policy sheet lacks a field that readers expect.", "Enter it on the Policy sheet."
)
FINAL_DECISION = _error(
    "DT136",
    "The final decision names no table.",
    "Write the name of a decision table beside Final decision on the Policy sheet.",
    Kind.UNKNOWN_NAME,
)
PERIOD = _error(
    "DT137", "The policy ends before it begins.", "Correct Effective from or Effective to.", Kind.VERSION
)
STATUS = _error(
    "DT138",
    "A policy's status is not known.",
    "Write in force, or leave the cell blank; write draft or withdrawn for a policy that is used only where "
    "its file is named.",
)

# A decision table's head

NO_NAME = _error("DT140", "A decision table has no name.", "Write the decision's name in A1.")
HIT_POLICY = _error(
    "DT141",
    "A table's hit policy is missing or not known.",
    f"Write one of these in A2: {_HIT_POLICIES}.",
)
COLUMN_KIND = _error(
    "DT142",
    "A column does not say what it is for.",
    "Write IF (a condition), THEN (a result) or NOTE (a remark) in the column's row 2.",
)
NO_OUTPUT = _error(
    "DT143", "A table gives no result.", "Write THEN in row 2 of the column that holds the result."
)
BLANK_HEADING = _error("DT144", "A column has no heading.", "Write the heading, or delete the column.")
DUPLICATE_HEADING = _error(
    "DT145", "Two columns have the same heading.", "Rename or delete one of the two columns."
)
ROW_HEADING = _error(
    "DT146", "Rows 3 and 4 are not marked.", "Write Rule in A3 and values in A4; rules begin in row 5."
)
PRIORITY_VALUES = _error(
    "DT147",
    "A table sorted by priority does not say which result comes first.",
    "List the results in row 4 of the first THEN column, the most important first.",
)
DEFAULT = _error(
    "DT148",
    "A default is incomplete or misplaced.",
    "Write `default: ...` as the last line of row 4 in every THEN column, or in none.",
)
DEFAULT_DETERMINATION = _error(
    "DT149",
    "The final decision of a payer's policy has a default.",
    "Delete the default, and write a rule with its citation for what remains.",
)

# Rules

NO_RULES = _error("DT150", "A table has no rules.", "Write the rules from row 5 on.")
NO_RULE_ID = _error(
    "DT151", "A rule has no id.", "Write an id in column A, such as the next free number; it stays for good."
)
DUPLICATE_RULE_ID = _error("DT152", "Two rules have the same id.", "Give one of them an id of its own.")
BLANK_CELL = _error(
    "DT153", "A cell of a rule is blank.", "Write - for any value (IF), or null for no value (THEN)."
)
GAP = _error(
    "DT154", "A blank row parts a table.", "Delete the blank row, so that the rules follow each other."
)
NO_CITATION = _error(
    "DT155",
    "A rule does not say where the policy says so.",
    "Add the section, heading or criterion number to the NOTE column Citation.",
    Kind.CITATION,
)
RETIRED = _info("DT156", "Rules are out of force.", "Nothing need be done.")
RULE_STATUS = _error(
    "DT157",
    "A rule's status is not known.",
    "Write retired to take the rule out of force; leave the cell blank, or write in force, to keep it.",
)
RETIRED_ELSEWHERE = _warning(
    "DT158",
    "A rule is called retired in a column that does not take it out of force.",
    "Write Status in the column's row 3 if the rule is to be out of force; otherwise say it in other words.",
)
DETERMINATIONS_MISSING = _error(
    "DT159",
    "The final decision of a payer's policy does not list its determinations.",
    "List in row 4 of the first THEN column the determinations that the table gives, such as "
    "`medically necessary, criteria not met, not addressed`.",
)
TOO_MANY_RULES = _error(
    "DT163",
    "A table has more rules than can be proven.",
    "Split the table by its first condition, and let another table choose between the parts.",
    Kind.UNKNOWN,
)

# A sheet of criteria

CRITERIA_WORD = _error(
    "DT164", "A sheet of criteria does not say that it is one.", "Write Criteria in A2; A1 holds the name."
)
NO_REQUIREMENT = _error(
    "DT165",
    "A sheet of criteria does not say what is required.",
    "Add a column with THEN in row 2 and Requirement in row 3, and say in every row what is required.",
)
CRITERIA_HEADING = _error(
    "DT166",
    "A column of a sheet of criteria has a heading that is not known.",
    "Write Part of, Needs or Means under GROUP, Requirement or Evidence under THEN, and everything else that "
    "people should read under NOTE.",
)
SHOWN_OTHERWISE = _error(
    "DT167",
    "A criterion's number is read otherwise than it is shown.",
    "Format the cell as Text, and type the number again as the document prints it.",
)
UNMET_TABLE = _error(
    "DT168",
    "A table Unmet criteria stands beside a sheet of criteria.",
    "Delete the table: the unmet criteria of a record follow from the sheet of criteria.",
)
CRITERIA_TEXT = _error(
    "DT169",
    "A number or date stands where a sheet of criteria has text.",
    "Format the cell as Text, and type the text again.",
)

# What a merge leaves

CONFLICTS = _error(
    "DT178",
    "A merge has left conflicts that nobody has decided.",
    "Write into each cell that the sheet names what is to hold, then delete the sheet.",
    Kind.MERGE,
)

# Cases

NO_CASE_COLUMN = _error("DT160", "The Cases sheet lacks the column for the case's name.", "Write case in A1.")
CASES_GAP = _warning("DT161", "A blank row stands among the cases.", "Delete the blank row.")
DUPLICATE_CASE = _warning("DT162", "Two cases have the same name.", "Rename one of the two.")

# The dictionary of facts

NO_FACTS = _error(
    "DT170",
    "The dictionary of facts is missing or empty.",
    "Add a sheet named Facts with the headings fact, label, type, allowed values, unit, nullable, question "
    "and description, and a row for each fact.",
)
FACT_COLUMN = _error("DT171", "The Facts sheet lacks a column.", "Add the column with this heading in row 1.")
FACT_TYPE = _error("DT172", "A fact's type is not known.", "Write string, number, integer, boolean or date.")
FACT_NAME = _error(
    "DT173",
    "A fact's name is not in the form that is due.",
    "Use small letters, digits and _, such as date_of_service.",
)
DUPLICATE_FACT = _error("DT174", "Two facts have the same name or label.", "Rename or delete one of the two.")
FACT_INCOMPLETE = _warning("DT175", "A fact's row is incomplete.", "Fill in the cell.")
NULLABLE = _error("DT176", "It is not clear whether a fact is nullable.", "Write Yes or No.")
FACT_HEADING = _warning(
    "DT177", "A heading of the Facts sheet resembles one that is read.", "Correct the heading in row 1."
)
CHANGEABLE = _error(
    "DT182",
    "It is not clear whether a fact can be changed.",
    "Write Yes where care or time can change it, No where it is past or the patient's, request where the "
    "requester states it.",
)
