"""Every kind of broken workbook that the reader speaks about, each made from a good one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

from attrs import frozen
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import codes as layout
from dmn_dli.excel.archive import UNPACKED_LIMIT
from dmn_dli.excel.rows import RULES_LIMIT
from dmn_dli.model.finding import Code
from tests.excel.build import (
    DETERMINATION,
    FACTS,
    GOOD,
    GOOD_NAME,
    POLICY,
    SCOPE,
    Rows,
    make_workbook,
    put,
    rewrite,
    spoil,
)

CONFLICTS: Rows = [
    ["sheet", "cell", "kind", "base", "ours", "theirs"],
    ["Determination", "C6", "IF", ">= 2", ">= 3", "> 2"],
]
WITH_FACTS = {**GOOD, "Facts": FACTS}


@frozen
class Broken:
    """A broken workbook: what is wrong in a reader's words, the code it is due, and how it is made."""

    what: str
    code: Code
    make: Callable[[], bytes]
    name: str = GOOD_NAME


def _archive(**parts: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    stream = BytesIO(make_workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@cache
def _bomb() -> bytes:
    return _with_part("xl/media/image1.png", bytes(UNPACKED_LIMIT + 1))


def _old_excel(stream_name: str) -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + stream_name.encode("utf-16-le")


def _policy(**fields: object) -> bytes:
    """The good workbook with some fields of its Policy sheet changed; None drops the row."""
    labels = {label.lower().replace(" ", "_"): label for label, _ in POLICY}
    changed = {labels[name]: value for name, value in fields.items()}
    rows: Rows = [[label, changed.get(str(label), value)] for label, value in POLICY]
    return make_workbook(Policy=[row for row in rows if row[1] is not None])


def _hide_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[5].hidden = True
    sheet.row_dimensions[6].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["C"].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A3:G7"
    sheet.auto_filter.add_filter_column(0, ["M-1"])
    sheet.row_dimensions[6].hidden = True


def _whiten(sheet: Worksheet) -> None:
    sheet["D6"].font = Font(color="FFFFFFFF")


def _strike(sheet: Worksheet) -> None:
    sheet["D6"].font = Font(strike=True)


@cache
def _rules_beyond() -> bytes:
    rules = [[f"S-{number}", "-", "addressed", "Title"] for number in range(RULES_LIMIT + 1)]
    return make_workbook(Scope=[*SCOPE[:4], *rules])


def _hide_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "veryHidden"


def _chart(sheet: Worksheet) -> None:
    book = sheet.parent
    assert book is not None
    book.create_chartsheet("Trend")


FILES = (
    Broken("a text file under a workbook's name", layout.NOT_A_WORKBOOK, lambda: b"case;service\n1;other\n"),
    Broken("an old Excel file (.xls)", layout.NOT_A_WORKBOOK, lambda: _old_excel("Workbook")),
    Broken("an empty file", layout.NOT_A_WORKBOOK, lambda: b""),
    Broken(
        "a web page under a workbook's name", layout.NOT_A_WORKBOOK, lambda: b"<html><table></table></html>"
    ),
    Broken(
        "a LibreOffice file under a workbook's name",
        layout.NOT_A_WORKBOOK,
        lambda: _archive(mimetype="application/vnd.oasis", content_DOT_xml="<x/>"),
    ),
    Broken("a zip of other files", layout.NOT_A_WORKBOOK, lambda: _archive(readme_DOT_txt="hello")),
    Broken(
        "a workbook in the Strict format",
        layout.NOT_A_WORKBOOK,
        lambda: rewrite(
            make_workbook(),
            xl_workbook_xml=lambda text: text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        ),
    ),
    Broken("a password", layout.ENCRYPTED, lambda: _old_excel("EncryptedPackage")),
    Broken("macros", layout.MACROS, lambda: _with_part("xl/vbaProject.bin", b"macros")),
    Broken("a macro workbook's name", layout.MACROS, make_workbook, "acme-2025-02-12.xlsm"),
    Broken(
        "a file that unpacks to an absurd size",
        layout.TOO_LARGE,
        _bomb,
    ),
    Broken("a file cut short", layout.DAMAGED, lambda: make_workbook()[:-500]),
    Broken(
        "a part that is no XML",
        layout.DAMAGED,
        lambda: rewrite(make_workbook(), xl_workbook_xml=lambda text: text[:200]),
    ),
    Broken(
        "a sheet that is no XML",
        layout.DAMAGED,
        lambda: rewrite(make_workbook(), sheet2_xml=lambda text: text[:400]),
    ),
    Broken(
        "a document type that could expand",
        layout.DAMAGED,
        lambda: rewrite(make_workbook(), sheet2_xml=lambda text: "<!DOCTYPE bomb>" + text),
    ),
    Broken(
        "a file name that the Policy sheet contradicts",
        layout.FILE_NAME,
        make_workbook,
        "acme-2024-01-01.xlsx",
    ),
)

CELLS = (
    Broken("a formula", layout.FORMULA, lambda: put("Determination", C6="=B4")),
    Broken("an Excel error", layout.ERROR_VALUE, lambda: put("Determination", C6="#N/A")),
    Broken(
        "cells merged among the rules",
        layout.MERGED,
        lambda: spoil("Determination", lambda sheet: sheet.merge_cells("D5:D6")),
    ),
    Broken("hidden rows", layout.HIDDEN, lambda: spoil("Determination", _hide_rows)),
    Broken("a hidden column", layout.HIDDEN, lambda: spoil("Determination", _hide_column)),
    Broken("an active filter", layout.ACTIVE_FILTER, lambda: spoil("Determination", _filter)),
    Broken("white text on white", layout.UNSEEN, lambda: spoil("Determination", _whiten)),
    Broken("struck-through text", layout.STRUCK_THROUGH, lambda: spoil("Determination", _strike)),
    Broken("a remark right of the table", layout.OUTSIDE, lambda: put("Determination", I6="ask Dr. Lee")),
    Broken("a remark in row 1", layout.OUTSIDE, lambda: put("Determination", E1="draft")),
    Broken(
        "a second table below the first",
        layout.OUTSIDE,
        lambda: make_workbook(Scope=[*SCOPE, [], *[["More", "?"], *SCOPE[1:]]]),
    ),
    Broken(
        "blanks and typographic characters", layout.REPAIRED, lambda: put("Determination", C6="\u00a0≥  2")
    ),
)

SHEETS = (
    Broken("no Policy sheet", layout.NO_POLICY_SHEET, lambda: make_workbook(without=["Policy"])),
    Broken(
        "a sheet that is no table",
        layout.NOT_A_TABLE,
        lambda: make_workbook(Ideas=[["To do"], ["Ask the payer"]]),
    ),
    Broken("an empty sheet", layout.EMPTY_SHEET, lambda: make_workbook(Sheet2=[])),
    Broken("a hidden table", layout.HIDDEN_SHEET, lambda: spoil("Scope", _hide_sheet)),
    Broken(
        "a table named Notes", layout.TABLE_IN_NOTES, lambda: make_workbook({**GOOD, "Notes on scope": SCOPE})
    ),
    Broken("a chart on a sheet of its own", layout.CHART_SHEET, lambda: spoil("Scope", _chart)),
    Broken("a tab that says something else than A1", layout.SHEET_NAME, lambda: put("Scope", A1="Extent")),
    Broken("two tables of one name", layout.DUPLICATE_DECISION, lambda: make_workbook(Extent=SCOPE)),
    Broken("what a merge could not decide", layout.CONFLICTS, lambda: make_workbook(Conflicts=CONFLICTS)),
    Broken("no table at all", layout.NO_TABLE, lambda: make_workbook(without=["Scope", "Determination"])),
)

POLICY_SHEET = (
    Broken(
        "no headings on the Policy sheet", layout.POLICY_HEADINGS, lambda: make_workbook(Policy=POLICY[1:])
    ),
    Broken(
        "a misspelt field", layout.UNKNOWN_FIELD, lambda: put("Policy", A9="Efective to", B9="2026-01-01")
    ),
    Broken("a field twice", layout.DUPLICATE_FIELD, lambda: put("Policy", A9="Payer", B9="other")),
    Broken("a date in another order", layout.BAD_DATE, lambda: _policy(effective_from="2/12/2025")),
    Broken("a review that is no date", layout.BAD_DATE, lambda: _policy(next_review="next spring")),
    Broken(
        "a status that says the contrary",
        layout.STATUS,
        lambda: put("Policy", A9="Status", B9="not in force"),
    ),
    Broken("a misspelt status", layout.STATUS, lambda: put("Policy", A9="Status", B9="draf")),
    Broken("a status with a number", layout.STATUS, lambda: put("Policy", A9="Status", B9="draft v2")),
    Broken("no first day", layout.FIELD_MISSING, lambda: _policy(effective_from=None)),
    Broken("no final decision", layout.FIELD_MISSING, lambda: _policy(final_decision=None)),
    Broken("no policy number", layout.FIELD_ADVISED, lambda: _policy(policy_number=None)),
    Broken(
        "a misspelt final decision", layout.FINAL_DECISION, lambda: _policy(final_decision="Determnation")
    ),
    Broken(
        "an end before the beginning",
        layout.PERIOD,
        lambda: put("Policy", A9="Effective to", B9="2025-02-11"),
    ),
)

HEADS = (
    Broken("no name in A1", layout.NO_NAME, lambda: put("Scope", A1=None)),
    Broken("an unknown hit policy", layout.HIT_POLICY, lambda: put("Scope", A2="Uniqe")),
    Broken("no hit policy", layout.HIT_POLICY, lambda: put("Scope", A2=None)),
    Broken("a column without IF, THEN or NOTE", layout.COLUMN_KIND, lambda: put("Determination", C2=None)),
    Broken("a misspelt IF, THEN or NOTE", layout.COLUMN_KIND, lambda: put("Determination", E2="THAN")),
    Broken("no THEN column", layout.NO_OUTPUT, lambda: put("Scope", C2="NOTE")),
    Broken("a column without heading", layout.BLANK_HEADING, lambda: put("Determination", C3=None)),
    Broken("two conditions of one name", layout.DUPLICATE_HEADING, lambda: put("Determination", C3=" scope")),
    Broken(
        "a table without row 4", layout.ROW_HEADING, lambda: make_workbook(Scope=[*SCOPE[:3], *SCOPE[4:]])
    ),
    Broken(
        "a priority table without priorities", layout.PRIORITY_VALUES, lambda: put("Scope", A2="P", C4=None)
    ),
    Broken(
        "a default for one result only", layout.DEFAULT, lambda: put("Determination", E4="default: silent")
    ),
    Broken(
        "a default that is not the last line",
        layout.DEFAULT,
        lambda: put("Scope", C4="default: not addressed\naddressed, not addressed"),
    ),
    Broken(
        "a default without value",
        layout.DEFAULT,
        lambda: put("Scope", C4="addressed, not addressed\ndefault:"),
    ),
    Broken(
        "a default for the final decision",
        layout.DEFAULT_DETERMINATION,
        lambda: put(
            "Determination", D4="medically necessary, not addressed\ndefault: not addressed", E4="default: -"
        ),
    ),
)

RULES = (
    Broken("no rules", layout.NO_RULES, lambda: make_workbook(Scope=SCOPE[:4])),
    Broken("a rule without id", layout.NO_RULE_ID, lambda: put("Determination", A6=None)),
    Broken("two rules with one id", layout.DUPLICATE_RULE_ID, lambda: put("Determination", A7="m-1 ")),
    Broken("a blank condition", layout.BLANK_CELL, lambda: put("Determination", C5=None)),
    Broken("a blank result", layout.BLANK_CELL, lambda: put("Determination", E5=None)),
    Broken(
        "a remark below the rules", layout.BLANK_CELL, lambda: put("Determination", A8="Checked by B. Ray")
    ),
    Broken(
        "a blank row among the rules",
        layout.GAP,
        lambda: make_workbook(Determination=[*DETERMINATION[:5], [], *DETERMINATION[5:]]),
    ),
    Broken("a rule without citation", layout.NO_CITATION, lambda: put("Determination", F5=None)),
    Broken("a table without citations", layout.NO_CITATION, lambda: put("Scope", D3="Source")),
    Broken(
        "no determinations in row 4", layout.DETERMINATIONS_MISSING, lambda: put("Determination", D4=None)
    ),
    Broken("a rule out of force", layout.RETIRED, make_workbook),
    Broken("a misspelt status of a rule", layout.RULE_STATUS, lambda: put("Determination", G6="retird")),
    Broken(
        "a status of a rule with its year",
        layout.RULE_STATUS,
        lambda: put("Determination", G6="retired 2026"),
    ),
    Broken(
        "a policy's status for a rule's", layout.RULE_STATUS, lambda: put("Determination", G6="withdrawn")
    ),
    Broken(
        "a status under another heading",
        layout.RETIRED_ELSEWHERE,
        lambda: put("Determination", G3="Rule status"),
    ),
    Broken("more rules than can be proven", layout.TOO_MANY_RULES, _rules_beyond),
)

CASES_AND_FACTS = (
    Broken("cases without the column case", layout.NO_CASE_COLUMN, lambda: put("Cases", A1="name")),
    Broken("a blank row among the cases", layout.CASES_GAP, lambda: put("Cases", A5="late", B5="other")),
    Broken("two cases of one name", layout.DUPLICATE_CASE, lambda: put("Cases", A3="All known")),
    Broken("a value without heading", layout.BLANK_HEADING, lambda: put("Cases", F2="?")),
    Broken("a dictionary without facts", layout.NO_FACTS, lambda: make_workbook(Facts=FACTS[:1])),
    Broken("a dictionary without types", layout.FACT_COLUMN, lambda: put("Facts", WITH_FACTS, C1="typ")),
    Broken("a fact of unknown type", layout.FACT_TYPE, lambda: put("Facts", WITH_FACTS, C3="integr")),
    Broken("a fact's name with blanks", layout.FACT_NAME, lambda: put("Facts", WITH_FACTS, A3="GVHD grade")),
    Broken("two facts of one name", layout.DUPLICATE_FACT, lambda: put("Facts", WITH_FACTS, A3="service")),
    Broken("a fact without label", layout.FACT_INCOMPLETE, lambda: put("Facts", WITH_FACTS, B3=None)),
    Broken("neither Yes nor No", layout.NULLABLE, lambda: put("Facts", WITH_FACTS, F3="maybe")),
    Broken(
        "neither Yes nor No nor request",
        layout.CHANGEABLE,
        lambda: put("Facts", WITH_FACTS, I1="changeable", I2="Yes", I3="requested"),
    ),
    Broken(
        "a misspelt heading of facts",
        layout.FACT_HEADING,
        lambda: put("Facts", WITH_FACTS, D1="alowed values"),
    ),
)

BROKEN = (*FILES, *CELLS, *SHEETS, *POLICY_SHEET, *HEADS, *RULES, *CASES_AND_FACTS)
