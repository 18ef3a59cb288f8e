"""`dmn-dli new`: a payer's first workbook, the next version of a policy, a folder of another field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import dictionaries_in, is_installed
from dmn_dli.store.given import workbooks_of

from .days import day
from .groups import Commands
from .new_files import write_new
from .output import say
from .tables import HERE, choose_own_tables, no_cache_option, tables_option

if TYPE_CHECKING:
    from dmn_dli.keeping.new.file import NewFile


@click.group("new", cls=Commands)
def command() -> None:
    """Begin a payer's workbook, the next version of a policy, or a folder of tables of another field.

    What is begun is a draft: `dmn-dli check` with its name says what is left to fill in.

    Exit codes: 0 done; 2 nothing was written, with the reason; 3 a defect of this program.
    """


@command.command("payer")
@click.argument("id", metavar="ID")
@click.option(
    "--effective", type=day, required=True, metavar="DATE", help="The policy's first day (2025-02-12)."
)
@click.option("--name", metavar="TEXT", help="The payer's name as people read it.")
@click.option("--from", "like", metavar="PAYER", help="Begin from the tables of this payer's latest version.")
@tables_option
def new_payer(id: str, effective: date, name: str | None, like: str | None, tables: Path | None) -> int:  # noqa: A002 - the argument's name
    """Begin a payer's workbook: ID-DATE.xlsx in the folder of tables.

    Every sheet is there, with examples of the dictionary's facts, and decides: tables are proven, cases pass.
    Cells that the payer's document has to fill say `to fill in`, and `check` lists them until they do not.
    Where the folder has no facts.xlsx, the facts are those of the dictionary that comes with dmn-dli.

    With --from the tables, criteria and cases are another payer's; its citations, wording, notes, history and
    the fields of its sheet Policy are not taken over.

    Exit codes: 0 done; 2 the payer or the file exists already, there is no folder of tables, the dictionary
    cannot be used, or the file cannot be written; 3 a defect of this program.
    """
    import dmn_dli

    folder = _folder(tables)
    return _draft(folder, dmn_dli.new_payer(folder, id, effective, name=name, like=like))


@command.command("version")
@click.argument("payer")
@click.argument("effective", type=day, metavar="DATE")
@click.option("--who", metavar="TEXT", help="Who makes the version, for the Change History.")
@click.option("--what", metavar="TEXT", help="What it changes.")
@click.option("--why", "reason", metavar="TEXT", help="Why: the document and its date.")
@click.option("--on", type=day, metavar="DATE", help="The day of the line in the Change History.")
@tables_option
def new_version(
    payer: str,
    effective: date,
    who: str | None,
    what: str | None,
    reason: str | None,
    on: date | None,
    tables: Path | None,
) -> int:
    """Begin PAYER's version that takes effect on DATE: a copy of the latest one before that day.

    It is a draft. Effective from is DATE; Effective to, the reviews and the source document are blank. The
    days of its cases are moved as far as the first day. The Change History gets a line, in which what the
    options do not give says `to fill in`. Everything else is the same byte for byte, drawings, comments and
    colours included. The version before stays as it is.

    Exit codes: 0 done; 2 there is no such payer or no version before DATE, the version exists already, or the
    file cannot be copied or written; 3 a defect of this program.
    """
    import dmn_dli

    folder = _folder(tables)
    made = dmn_dli.new_version(folder, payer, effective, on=on, who=who, what=what, why=reason)
    return _draft(folder, made)


def _named(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    if not value.strip():
        raise click.BadParameter("the name of a folder is expected, and it is blank.", ctx, param)
    return Path(value)


@command.command("tables")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False), callback=_named)
@no_cache_option
def new_tables(folder: Path) -> int:
    """Begin a folder DIR for decision tables of any field.

    It gets a dictionary with a few facts, one workbook with a table and cases, a workflow for GitHub, hooks
    for pre-commit, and a README. `check` and `test` pass there as it stands. No file is written over.

    Exit codes: 0 done; 2 one of the files exists already, or cannot be written; 3 a defect of this program.
    """
    import dmn_dli

    _require_empty(folder / HERE)
    done = write_new(folder, dmn_dli.new_tables())
    go = "" if folder == Path() else f"Go there (`cd {_typed(folder)}`); "
    say(f"{go}`dmn-dli check` and `dmn-dli test` pass as it stands.")
    return done


def _require_empty(folder: Path) -> None:
    """Raise InputError where workbooks lie in the folder, which the new dictionary would be that of."""
    if not folder.is_dir() or dictionaries_in(folder):
        return  # `_write` says so of the dictionary itself
    held = [path.name for path in workbooks_of(folder)]
    if held:
        raise InputError(
            f'"{folder}" holds {held[0]} already, whose facts a new dictionary would replace. Name another '
            "folder; a workbook of its own is begun with `dmn-dli new payer`."
        )


def _folder(tables: Path | None) -> Path:
    """The folder that the workbook is for. Raises InputError where there is none."""
    found = choose_own_tables(tables)
    if found is None and HERE.is_dir():
        found = HERE
    if found is None:
        raise InputError(
            "There is no folder of tables: go to the folder that holds `tables`, name one with --tables, or "
            "begin one with `dmn-dli new tables DIR`."
        )
    if not found.is_dir():
        raise InputError(f'"{found}" is no folder; the folder of tables is expected.')
    if is_installed(found):
        raise InputError(f'"{found}" holds the tables that come with dmn-dli, which are never changed.')
    return found


def _draft(folder: Path, file: NewFile) -> int:
    done = write_new(folder, [file])
    say(f"`dmn-dli check {_typed(folder / file.name)}` says what is left to fill in.")
    return done


def _typed(path: Path) -> str:
    """A path as one types it in a terminal, on Windows too."""
    return f'"{path}"' if " " in str(path) else str(path)
