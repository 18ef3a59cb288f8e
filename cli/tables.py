"""Which tables a command uses, and saying so."""

from __future__ import annotations

from pathlib import Path

import click

from dmn_dli.cases.entries import why
from dmn_dli.store.folder import bundled_tables, find_workbooks, holds_tables

from .outcome import CommandError
from .output import say

HERE = Path("tables")
"""The folder that is used where nothing else is said."""

tables_option = click.option(
    "--tables",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="A folder of workbooks, or one workbook. Without it: ./tables, where there is one with workbooks.",
)


def choose_tables(given: Path | None) -> Path:
    """The tables that are meant: the given ones, else `./tables`, else the bundled ones.

    Says which on standard error. Raises CommandError where there are none.
    """
    found = _here(given)
    if found is not None:
        return found
    bundled = bundled_tables()
    if not holds_tables(bundled):
        raise CommandError("There are no tables: ./tables holds none, and none are bundled. Give --tables.")
    say("Using the bundled tables")
    return bundled


def choose_own_tables(given: Path | None) -> Path | None:
    """As `choose_tables`, but never the bundled ones: None where there are no others."""
    return _here(given)


def _here(given: Path | None) -> Path | None:
    if given is not None:
        say(f"Using tables in {given}")
        return given
    try:
        here = holds_tables(HERE)
    except OSError as error:
        raise CommandError(f"The folder ./tables cannot be read: {why(error)}.") from error
    if here:
        say("Using tables in ./tables")
        return HERE
    return None


def workbooks_of(path: Path) -> tuple[Path, ...]:
    """The workbooks of a folder, or the file itself. Raises CommandError where the folder cannot be read."""
    if not path.is_dir():
        return (path,)
    try:
        return find_workbooks(path)
    except OSError as error:
        raise CommandError(f'The folder "{path}" cannot be read: {why(error)}.') from error
