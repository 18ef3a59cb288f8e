"""`dmn-dli page`: the clinician's page, one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmn_dli.runtime.input_error import InputError

from .days import day
from .outcome import DONE
from .output import keep_inputs, open_output, output_option
from .tables import choose_tables, tables_option

if TYPE_CHECKING:
    from dmn_dli.diff.version_difference import VersionDifference


@click.command("page")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option("--diff", "old", metavar="OLD", help="Begin with an approval page: what changed since OLD.")
@click.option(
    "--case",
    "case_file",
    metavar="FILE",
    help="Open with this case in the form: a file of one case, as for evaluate.",
)
@click.option(
    "--no-engine",
    is_flag=True,
    help="Leave the engine out: a page to read, small enough for an e-mail.",
)
@click.option(
    "--engine",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the engine's files are, where they are not installed.",
)
@click.option(
    "--today",
    type=day,
    metavar="DATE",
    help="The day (2025-02-12) by which review dates have passed or not; without it the clock's.",
)
@tables_option
@output_option
def command(
    paths: tuple[str, ...],
    old: str | None,
    case_file: str | None,
    no_engine: bool,
    engine: Path | None,
    today: date | None,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Write one HTML file: the policies to read, cases to try, workbooks to check.

    PATHs are workbooks or folders; without them those of --tables or of ./tables, else the bundled ones. The
    file opens by double click, without a network. In it runs this very program, so that it answers as the
    commands do; nothing that is typed or dropped leaves the browser.

    Exit codes: 0 done; 2 a path does not exist, there is no workbook, or the engine's files are missing;
    3 a defect of this program.
    """
    from dmn_dli.page.contents import gather
    from dmn_dli.page.engine.bundle import bundle
    from dmn_dli.page.opened_case import opened_case
    from dmn_dli.page.page import page
    from dmn_dli.page.try_view import asked_series
    from dmn_dli.store.given import workbooks_at

    if case_file is not None and no_engine:
        raise click.UsageError("A page without the engine has no form: --case does not go with --no-engine.")
    if output is None:
        raise InputError("A page is a file to open in a browser: give --output FILE.")
    places = paths or (str(choose_tables(tables)),)
    keep_inputs(output, *places, case_file)
    differences = None if old is None else _differences(old, places)
    workbooks = workbooks_at(places)
    contents = gather(workbooks, today or datetime.now().astimezone().date())
    case = None if case_file is None else opened_case(case_file, asked_series(contents))
    carried = None if no_engine else bundle(workbooks, contents, engine)
    with open_output(output, "html") as stream:
        stream.write(page(contents, differences, carried, case))
    return DONE


def _differences(old: str, places: Sequence[str]) -> tuple[VersionDifference, ...]:
    """What changed from the old side to the page's tables."""
    from dmn_dli.diff.since import differences_since

    return differences_since(old, places)
