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
    monkeypatch.setattr("dmn_dli.store.folder.installed_tables", lambda: with_tables / "tables")
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

    monkeypatch.setattr("cli.new_files.write_bytes", failing)
    assert invoke("new", "tables", "lending").exit_code == 2
    assert [path for path in here.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-30", "no day of the calendar"),
        ("01/02/2026", "year-month-day is expected, such as 2025-02-12"),
        ("", "year-month-day is expected"),
        ("soon", "year-month-day is expected"),
        ("0001-01-01", "cannot be a date in Excel"),
    ],
)
@pytest.mark.usefixtures("with_tables")
def test_a_day_that_is_none_is_refused_with_how_days_are_written(day: str, said: str) -> None:
    for arguments in (("version", "acme", day), ("payer", "gamma", "--effective", day)):
        result = invoke("new", *arguments)
        assert (result.exit_code, said in result.stderr) == (2, True)


def test_what_no_cell_takes_is_refused(with_tables: Path) -> None:
    result = invoke(*VERSION, "--what", "x" * 32_768)
    assert (result.exit_code, "A cell takes 32,767 characters" in result.stderr) == (2, True)
    assert invoke(*PAYER, "--name", "x" * 32_768).exit_code == 2
    assert len(list((with_tables / "tables").iterdir())) == 3


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [("Blue Cross", "blue-cross"), ("../x", "x"), ("Österreich", "osterreich"), ("1st Care", "st-care")],
)
@pytest.mark.usefixtures("with_tables")
def test_a_payer_id_that_cannot_be_one_is_answered_with_one_that_can(wanted: str, offered: str) -> None:
    result = invoke("new", "payer", wanted, "--effective", "2026-01-01")
    assert (result.exit_code, f'"{offered}" would do.' in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_folder_without_a_name_is_not_the_one_at_hand(name: str, here: Path) -> None:
    result = invoke("new", "tables", name)
    assert (result.exit_code, "it is blank" in result.stderr) == (2, True)
    assert list(here.iterdir()) == []


def test_a_dictionary_is_not_put_beside_workbooks_that_use_another(with_tables: Path) -> None:
    (with_tables / "tables" / "facts.xlsx").unlink()
    result = invoke("new", "tables", ".")
    assert (result.exit_code, "whose facts a new dictionary would replace" in result.stderr) == (2, True)
    assert len(list(with_tables.rglob("*"))) == 3


def test_a_file_in_the_way_is_named_and_no_folder_is_left(here: Path) -> None:
    (here / "lending").mkdir()
    (here / "lending" / ".github").write_text("")
    result = invoke("new", "tables", "lending")
    assert (result.exit_code, '"lending/.github" is a file' in result.stderr) == (2, True)
    assert [path.name for path in (here / "lending").rglob("*")] == [".github"]


@pytest.mark.usefixtures("here")
def test_a_name_with_a_blank_is_told_as_it_is_typed() -> None:
    result = invoke("new", "tables", "my tables")
    assert (result.exit_code, '(`cd "my tables"`)' in result.stderr) == (0, True)


def test_a_mistyped_kind_is_answered_with_the_nearest() -> None:
    result = invoke("new", "verison")
    assert (result.exit_code, 'Did you mean "version"?' in result.stderr) == (2, True)
