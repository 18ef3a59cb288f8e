"""Which files of a folder are workbooks."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.excel import read_workbook
from dmn_dli.store import folder
from dmn_dli.store.folder import find_workbooks
from tests.cli.program import invoke
from tests.excel.build import FACTS, GOOD_NAME, make_workbook


def test_a_folders_workbooks_come_by_name_without_dictionary_and_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.XLSX", "facts.xlsx", "~$b.xlsx", ".~lock.b.xlsx#", "notes.txt", "b.xls"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in find_workbooks(tmp_path)] == ["a.XLSX", "b.xls", "b.xlsx"]


def test_a_workbook_with_macros_is_found_so_that_it_can_be_reported(tmp_path: Path) -> None:
    (tmp_path / "acme-2025-02-12.xlsm").write_bytes(make_workbook())
    (path,) = find_workbooks(tmp_path)
    assert [finding.code.code for finding in read_workbook(path).findings] == ["DT103"]


@pytest.mark.parametrize("ending", [".ods", ".xls", ".xlsm", ".xlsb", ".numbers", ".ODS"])
def test_a_payer_in_a_format_that_is_not_read_never_vanishes(tmp_path: Path, ending: str) -> None:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / f"acme-2025-02-12{ending}").write_bytes(make_workbook())
    (series,) = dmn_dli.load(tmp_path).values()
    with pytest.raises(dmn_dli.TableError):
        series.evaluate({})
    assert any(found.is_error for found in dmn_dli.check(tmp_path).findings)


def test_a_change_of_any_code_that_compiles_is_seen() -> None:
    rooms = [Path(folder._PACKAGE) / room for room in folder._COMPILING]
    below = {path.parent for room in rooms for path in room.rglob("*.py")}
    assert below == set(rooms)


def test_what_is_named_as_a_workbook_and_is_no_file_is_told_of(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe-2025-01-01.xlsx")
    (tmp_path / "link-2025-01-01.xlsx").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder-2025-01-01.xlsx").mkdir()
    told = {each.file for each in dmn_dli.check(tmp_path).findings if each.code.code == "DT101"}
    assert {Path(each).name for each in told} == {path.name for path in tmp_path.iterdir()}
    assert invoke("diff", str(tmp_path), str(tmp_path)).exit_code == 2


def test_a_numbers_document_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "acme.numbers").mkdir()
    found = dmn_dli.check(tmp_path).findings
    assert "a folder" in next(each.message for each in found if each.code.code == "DT101")


def test_the_dictionary_is_found_in_any_letter_case(tmp_path: Path) -> None:
    (tmp_path / "Facts.XLSX").write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / GOOD_NAME).write_bytes(make_workbook())
    assert list(codes(tmp_path)) == ["DT521"], "of a column that the sample does not need"
    answer = dmn_dli.load(tmp_path)["acme"].evaluate({"service": "other"})
    assert answer.determination == "not addressed"


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "not there.xlsx")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, '"facts.xlsx" is a folder'),
        (_link, '"facts.xlsx" is a link to a file that is not there'),
        (os.mkfifo, '"facts.xlsx" is no plain file'),
    ],
)
def test_a_dictionary_that_is_no_plain_file_is_never_replaced_by_another(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "facts.xlsx")
    (tmp_path / GOOD_NAME).write_bytes(make_workbook())
    found = codes(tmp_path)
    assert list(found) == ["DT108"], "and nothing is said of facts that nobody could look up"
    assert said in found["DT108"]
    with pytest.raises(dmn_dli.TableError, match=said):
        dmn_dli.load(tmp_path)["acme"].evaluate({})


def test_two_dictionaries_in_one_folder_are_none(tmp_path: Path) -> None:
    for name in ("facts.xlsx", "Facts.xlsx"):
        (tmp_path / name).write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / GOOD_NAME).write_bytes(make_workbook())
    assert '"Facts.xlsx" and "facts.xlsx" lie in one folder' in codes(tmp_path)["DT108"]


def test_a_folder_without_dictionary_says_which_is_used_instead(tmp_path: Path) -> None:
    for name in (GOOD_NAME, "acme-2024-02-12.xlsx"):
        (tmp_path / name).write_bytes(make_workbook())
    found = [each for each in dmn_dli.check(tmp_path).findings if each.code.code == "DT109"]
    assert len(found) == 1
    assert "the dictionary that comes with dmn-dli." in found[0].message
    assert not found[0].is_error


def test_a_dictionary_under_nearly_its_name_is_hinted_at(tmp_path: Path) -> None:
    (tmp_path / GOOD_NAME).write_bytes(make_workbook())
    (tmp_path / "Facts (1).xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    assert 'If "Facts (1).xlsx" is the dictionary, rename it to facts.xlsx.' in codes(tmp_path)["DT109"]


def test_workbooks_with_facts_of_their_own_miss_no_dictionary(tmp_path: Path) -> None:
    (tmp_path / GOOD_NAME).write_bytes(make_workbook(Facts=FACTS))
    assert list(codes(tmp_path)) == ["DT521"], "of a column that the sample does not need"


def codes(folder: Path) -> dict[str, str]:
    """What `check` warns of or objects to in a folder, by code."""
    found = dmn_dli.check(folder, today=date(2025, 3, 1)).findings
    return {each.code.code: each.message for each in found if each.code.severity.value != "info"}
