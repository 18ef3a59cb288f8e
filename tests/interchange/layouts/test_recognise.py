"""Files of the wrong kind, damaged and hostile ones: each is refused in words, and none hangs."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmn_dli
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.interchange.layouts.xls import SIGNATURE
from dmn_dli.runtime.input_error import InputError
from tests.fuzz.bounds import bounded
from tests.interchange.layouts.books import book, imported, saved, told
from tests.steps import AtMost


def _zip(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b" \n\n", "a.csv is empty"),
        ("a.csv", b"a\0b", "a.csv is no text file"),
        ("a.csv", b"\xff\xfea", "no text in utf-16"),
        ("a.csv", b"only one column\nof text\n", "has none of the layouts that are read"),
        ("a.csv", b"a,b\n" + b'"' + b"x" * 2_000_000 + b'",1\n', "no text of separated values"),
        ("a.xlsx", b"a,b\n1,2\n", "it is plain text, such as a CSV file"),
        ("a.xlsx", b"%PDF-1.7", "it is a PDF document"),
        ("a.xlsx", _zip(a=b"x"), "it is a zip archive of other files"),
        ("a.xls", SIGNATURE + b"\0" * 100, "is no .xls workbook that can be read"),
        ("a.xlsx", saved(book({"T": []})), "holds no value"),
        ("a.xlsx", saved(book({"T": [[1, 2], [3, 4]]})), "has none of the layouts that are read"),
        (
            "a.xlsx",
            saved(book({"Policy": [["Field"]], "Facts": [["fact"]]})),
            "is a workbook of dmn-dli already",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_cannot_be_imported_is_refused_with_the_reason(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said.replace(".", r"\.")):
        imported(data, name)


def test_a_file_that_unpacks_to_an_absurd_size_is_refused() -> None:
    data = _zip(**{"[Content_Types].xml": b"<", "xl/worksheets/sheet1.xml": b" " * 300_000_000})
    with pytest.raises(InputError, match="The file unpacks to 300 MB"):
        imported(data, "a.xlsx")


def test_formulas_are_data() -> None:
    made = imported(b'x,y\n=cmd|\' /C calc\'!A0,"=HYPERLINK(""x"")"\n', "a.csv")
    assert made.sheets["a"][4] == ("1", "\"cmd|' /C calc'!A0\"", '=HYPERLINK("x")')


def test_a_wide_table_ends() -> None:
    head: list[object] = [f"c{column}" for column in range(200)]
    rows = [head, *([*range(200)] for _ in range(50))]
    with AtMost(40_000_000):
        imported(saved(book({"T": rows})), "a.xlsx")


def test_every_file_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=r"a\.csv is empty\.\nb\.csv is empty\."):
        dmn_dli.import_files([tmp_path / "a.csv", tmp_path / "b.csv"])


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "A.txt"):
        (tmp_path / name).write_bytes(b"x,y\n1,2\n")
    with pytest.raises(InputError, match=r"would both become A\.xlsx"):
        dmn_dli.import_files([tmp_path / "a.csv", tmp_path / "A.txt"])


def test_a_hit_policy_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x,y\n1,2\n")
    with pytest.raises(InputError, match='"most" is no hit policy'):
        dmn_dli.import_files(tmp_path / "a.csv", hit_policy="most")


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10),
    st.floats(-5, 5).map(lambda number: round(number, 2)),
    st.sampled_from(
        [
            *("a", "b c", '"q"', "-", "< 5", "[1..5]", "not(a)", "in (1, 2)", "x in", "5%", "not", "((", '"'),
            *("RuleTable t", "CONDITION", "ACTION", "$param", "a == $1", "setB($param);", "Input", "Output"),
            *(
                "FIRST",
                "Variable",
                "Execute",
                "U",
                "A",
                "then",
                "2020-01-01",
                "a + 1",
                "..",
                ",",
                "date(",
                "{}",
            ),
        ]
    ),
    st.text(max_size=4),
)


def _try(data: bytes, name: str) -> ImportedBook | None:
    try:
        return imported(data, name)
    except InputError as error:
        assert str(error).startswith(name)  # noqa: PT017 - either outcome is right
        return None


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_whatever_a_text_file_holds_it_is_imported_or_refused(rows: list[list[object]]) -> None:
    lines = [
        ",".join('"' + str("" if cell is None else cell).replace('"', '""') + '"' for cell in row)
        for row in rows
    ]
    made = _try("\n".join(lines).encode("utf-8", "replace"), "a.csv")
    assert made is None or made.sheets["Policy"]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["Decision", "Glossary", "T"]),
        st.lists(
            st.lists(_CELLS.filter(lambda cell: not isinstance(cell, str) or cell.isprintable()), max_size=5),
            max_size=8,
        ),
        min_size=1,
    ),
    st.booleans(),
)
def test_whatever_a_workbook_holds_it_is_imported_or_refused(
    sheets: dict[str, list[list[object]]], lines: bool
) -> None:
    from tests.interchange.layouts.books import double_below, double_right

    made = book(sheets)
    if lines:
        for sheet in made.worksheets:
            double_below(sheet, 2, 1, 4)
            double_right(sheet, 2, 1, 6)
    result = _try(saved(made), "a.xlsx")
    assert result is None or told(result)


_MERGE = '<mergeCells count="1"><mergeCell ref="A10:XFD1048576"/></mergeCells>'
_LINK = '<hyperlinks><hyperlink ref="A10:XFD1048576" location="elsewhere"/></hyperlinks>'


@pytest.mark.parametrize("claim", [_MERGE, _LINK])
def test_what_a_small_file_claims_of_all_cells_makes_no_object_of_each(claim: str) -> None:
    data = BytesIO(saved(book({"T": [("Age", "Class"), (1, "x"), (2, "y")]})))
    target = BytesIO()
    with zipfile.ZipFile(data) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", b"</sheetData>" + claim.encode())
            written.writestr(name, part)
    with bounded(claim):
        made = imported(target.getvalue(), "t.xlsx")
    assert "T" in made.sheets
