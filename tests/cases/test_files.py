"""Cases files: every format, and every way in which one can be wrong."""

from __future__ import annotations

import json
import os
import pkgutil
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.cases import formats
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import FORMATS, Case, read_case_file
from dmn_dli.cases.formats.json import document_entries
from dmn_dli.cases.formats.jsonl import stream_entries
from tests.cli.program import invoke


def read(path: Path) -> list[Case]:
    return list(read_case_file(str(path), count(1)))


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(CasesFileError) as caught:
        read(path)
    return str(caught.value)


def test_every_format_is_a_module_named_as_its_ending() -> None:
    modules = {f".{each.name}" for each in pkgutil.iter_modules(formats.__path__)}
    assert modules == set(FORMATS)
    assert all(hasattr(import_module(f"{formats.__name__}{each}"), "entries") for each in FORMATS)


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.json", b"", "It is empty"),
        ("a.json", b" \n", "It is empty"),
        ("a.json", b'{"a" 1}', "line 1, column 6"),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', "is named .jsonl"),
        ("a.json", b'{"a": NaN}', "NaN is no JSON value"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"a": "\xe9"}', "Line 1 is not UTF-8"),
        ("a.json", '{"a": 1}'.encode("utf-16"), "UTF-16"),
        ("a.jsonl", b"", "It is empty"),
        ("a.csv", b"\n\n", "It is empty"),
        ("a.csv", b"Service,SERVICE\nx,y\n", 'The heading "SERVICE" stands there twice'),
        ("a.csv", b'a,b\n"x"y,z\n', "Line 2 is no csv"),
        ("a.xlsx", b"hello", "no Excel workbook"),
    ],
)
def test_an_unreadable_file_says_what_is_wrong(name: str, content: bytes, part: str, tmp_path: Path) -> None:
    assert part in refusal(tmp_path / name, content)


@pytest.mark.parametrize("deep", [250, 600, 5_000])
def test_a_line_nested_too_deeply_is_refused_and_the_others_are_answered(deep: int, tmp_path: Path) -> None:
    lines = ['{"service": ' + "[" * deep + "]" * deep + "}", '{"_own": [[[]]], "service": "other"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = invoke("evaluate", str(tmp_path / "a.jsonl"), "--payer", "molina", "--format", "jsonl")
    refused, answered = map(json.loads, result.stdout.splitlines())
    assert "nested too deeply" in refused["error"]["message"]
    assert (result.exit_code, "error" in answered) == (2, False)


def test_a_value_nested_less_deeply_is_shown_in_its_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"service": ' + "[" * 190 + "]" * 190 + "}", encoding="utf-8")
    result = invoke("evaluate", str(tmp_path / "a.json"), "--payer", "molina", "--format", "json")
    (refused,) = json.loads(result.stdout)
    assert (result.exit_code, refused["error"]["problems"][0]["fact"]) == (2, "service")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"case_id": "x"}')
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfcase_id,Service\r\nx,other\r\n")
    assert [read(tmp_path / name)[0].case_id for name in ("a.json", "a.csv")] == ["x", "x"]


def test_a_tenth_is_a_tenth(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"donor_cells": 0.1, "case_id": 12.50}')
    (case,) = read(tmp_path / "a.json")
    assert (str(case.facts["donor_cells"]), case.case_id) == ("0.1", "12.50")


@pytest.mark.parametrize(
    "number",
    [
        "1e999999999",
        "-1e-999999999",
        "1e4009999999999999999999999",
        "1E-4009999999999999999999999",
        "9" * 6_000,
    ],
)
def test_a_number_out_of_all_bounds_is_kept_as_text(number: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'{{"gvhd_grade": {number}}}')
    assert read(tmp_path / "a.json")[0].facts == {"gvhd_grade": number}


