"""`dmn-dli test`: the Cases sheets, and which rules they cover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .outcome import DONE, FOUND
from .output import open_output, output_option, styled, width
from .tables import tables_option
from .workbooks import Given, given_workbooks

if TYPE_CHECKING:
    from dmn_dli.evaluate.case_sheet import WorkbookResult


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="Text to read, JSON, or JUnit XML for continuous integration.",
)
@tables_option
@output_option
def command(paths: tuple[str, ...], form: str, tables: Path | None, output: Path | None) -> int:
    """Run the cases on the Cases sheet of each workbook, and say which rules they cover.

    PATHs are workbooks or folders; without them those of --tables or of ./tables. Drafts are tested too.

    A case fails where an expectation is not met, where it has no name or no expectation, and where a fact has
    a value that the dictionary does not allow. A rule is covered where some case uses it; retired rules do
    not count, and an uncovered rule is no failure.

    Exit codes: 0 all cases passed; 1 a case failed, a workbook has errors, or there was nothing to test;
    2 a path does not exist, or there is no workbook; 3 a defect of this program.
    """
    from dmn_dli.report.test_results import json_text, junit_text, text

    workbooks = [each for each in given_workbooks(paths, tables) if not each.is_dictionary]
    results = tuple(_run(workbook) for workbook in workbooks)
    with open_output(output) as stream:
        if form == "text":
            stream.write(text(results, width(output), colour=styled(output)))
        else:
            stream.write(json_text(results) if form == "json" else junit_text(results))
    tested = any(result.cases for result in results)
    return DONE if tested and all(result.passed for result in results) else FOUND


def _run(given: Given) -> WorkbookResult:
    from dmn_dli.evaluate.case_sheet import run_cases
    from dmn_dli.excel import read_workbook
    from dmn_dli.store.load import load_version

    return run_cases(read_workbook(given.path, given.shown), load_version(given.path))
