"""Which tables a command uses, and saying so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.cache import without_cache
from dmn_dli.store.folder import bundled_tables, foreign_workbooks, holds_tables

from .output import say

HERE = Path("tables")
"""The folder that is used where nothing else is said."""


def _leave_cache(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.with_resource(without_cache())


no_cache_option = click.option(
    "--no-cache",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_leave_cache,
    help="Compile every workbook anew: read nothing from the user's cache, and keep nothing there.",
)


def tables_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `--tables` and `--no-cache`, which every command has that loads tables."""
    tables = click.option(
        "--tables",
        type=click.Path(exists=True, path_type=Path),
        metavar="PATH",
        help="A folder of workbooks, or one workbook. Without it: ./tables, where there is one with "
        "workbooks.",
    )
    return tables(no_cache_option(command))


def choose_tables(given: Path | None) -> Path:
    """The tables that are meant: the given ones, else `./tables`, else the bundled ones.

    Says which on standard error. Raises InputError where there are none.
    """
    found = choose_own_tables(given)
    if found is not None:
        return found
    bundled = bundled_tables()
    if not holds_tables(bundled):
        raise InputError("There are no tables: ./tables holds none, and none are bundled. Give --tables.")
    say("Using the bundled tables")
    return bundled


def any_unread(tables: Path) -> bool:
    """Say which files of a folder could hold a payer's tables and are not read; whether there are any."""
    unread = foreign_workbooks(tables) if tables.is_dir() else ()
    for path in unread:
        say(f"{path} is not read: save it as an Excel workbook (.xlsx), and move this file elsewhere.")
    return bool(unread)


def choose_own_tables(given: Path | None) -> Path | None:
    """As `choose_tables`, but never the bundled ones: None where there are no others."""
    if given is not None:
        say(f"Using tables in {given}")
        return given
    try:
        here = holds_tables(HERE)
    except OSError as error:
        raise InputError(f"The folder ./tables cannot be read: {why(error)}.") from error
    if here:
        say("Using tables in ./tables")
        return HERE
    return None


def given_places(paths: Sequence[str], tables: Path | None) -> tuple[str, ...]:
    """The paths, or else the place that is meant where none is named, which is said on standard error.

    Raises InputError where there is none.
    """
    if paths:
        return tuple(paths)
    own = choose_own_tables(tables)
    if own is None:
        raise InputError(
            "There is no workbook to look at: name workbooks or folders, or give --tables; "
            "there is no ./tables with workbooks."
        )
    return (str(own),)
