"""`dmn-dli new` writes what is not there yet, all of it or nothing, and says what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.output import write_bytes
from dmn_dli.runtime.input_error import InputError
from tests.cli.program import invoke

VERSION = ("new", "version", "acme", "2026-01-01")
PAYER = ("new", "payer", "gamma", "--effective", "2026-01-01")


@pytest.mark.parametrize(
    ("arguments", "name"), [(VERSION, "acme-2026-01-01.xlsx"), (PAYER, "gamma-2026-01-01.xlsx")]
)
def test_the_name_of_the_file_goes_to_standard_output_and_all_else_to_the_other(
    arguments: tuple[str, ...], name: str, with_tables: Path
) -> None:
    before = {path: path.read_bytes() for path in (with_tables / "tables").iterdir()}
    result = invoke(*arguments)
    path = Path("tables") / name
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert f"`dmn-dli check {path}` says what is left to fill in." in result.stderr
    assert set((with_tables / "tables").iterdir()) - set(before) == {with_tables / path}
    assert all(path.read_bytes() == data for path, data in before.items())
    assert invoke("test", str(path)).exit_code == 0


@pytest.mark.parametrize("name", ["acme-2026-01-01.xlsx", "ACME-2026-01-01.XLSX"])
def test_a_file_that_exists_is_not_written_over(name: str, with_tables: Path) -> None:
    (with_tables / "tables" / name).write_bytes(
        (with_tables / "tables" / "acme-2025-01-01.xlsx").read_bytes()
    )
    before = (with_tables / "tables" / name).read_bytes()
    result = invoke(*VERSION)
    assert (result.exit_code, "Nothing was written" in result.stderr) == (2, True)
    assert (with_tables / "tables" / name).read_bytes() == before


def test_a_link_that_leads_nowhere_is_not_followed(with_tables: Path) -> None:
    (with_tables / "tables" / "gamma-2026-01-01.xlsx").symlink_to(with_tables / "elsewhere.xlsx")
    assert invoke(*PAYER).exit_code == 2
    assert not (with_tables / "elsewhere.xlsx").exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("arguments", [VERSION, PAYER])
def test_without_a_folder_of_tables_nothing_is_begun(arguments: tuple[str, ...], here: Path) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, "There is no folder of tables" in result.stderr) == (2, True)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("arguments", [VERSION, PAYER])
def test_a_workbook_is_no_folder_of_tables(arguments: tuple[str, ...], with_tables: Path) -> None:
    result = invoke(*arguments, "--tables", "tables/acme-2025-01-01.xlsx")
    assert (result.exit_code, "is no folder" in result.stderr) == (2, True)
    assert len(list((with_tables / "tables").iterdir())) == 3


def test_the_tables_that_come_with_the_program_are_never_changed(
    with_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.new.installed_tables", lambda: with_tables / "tables")
    result = invoke(*VERSION, "--tables", "tables")
    assert (result.exit_code, "come with dmn-dli" in result.stderr) == (2, True)


def test_an_empty_folder_named_tables_takes_a_first_payer(here: Path) -> None:
    (here / "tables").mkdir()
    assert invoke(*PAYER).exit_code == 0
    assert [path.name for path in (here / "tables").iterdir()] == ["gamma-2026-01-01.xlsx"]


def test_where_one_file_cannot_be_written_the_others_are_taken_back(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path, data: bytes) -> None:
        if path.suffix == ".yml":
            raise InputError("the disk is full")
        write_bytes(path, data)

    monkeypatch.setattr("cli.new.write_bytes", failing)
    assert invoke("new", "tables", "lending").exit_code == 2
    assert [path for path in here.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("day", ["2026-13-01", "01/01/2026", "soon"])
@pytest.mark.usefixtures("with_tables")
def test_a_day_that_is_none_is_refused(day: str) -> None:
    assert invoke("new", "version", "acme", day).exit_code == 2
    assert invoke("new", "payer", "gamma", "--effective", day).exit_code == 2


def test_a_mistyped_kind_is_answered_with_the_nearest() -> None:
    result = invoke("new", "verison")
    assert (result.exit_code, 'Did you mean "version"?' in result.stderr) == (2, True)
