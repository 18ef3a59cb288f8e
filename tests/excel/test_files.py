"""Files: what is read, what is refused, and what is tried again."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from dmn_dli.excel import archive, files, read_dictionary, read_workbook
from tests.cli.program import invoke
from tests.excel.build import FACTS, GOOD_NAME, make_workbook


def test_a_missing_file_is_the_callers_to_report(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_workbook(tmp_path / "none.xlsx")


def test_findings_carry_the_path_as_given(tmp_path: Path) -> None:
    path = tmp_path / GOOD_NAME
    path.write_bytes(make_workbook(Extra=[["x"]]))
    book = read_workbook(path, "tables/x.xlsx")
    assert book.name == GOOD_NAME
    assert {finding.file for finding in book.findings} == {"tables/x.xlsx"}


def test_a_dictionary_is_read_from_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(make_workbook({"Facts": FACTS}))
    dictionary, findings = read_dictionary(path)
    assert dictionary is not None
    assert (dictionary.file, len(dictionary.facts), findings) == ("facts.xlsx", 2, ())


def test_a_dictionary_without_its_sheet_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(make_workbook({"Fact": FACTS}))
    dictionary, findings = read_dictionary(path)
    assert dictionary is None
    assert [finding.code.code for finding in findings] == ["DT170"]


def test_a_workbook_that_is_being_written_is_tried_again(tmp_path: Path) -> None:
    path, whole = tmp_path / GOOD_NAME, make_workbook()
    path.write_bytes(whole[:4000])

    def finish() -> None:
        time.sleep(0.15)
        path.write_bytes(whole)

    writer = threading.Thread(target=finish)
    writer.start()
    book = read_workbook(path)
    writer.join()
    assert len(book.tables) == 2


def test_a_workbook_that_stays_locked_is_reported_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / GOOD_NAME
    path.write_bytes(make_workbook())
    tries = []

    def refuse(self: Path, *_: object) -> bytes:
        tries.append(self.name)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(files, "_PAUSES", (0.0, 0.0))
    (finding,) = read_workbook(path).findings
    assert finding.code.code == "DT106"
    assert "Permission denied" in finding.message
    assert len(tries) == 3


def test_a_workbook_that_stays_cut_short_is_reported_as_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PAUSES", (0.0,))
    path = tmp_path / GOOD_NAME
    path.write_bytes(make_workbook()[:4000])
    assert [finding.code.code for finding in read_workbook(path).findings] == ["DT105"]


def test_a_file_of_absurd_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WORKBOOK_BYTES", 1_000)
    monkeypatch.setattr(archive, "WORKBOOK_BYTES", 1_000)
    path = tmp_path / GOOD_NAME
    path.write_bytes(make_workbook())
    assert [finding.code.code for finding in read_workbook(path).findings] == ["DT104"]


@pytest.mark.parametrize("name", [GOOD_NAME, "facts.xlsx"])
def test_a_pipe_or_folder_is_said_to_be_no_plain_file_and_not_waited_for(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    (finding,) = read_workbook(path).findings
    assert (finding.code.code, "no plain file" in finding.message) == ("DT101", True)
    path.unlink()
    path.mkdir()
    assert [each.code.code for each in read_dictionary(path)[1]] == ["DT101"]


def test_check_and_evaluate_of_a_pipe_end(tmp_path: Path) -> None:
    path = tmp_path / GOOD_NAME
    os.mkfifo(path)
    assert invoke("check", str(path)).exit_code == 1
    (tmp_path / "a.json").write_text("{}")
    assert invoke("evaluate", str(tmp_path / "a.json"), "--tables", str(path)).exit_code == 2
    assert invoke("show", str(path)).exit_code == 2
