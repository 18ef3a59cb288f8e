"""The next version of a policy: the one before it, but for what the new document and a person have to say."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import dmn_dli
from dmn_dli.excel import read_workbook, read_workbook_bytes
from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package
from dmn_dli.model.cell import CellKind, cell_name
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.input_error import InputError
from tests.cli.tables import ACME, FACTS
from tests.docs.pages import ROOT
from tests.excel.build import GOOD_NAME, Rows, make_workbook, put
from tests.ooxml.other_programs import RICH_BOOKS

DAY = date(2026, 1, 1)
NAME = "acme-2025-01-01.xlsx"
SHORT = ("bcbsms-2025-03-28.xlsx", "molina-2025-02-12.xlsx")
"""The workbooks of the short run: one with accepted findings, one with a history of several lines."""
PAYERS = [
    pytest.param(path.name, marks=() if path.name in SHORT else pytest.mark.slow)
    for path in sorted((ROOT / "tables").glob("*-*.xlsx"))
]
LINE: dict[str, Any] = {
    "on": date(2025, 12, 1),
    "who": "B. Ray",
    "what": "Criterion 2",
    "why": "Document of 2026",
}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / NAME).write_bytes(make_workbook(ACME))
    return tmp_path


def _cells(data: bytes) -> dict[str, tuple[CellKind, str]]:
    """All that a file's cells hold, by their names."""
    package, _ = open_package(data, NAME, Place(NAME))
    assert package is not None
    return {
        cell_name(sheet.name, cell.reference): (cell.kind, cell.text)
        for sheet in package.sheets
        for cell in sheet.cells.values()
    }


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(before: bytes, after: bytes) -> dict[str, str]:
    """The cells that another text stands in, with it; "" where none does any more."""
    old, new = _cells(before), _cells(after)
    return {
        place: new.get(place, (CellKind.BLANK, ""))[1]
        for place in {**old, **new}
        if old.get(place) != new.get(place)
    }


def _read(made: dmn_dli.NewFile) -> Workbook:
    return read_workbook_bytes(made.data, made.name, made.name)


@pytest.mark.parametrize("name", PAYERS)
def test_of_our_workbooks_only_the_cells_that_must_change_do_and_no_part_but_their_sheets(name: str) -> None:
    before = (ROOT / "tables" / name).read_bytes()
    start = date.fromisoformat(name[-15:-5])
    later = start.replace(year=start.year + 2)
    made = dmn_dli.new_version(ROOT / "tables", name[:-16], later, **LINE)
    assert made.name == f"{name[:-16]}-{later}.xlsx"
    changed, stood = _changed(before, made.data), _cells(before)
    policy = {place: text for place, text in changed.items() if place.startswith("Policy!")}
    fields = read_workbook(ROOT / "tables" / name).policy.places
    blank = ("Effective to", "Last review", "Next review", "Source document")
    expected = {fields[field].reference: "" for field in blank if field in fields}
    expected |= {fields["Status"].reference: "draft", fields["Effective from"].reference: later.isoformat()}
    assert policy == {f"Policy!{cell}": text for cell, text in expected.items()}
    line = [text for place, text in changed.items() if place.startswith("'Change History'!")]
    assert sorted(line) == sorted(["2025-12-01", "B. Ray", "Criterion 2", "Document of 2026"])
    others = {place: text for place, text in changed.items() if not place.startswith(("Policy!", "'Change"))}
    moved = later - start
    for place, text in others.items():
        assert place.startswith("Cases!")
        assert date.fromisoformat(text) - date.fromisoformat(stood[place][1]) == moved
    parts, parts_now = _parts(before), _parts(made.data)
    assert list(parts) == list(parts_now)
    differing = [part for part in parts if parts[part] != parts_now[part]]
    assert (len(differing), {part.rstrip("0123456789.xml") for part in differing}) == (
        3,
        {"xl/worksheets/sheet"},
    )


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
def test_whatever_people_put_beside_the_tables_is_in_the_version_too(data: bytes, tmp_path: Path) -> None:
    (tmp_path / GOOD_NAME).write_bytes(data)
    made = dmn_dli.new_version(tmp_path, "acme", DAY, **LINE)
    assert {place.partition("!")[0] for place in _changed(data, made.data)} == {"Policy", "'Change History'"}
    before, after = _parts(data), _parts(made.data)
    assert list(before) == list(after)
    differing = [part for part in before if before[part] != after[part]]
    assert 2 <= len(differing) <= 3
    assert all(part.startswith("xl/worksheets/") or part == "xl/styles.xml" for part in differing)