def test_positions_run_on_over_all_files(with_tables: Path) -> None:
    (with_tables / "one.json").write_text('[{"case_id": "x"}, {}]')
    (with_tables / "two.jsonl").write_text('{"case_id": ""}\n{"case_id": null}\n')
    result = invoke("evaluate", "one.json", "two.jsonl", "--payer", "beta", "--format", "jsonl")
    assert [json.loads(line)["case_id"] for line in result.stdout.splitlines()] == ["x", "2", "3", "4"]


@pytest.mark.parametrize("value", ["true", "[1]", "{}"])
def test_a_case_id_is_text_or_a_number(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'{{"case_id": {value}}}')
    (case,) = read(tmp_path / "a.json")
    assert case.case_id == "1"
    assert "neither text nor a number" in case.problems[0]["reason"]


@pytest.mark.parametrize("value", ["5", "[]", '""', '["acme", 5]', "{}"])
def test_a_payer_is_an_id_or_a_list_of_ids(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'{{"payer": {value}}}')
    (case,) = read(tmp_path / "a.json")
    assert "payer names no payer" in case.problems[0]["reason"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_may_be_parted_by_semicolons_or_tabs(mark: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(mark.join(("case_id", "payer", "Service")) + f"\nx{mark}a|b{mark}other\n")
    (case,) = read(tmp_path / "a.csv")
    assert (case.payers, case.facts) == (("a", "b"), {"Service": "other"})


_LINES = st.lists(
    st.dictionaries(st.sampled_from(["service", "gvhd_grade", "_x"]), st.one_of(st.integers(), st.text())),
    min_size=1,
)


@given(_LINES)
def test_a_list_and_lines_are_the_same_cases(values: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(value) + "\n" for value in values).encode()
    listed = json.dumps(values, indent=1).encode()
    as_lines = list(stream_entries(BytesIO(lines)))
    assert as_lines == list(document_entries(listed)) == list(stream_entries(BytesIO(listed)))


def _sheet(path: Path, *rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return book


def test_a_worksheet_gives_the_same_record_as_json(with_tables: Path) -> None:
    _sheet(
        with_tables / "a.xlsx",
        ["Case_ID", "payer", "date of service", "SERVICE", "gvhd_grade", "Donor cells", "To prevent relapse"],
        ["x", "acme; beta", date(2025, 6, 1), "Infusion", 1, 0.1, True],
        ["y", None, date(2025, 6, 1), None, None, "null", "no"],
    )
    (with_tables / "a.json").write_text(
        '[{"case_id": "x", "payer": ["acme", "beta"], "date_of_service": "2025-06-01",'
        ' "service": "infusion", "gvhd_grade": 1, "donor_cells": 0.1, "prevents_relapse": true},'
        ' {"case_id": "y", "date_of_service": "2025-06-01", "donor_cells": null, "prevents_relapse": false}]'
    )
    written, plain = (invoke("evaluate", name, "--format", "json") for name in ("a.xlsx", "a.json"))
    assert written.exit_code == plain.exit_code == 0
    assert written.stdout == plain.stdout


def test_formulas_errors_and_percentages_in_a_worksheet_are_problems_of_their_case(with_tables: Path) -> None:
    book = _sheet(
        with_tables / "a.xlsx",
        ["case_id", "Service", "GVHD grade", "Donor cells"],
        ["x", "=1+1", "#N/A", 0.5],
        ["y", "other", 1, 50],
    )
    book.worksheets[0]["D2"].number_format = "0%"
    book.save(with_tables / "a.xlsx")
    result = invoke("evaluate", "a.xlsx", "--payer", "acme", "--format", "jsonl")
    bad, good = map(json.loads, result.stdout.splitlines())
    assert [(each["cell"], each["reason"].split(";")[0]) for each in bad["error"]["problems"]] == [
        ("B2", "The cell B2 holds a formula"),
        ("C2", "The cell C2 holds the error value #N/A"),
        ("D2", "The cell D2 shows a percentage"),
    ]
    assert (good["determination"], result.exit_code) == ("not addressed", 2)


def test_two_columns_for_one_fact_and_a_number_too_large_are_problems(with_tables: Path) -> None:
    (with_tables / "b.csv").write_text("Donor cells,donor_cells,GVHD grade,Servise\n5,6,1e999999999,x\n")
    result = invoke("evaluate", "b.csv", "--payer", "acme", "--format", "json")
    (record,) = json.loads(result.stdout)
    reasons = [each["reason"] for each in record["error"]["problems"]]
    assert reasons[0] == 'The columns "Donor cells" and "donor_cells" both give donor_cells.'
    assert "'1e999999999': a number of at most 1,000 digits is expected" in reasons[1]
    assert reasons[2].startswith('"Servise" is no fact. Did you mean "')


def test_parquet_without_pyarrow_says_how_to_get_it(with_tables: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (with_tables / "a.parquet").write_bytes(b"")
    result = invoke("evaluate", "a.parquet")
    assert (result.exit_code, 'pip install "dmn-dli[parquet]"' in result.stderr) == (2, True)


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:B3"
    sheet.auto_filter.add_filter_column(0, ["x"])
    sheet.row_dimensions[3].hidden = True


def _strike(sheet: Worksheet) -> None:
    sheet["B3"].font = Font(strike=True)


def _hide(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("Other")
    sheet.parent.active = 1
    sheet.sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_hide_row, "Row 3 is hidden"),
        (_hide_column, "Column B is hidden"),
        (_filter, "A filter is active on A1:B3"),
        (_strike, 'Sheet!B3: The text "Infusion" is struck through'),
        (lambda sheet: sheet.merge_cells("B2:B3"), "The cells B2:B3 are merged"),
        (_hide, 'The sheet "Sheet" is hidden'),
    ],
    ids=["row", "column", "filter", "struck", "merged", "sheet"],
)
def test_what_a_worksheets_reader_does_not_see_is_no_case(
    change: Callable[[Worksheet], object], said: str, with_tables: Path
) -> None:
    path = with_tables / "a.xlsx"
    book = _sheet(path, ["case_id", "Service"], ["x", "Infusion"], ["y", "Infusion"])
    change(book.worksheets[0])
    book.save(path)
    with pytest.raises(CasesFileError) as caught:
        read(path)
    assert said in str(caught.value)
    result = invoke("evaluate", "a.xlsx", "--format", "json")
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_pipe_is_not_waited_for(with_tables: Path) -> None:
    os.mkfifo(with_tables / "a.json")
    result = invoke("evaluate", "a.json")
    assert (result.exit_code, "no plain file" in result.stderr) == (2, True)


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_names_and_values_are_compared_composed(ending: str, with_tables: Path) -> None:
    """An é typed as e and an accent that follows it is the é of the dictionary."""
    book = Workbook()
    sheets: dict[str, list[list[Any]]] = {
        "Policy": [["Field", "Value"], ["Final decision", "Grade"]],
        "Grade": [
            ["Grade", "Which?"],
            ["U", "IF", "THEN"],
            ["Rule", "Maladie de\u0301crite", "Result"],
            ["values", None, None],
            ["1", "Sjo\u0308gren", "yes"],
            ["2", "not(Sj\u00f6gren)", "no"],
        ],
        "Facts": [
            ["fact", "label", "type", "allowed values"],
            ["disease", "Maladie d\u00e9crite", "string", '"Sj\u00f6gren", "none"'],
        ],
    }
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(with_tables / "lone.xlsx")
    heading, value = "Maladie de\u0301crite", "SJO\u0308GREN"
    path = with_tables / f"a.{ending}"
    if ending == "json":
        path.write_text(json.dumps({"disease": value}))
    elif ending == "csv":
        path.write_text(f"{heading}\n{value}\n", encoding="utf-8")
    else:
        _sheet(path, [heading], [value])
    result = invoke("evaluate", path.name, "--tables", "lone.xlsx", "--format", "json")
    assert json.loads(result.stdout)[0].get("determination") == "yes", result.stdout
