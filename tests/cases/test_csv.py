"""Cases in csv: how they are parted, and that a long file is never held whole."""

from __future__ import annotations

import csv
import tracemalloc
from itertools import count
from pathlib import Path

import pytest

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, read_case_file
from dmn_dli.cases.formats import csv as csv_cases


def read(path: Path) -> list[Case]:
    return list(read_case_file(str(path), count(1)))


@pytest.mark.parametrize(
    "first",
    ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\r\n", "\n\nsep=;\n"],
)
def test_a_first_line_may_say_what_parts_the_values(first: str, tmp_path: Path) -> None:
    text = f"{first}case_id;Last, first;Service\nx;A, B;other\ny;too few\n"
    (tmp_path / "a.csv").write_bytes(text.encode())
    good, bad = read(tmp_path / "a.csv")
    assert (good.case_id, good.facts) == ("x", {"Last, first": "A, B", "Service": "other"})
    line = text.count("\n")
    assert f"in line {line} is 2" in bad.problems[0]["reason"]


@pytest.mark.parametrize(("mark", "shown"), [("\t", "\t"), ("|", "|"), (",", ",")])
def test_any_mark_may_part_them(mark: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"sep={shown}\ncase_id{mark}Service\nx{mark}other\n")
    assert read(tmp_path / "a.csv")[0].facts == {"Service": "other"}


def test_a_file_that_only_says_what_parts_the_values_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\n")
    with pytest.raises(CasesFileError, match="It is empty"):
        read(tmp_path / "a.csv")


def test_a_long_remark_is_no_mistake(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (tmp_path / "a.csv").write_text(f'_remark,Service\n"{"x" * 1_000_000}",other\n')
    assert read(tmp_path / "a.csv")[0].facts == {"Service": "other"}
    assert csv.field_size_limit() == before


def test_a_line_or_a_value_without_end_ends_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_cases, "LONGEST_FIELD", 1_000)
    (tmp_path / "a.csv").write_text("Service\n" + "x" * 5_000)
    with pytest.raises(CasesFileError, match="Line 2 is longer than 1,000 characters"):
        read(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text('Service\n"' + "x\n" * 5_000)
    with pytest.raises(CasesFileError, match="is no csv: field larger than field limit"):
        read(tmp_path / "a.csv")


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w") as stream:
        stream.write("case_id,Service,_remark\n")
        stream.writelines(f"{number},other,{'x' * 200}\n" for number in range(20_000))
    tracemalloc.start()
    try:
        ids = [
            case.case_id == str(number)
            for number, case in enumerate(read_case_file(str(tmp_path / "a.csv"), count(1)))
        ]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(ids), all(ids)) == (20_000, True)
    assert peak < 1_000_000, "the file has four times as many bytes"


def test_text_that_is_not_utf_8_is_told_before_any_case(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"case_id\n" + b"x\n" * 50_000 + b"\xe9\n")
    with pytest.raises(CasesFileError, match="Line 50002 is not UTF-8"):
        next(read_case_file(str(tmp_path / "a.csv"), count(1)))


def test_old_line_ends_are_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"case_id,Service\rx,other\ry,other\r")
    assert [case.case_id for case in read(tmp_path / "a.csv")] == ["x", "y"]