def test_what_the_line_does_not_say_is_to_be_filled_in_and_its_day_is_blank(tables: Path) -> None:
    entry = _read(dmn_dli.new_version(tables, "acme", DAY, who="B. Ray")).changes[-1]
    assert (entry.date, entry.who) == (None, "B. Ray")
    assert entry.what == "to fill in: what this version changes"
    assert entry.why.startswith("to fill in")


def test_the_version_is_proven_and_its_cases_pass_on_its_own_days(tables: Path) -> None:
    made = dmn_dli.new_version(tables, "acme", DAY, **LINE)
    (tables / made.name).write_bytes(made.data)
    (result,) = dmn_dli.test(tables / made.name)
    assert result.passed
    codes = {each.code.code for each in dmn_dli.check(tables / made.name, today=DAY).findings}
    assert codes == {"DT505", "DT617"}


@pytest.mark.parametrize("alone", [True, False], ids=["the file alone", "the folder"])
def test_check_holds_it_to_the_version_beside_it(alone: bool, tables: Path) -> None:
    made = dmn_dli.new_version(tables, "acme", DAY)
    (tables / made.name).write_bytes(made.data)
    result = dmn_dli.check(tables / made.name if alone else tables, today=DAY)
    (found,) = (each for each in result.findings if each.code.code == "DT505")
    assert f'"{NAME}"' in found.message
    assert "the source document, the reviews or the Change History" in found.message
    assert len(result.workbooks) == (1 if alone else 2)


def test_an_edition_that_was_looked_through_is_not_warned_of(tables: Path) -> None:
    made = dmn_dli.new_version(tables, "acme", DAY, **LINE)
    history: Rows = [*ACME["Change History"], [DAY, "B. Ray", "Criterion 2", "new document"]]
    sheets = {**ACME, "Change History": history}
    (tables / made.name).write_bytes(put("Policy", sheets, B6=DAY, B7=DAY, B9="Donor cells, version 2"))
    assert "DT505" not in {each.code.code for each in dmn_dli.check(tables, today=DAY).findings}


def _other(tables: Path, day: str, **cells: Any) -> None:
    """Another version of acme in the folder, with some cells of its Policy sheet changed."""
    start = date.fromisoformat(day)
    (tables / f"acme-{day}.xlsx").write_bytes(put("Policy", ACME, B6=start, **cells))


def test_the_latest_version_before_the_day_is_copied(tables: Path) -> None:
    _other(tables, "2025-06-01", B5="in June")
    _other(tables, "2026-06-01", B5="too late")
    made = dmn_dli.new_version(tables, "acme", DAY)
    assert _read(made).policy.title == "in June"
    assert any("acme-2025-06-01.xlsx" in remark for remark in made.remarks)
    assert any("acme-2026-06-01.xlsx takes effect later" in remark for remark in made.remarks)


def test_a_draft_is_copied_and_said_and_a_withdrawn_version_is_not(tables: Path) -> None:
    _other(tables, "2025-06-01", B5="in June", A11="Status", B11="draft")
    made = dmn_dli.new_version(tables, "acme", DAY)
    assert _read(made).policy.title == "in June"
    assert "That version is a draft itself." in made.remarks
    _other(tables, "2025-06-01", B5="in June", A11="Status", B11="withdrawn")
    assert _read(dmn_dli.new_version(tables, "acme", DAY)).policy.title == "Donor cells"


@pytest.mark.parametrize(
    ("payer", "day", "told"),
    [
        ("acne", "2026-01-01", 'Did you mean "acme"'),
        ("acme", "2025-01-01", "is a version of"),
        ("acme", "2024-12-31", "the first takes effect on 2025-01-01"),
    ],
)
def test_a_version_that_cannot_be_begun_is_refused(payer: str, day: str, told: str, tables: Path) -> None:
    with pytest.raises(InputError, match=told):
        dmn_dli.new_version(tables, payer, date.fromisoformat(day))


def test_a_file_that_is_no_workbook_or_no_version_is_refused_by_name(tables: Path) -> None:
    path = tables / "acme-2025-06-01.xlsx"
    policy: Rows = [["Field", "Value"], ["Payer", "acme"]]
    for data in (b"no workbook", make_workbook({"Policy": policy}), put("Policy", ACME, B2="beta")):
        path.write_bytes(data)
        with pytest.raises(InputError, match=path.name):
            dmn_dli.new_version(tables, "acme", DAY)


