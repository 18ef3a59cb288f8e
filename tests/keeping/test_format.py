"""`format` of files: in place, all or none, and none that another program has open."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.keeping import in_place
from dmn_dli.runtime import whole_files
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store import folder
from tests.cli.program import invoke
from tests.excel.build import FACTS, make_workbook, put

NAME = "acme-2025-02-12.xlsx"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory whose folder `tables` holds a workbook and its dictionary, both bare."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / NAME).write_bytes(put("Scope", B4="other"))
    (tmp_path / "tables" / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    return tmp_path / "tables"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_are_changed_in_place_and_then_in_the_house_style(tables: Path) -> None:
    before = contents(tables)
    result = invoke("format")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        f"tables/{NAME}: brought into the house style",
        '  Scope!B4 now says "donor lymphocyte infusion, other" (it said "other")',
    ]
    after = contents(tables)
    assert [name for name in before if before[name] != after[name]] == [NAME, "facts.xlsx"]
    again = invoke("format", "tables")
    assert again.stdout.count("in the house style already") == 2
    assert contents(tables) == after


def test_check_names_the_files_that_would_change_and_writes_nothing(tables: Path) -> None:
    before = contents(tables)
    result = invoke("format", "--check")
    assert (result.exit_code, result.stdout) == (1, f"tables/{NAME}\ntables/facts.xlsx\n")
    assert "`dmn-dli format` brings these files into the house style" in result.stderr
    assert contents(tables) == before
    assert invoke("format").exit_code == 0
    result = invoke("format", "--check", f"tables/{NAME}", "tables/facts.xlsx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_file_keeps_its_mode_and_a_link_leads_to_it(tables: Path) -> None:
    (tables / NAME).chmod(0o640)
    link = tables.parent / NAME
    link.symlink_to(tables / NAME)
    (tables.parent / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    assert dmn_dli.format(link)[0].changed
    assert link.is_symlink()
    assert stat.S_IMODE((tables / NAME).stat().st_mode) == 0o640
    assert not dmn_dli.format(link)[0].changed


def test_a_file_that_is_open_where_a_link_leads_is_not_written(tables: Path) -> None:
    link = tables.parent / NAME
    link.symlink_to(tables / NAME)
    (tables / f"~${NAME}").write_bytes(b"Ann")
    with pytest.raises(InputError, match="is open in Excel"):
        dmn_dli.format(link)


@pytest.mark.parametrize("data", [b"no workbook", b"PK\x03\x04", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_one_file_that_cannot_be_read_keeps_all_from_being_written(tables: Path, data: bytes) -> None:
    (tables / "beta-2025-01-01.xlsx").write_bytes(data)
    (tables / "gamma.xlsm").write_bytes(b"x")
    before = contents(tables)
    result = invoke("format")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "beta-2025-01-01.xlsx" in result.stderr
    assert "gamma.xlsm" in result.stderr
    assert contents(tables) == before


@pytest.mark.parametrize(("lock", "program"), [(f"~${NAME}", "Excel"), (f".~lock.{NAME}#", "LibreOffice")])
def test_a_file_that_is_open_elsewhere_keeps_all_from_being_written(
    tables: Path, lock: str, program: str
) -> None:
    (tables / lock).write_bytes(b"Ann")
    before = contents(tables)
    result = invoke("format")
    assert result.exit_code == 2
    assert result.stderr.count(f'"tables/{NAME}" is open in {program}') == 1
    assert result.stderr.endswith("No file was changed.\n")
    assert contents(tables) == before
    assert invoke("format", "--check").exit_code == 1
    assert invoke("format", "tables/facts.xlsx").exit_code == 0


def test_a_dictionary_that_cannot_be_read_is_named_and_nothing_is_written(tables: Path) -> None:
    (tables / "facts.xlsx").write_bytes(b"x")
    before = contents(tables)
    result = invoke("format", f"tables/{NAME}")
    assert result.exit_code == 2
    assert '"tables/facts.xlsx", whose words the workbooks are to have, cannot be read' in result.stderr
    assert contents(tables) == before


def test_a_dictionary_that_cannot_be_read_is_told_once_for_all_its_workbooks(tables: Path) -> None:
    (tables / "beta-2025-01-01.xlsx").write_bytes((tables / NAME).read_bytes())
    (tables / "facts.xlsx").write_bytes(b"x")
    result = invoke("format")
    assert result.stderr.count("whose words the workbooks are to have") == 1
    assert result.stderr.endswith("No file was changed.\n")


def test_what_is_no_plain_file_is_not_waited_for(tables: Path) -> None:
    os.mkfifo(tables / "pipe.xlsx")
    result = invoke("format", "tables/pipe.xlsx")
    assert (result.exit_code, "no plain file" in result.stderr) == (2, True)


def test_the_tables_of_the_package_are_never_changed(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "installed_tables", lambda: tables)
    before = contents(tables)
    with pytest.raises(InputError, match="bundled tables"):
        dmn_dli.format(tables)
    assert contents(tables) == before
    assert [file.changed for file in dmn_dli.format(tables, check=True)] == [True, True]


def test_a_file_that_was_saved_in_the_meantime_is_not_written_over(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = make_workbook()

    def saved(changes: tuple[in_place.Change, ...]) -> None:
        (tables / NAME).write_bytes(later)
        in_place.write_changes(changes)

    monkeypatch.setattr("dmn_dli.keeping.format.write_changes", saved)
    facts = (tables / "facts.xlsx").read_bytes()
    with pytest.raises(InputError, match="saved while"):
        dmn_dli.format(tables)
    assert contents(tables) == {NAME: later, "facts.xlsx": facts}


def test_where_one_file_cannot_take_its_name_the_others_hold_what_they_held(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tables)
    replace = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == NAME and not failed:
            failed.append(target)
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    failed: list[Path] = []
    monkeypatch.setattr(Path, "replace", failing)
    result = invoke("format")
    assert (result.exit_code, "No space left" in result.stderr) == (2, True)
    assert failed
    assert contents(tables) == before


def test_new_files_that_were_written_beside_one_that_cannot_be_go_again(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        whole_files.write_all({tmp_path / "folder": b"x", tmp_path / "new": b"y"})
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_no_path_and_no_tables_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke("format").exit_code == 2
    assert invoke("format", "missing.xlsx").exit_code == 2
    assert invoke("format", "-").exit_code == 2
