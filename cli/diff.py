"""`dmn-dli diff`: what changed between two versions, in the workbooks and in what they decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmn_dli.cases.files import check_case_file
from dmn_dli.runtime.input_error import InputError

from .asking import CaseFiles
from .outcome import CANNOT, DONE, FOUND
from .output import format_option, keep_inputs, open_output, output_option, styled, width
from .tables import HERE, choose_own_tables, tables_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmn_dli.diff.case_counts import CaseChanges
    from dmn_dli.diff.editions import Editions
    from dmn_dli.diff.version_difference import VersionDifference


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@format_option(
    ["text", "json", "md", "xlsx"],
    "Text to read, JSON, Markdown for a pull request, or a workbook with changed cells marked.",
)
@click.option(
    "--cases",
    multiple=True,
    metavar="FILE",
    help="Put these cases to both sides: how many come out otherwise, from what to what (repeatable).",
)
@click.option("--amount", metavar="COLUMN", help="The column of --cases whose amounts are summed.")
@click.option(
    "--samples",
    type=click.IntRange(0, 1_000),
    default=5,
    show_default=True,
    help="How many case ids to name of those with the same change.",
)
@click.option("--exit-code", "gate", is_flag=True, help="Exit with 1 where answers differ or may differ.")
@tables_option
@output_option
def command(
    old: str,
    new: str | None,
    form: str,
    cases: tuple[str, ...],
    amount: str | None,
    samples: int,
    gate: bool,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Tell what changed between OLD and NEW: in the workbooks, and in what they decide.

    OLD and NEW are workbooks, folders of workbooks, or git revisions. A revision is that of the path which
    the other side names, else of --tables or ./tables. OLD may be a range: `main..topic`, or `main..`,
    which like `main` alone compares with the working tree; NEW may then name the workbook that is meant.
    Policies of folders are matched by payer and effective date; a new version is compared with the one
    before it.

    With --cases each case is decided by both sides, taken as in force. Which payers it is put to, how it
    is read, and the formats of files are those of `evaluate`; what is summed stands in a column of its own.

    The verdict comes first: equivalent, stricter, more permissive, mended or broken (errors that go or
    come), incomparable, or unknown. It is proven over all cases with every fact known that both
    dictionaries admit, both versions taken as in force. "medically necessary" is more favourable than all
    else, "criteria not met" than "not medically necessary", and this than "investigational". Below it are
    the regions of facts in which the determination changes; those in which the wording does while the
    determination stays; and list items that come or go.

    Exit codes: 0 done; 1 with --exit-code, where answers differ or may; 2 a side cannot be read, a
    workbook has errors, or a case cannot be used; 3 a defect of this program.
    """
    from dmn_dli.diff.editions import two_sides
    from dmn_dli.diff.version_difference import folder_difference

    if form == "xlsx" and output is None:
        raise InputError("A workbook cannot be written to the terminal: give --output FILE.")
    if amount is not None and not cases:
        raise click.UsageError("--amount is a column of the cases: name their files with --cases.")
    for name in cases:
        check_case_file(name)
    keep_inputs(output, old, new, tables or HERE, *cases)
    sides = two_sides(old, new, lambda: _scope(tables))
    found = folder_difference(*sides)
    files = CaseFiles(cases, () if amount is None else (amount,))
    changes = _changes(sides, files, amount, samples) if cases else None
    if form == "xlsx" and output is not None:
        _write_book(found, changes, output)
    else:
        with open_output(output, form) as stream:
            stream.write(_written(found, changes, form, output))
    if any(each.broken for each in found) or files.unread or (changes is not None and not changes.whole):
        return CANNOT
    return FOUND if gate and any(each.differs for each in found) else DONE


def _scope(tables: Path | None) -> Path:
    """The tables whose revisions are meant where no side names a path. Raises InputError."""
    found = choose_own_tables(tables)
    if found is None:
        raise InputError("There is no ./tables with workbooks whose revisions could be meant: give --tables.")
    return found


def _changes(
    sides: tuple[Editions, Editions], files: CaseFiles, amount: str | None, samples: int
) -> CaseChanges:
    """What becomes of the cases, which are read one after the other."""
    from dmn_dli.diff.case_changes import case_changes
    from dmn_dli.diff.placed_cases import PlacedCase

    return case_changes(*sides, (PlacedCase(*each) for each in files.placed()), amount, samples)


def _written(
    found: Sequence[VersionDifference], changes: CaseChanges | None, form: str, output: Path | None
) -> str:
    """The differences; what they do to cases stands in front."""
    match form:
        case "json":
            from dmn_dli.report.difference_json import json_text

            return json_text(found, changes)
        case "md":
            from dmn_dli.report import case_changes
            from dmn_dli.report.difference_markdown import markdown

            return (f"{case_changes.markdown(changes)}\n" if changes else "") + markdown(found)
    from dmn_dli.report import case_changes
    from dmn_dli.report.difference_text import Page, text

    page = Page(width(output), styled(output))
    return (f"{case_changes.text(changes, page)}\n" if changes else "") + text(found, page)


def _write_book(found: Sequence[VersionDifference], changes: CaseChanges | None, output: Path) -> None:
    from dmn_dli.report.difference_book import book

    from .output import write_bytes

    write_bytes(output, book(found, changes))