def _version_of(sheets: Mapping[str, Rows], tables: Path, **line: Any) -> dmn_dli.NewFile:
    (tables / NAME).write_bytes(make_workbook(sheets))
    return dmn_dli.new_version(tables, "acme", DAY, **line)


def test_a_status_that_the_sheet_lacks_is_added(tables: Path) -> None:
    assert not any(row[0] == "Status" for row in ACME["Policy"])
    assert _read(dmn_dli.new_version(tables, "acme", DAY)).policy.status == "draft"


def test_days_that_are_text_stay_text_and_others_stay_days(tables: Path) -> None:
    texts = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in ACME["Policy"]]
    made = _version_of({**ACME, "Policy": texts}, tables)
    cell = _read(made).policy.places["Effective from"]
    assert (cell.kind, cell.text) == (CellKind.TEXT, "2026-01-01")
    made = _version_of(ACME, tables)
    assert _read(made).policy.places["Effective from"].kind is CellKind.DATE


def _cases(*rows: tuple[Any, ...]) -> dict[str, Rows]:
    return {**ACME, "Cases": [["case", "Date of service", "expect Scope", "why"], *rows]}


def test_only_days_of_facts_move(tables: Path) -> None:
    rows = (
        ("2025-03-01", date(2025, 3, 1), None, "2025-03-01"),
        ("text", "2025-03-01", "2025-03-01", None),
        ("no day", "soon", None, None),
        ("an hour", datetime(2025, 3, 1, 10, 30), None, None),  # noqa: DTZ001 - Excel knows no zone
    )
    before = make_workbook(_cases(*rows))
    made = _version_of(_cases(*rows), tables)
    moved = {place: text for place, text in _changed(before, made.data).items() if place.startswith("Cases!")}
    assert moved == {"Cases!B2": "2026-03-01", "Cases!B3": "2026-03-01"}


def test_a_day_at_the_end_of_the_calendar_is_left_and_told(tables: Path) -> None:
    made = _version_of(_cases(("never", date(9999, 12, 31), None, None)), tables)
    assert "These days of cases cannot be moved so far, and stay as they are: Cases!B2." in made.remarks


def test_a_history_is_written_under_its_headings_in_whatever_order(tables: Path) -> None:
    history: Rows = [["what", "date", "remark", "who"], ["first", date(2025, 1, 1), "x", "A. Nurse"]]
    made = _version_of({**ACME, "Change History": history}, tables, **LINE)
    before = make_workbook({**ACME, "Change History": history})
    changed = {k: v for k, v in _changed(before, made.data).items() if k.startswith("'Change History'!")}
    assert changed == {
        "'Change History'!A3": "Criterion 2",
        "'Change History'!B3": "2025-12-01",
        "'Change History'!D3": "B. Ray",
    }


def test_a_history_without_headings_is_left_and_told(tables: Path) -> None:
    history: Rows = [["2025: first version"]]
    made = _version_of({**ACME, "Change History": history}, tables, **LINE)
    assert [remark for remark in made.remarks if "no heading what" in remark] != []
    before = make_workbook({**ACME, "Change History": history})
    assert [place for place in _changed(before, made.data) if "History" in place] == []


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~lock.{NAME}#"])
def test_a_version_that_is_open_elsewhere_is_copied_as_it_was_saved_and_told(lock: str, tables: Path) -> None:
    (tables / lock).write_bytes(b"")
    said = [remark for remark in dmn_dli.new_version(tables, "acme", DAY).remarks if "is open" in remark]
    assert said == [f"{NAME} is open in Excel or LibreOffice; what is not saved there is not copied."]


def test_a_history_that_the_workbook_lacks_is_added(tables: Path) -> None:
    made = _version_of(
        {name: rows for name, rows in ACME.items() if name != "Change History"}, tables, **LINE
    )
    (entry,) = _read(made).changes
    assert (entry.date, entry.who, entry.what, entry.why) == tuple(LINE.values())


def test_a_file_that_a_change_would_spoil_is_refused(tables: Path) -> None:
    data = BytesIO((tables / NAME).read_bytes())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    (tables / NAME).write_bytes(data.getvalue())
    with pytest.raises(InputError, match=f'"{NAME}" cannot be copied'):
        dmn_dli.new_version(tables, "acme", DAY)


def test_the_same_words_give_the_same_bytes(tables: Path) -> None:
    assert dmn_dli.new_version(tables, "acme", DAY, **LINE) == dmn_dli.new_version(
        tables, "acme", DAY, **LINE
    )
