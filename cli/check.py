"""`dmn-dli check`: every problem in every workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completion import codes
from .days import day
from .outcome import DONE, FOUND
from .output import (
    format_option,
    keep_inputs,
    open_output,
    output_option,
    quiet_notes_option,
    say,
    styled,
    width,
)
from .tables import given_places, tables_option

if TYPE_CHECKING:
    from dmn_dli.checking import CheckResult


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option(
    "--today",
    type=day,
    metavar="DATE",
    help="The day (2025-02-12) by which review dates and accepted findings have passed or not; without it "
    "the clock's.",
)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@format_option(
    ["text", "json", "sarif", "github", "gitlab"],
    "Text to read, JSON, SARIF 2.1.0 for code scanners, annotations for GitHub workflows, or GitLab's Code "
    "Quality report.",
)
@click.option(
    "--annotate",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also write a copy of each workbook into DIR, with the findings as notes on coloured cells and as a "
    "list on a sheet Findings.",
)
@click.option(
    "--force", is_flag=True, help="With --annotate: replace files in DIR that are no annotated copies."
)
@quiet_notes_option("Leave out what is for information only.")
@click.option("--watch", is_flag=True, help="Check again whenever a workbook is saved, until Ctrl+C.")
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=codes,
    help="Say what a code such as DT153 means, and nothing else.",
)
@tables_option
@output_option
def command(
    paths: tuple[str, ...],
    today: date | None,
    strict: bool,
    quiet_notes: bool,
    form: str,
    annotate: Path | None,
    force: bool,
    watch: bool,
    explain: str | None,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Report every problem in every workbook, with its sheet and cell and how to mend it.

    PATHs are workbooks or folders, facts.xlsx included; without them those of --tables or of ./tables.
    The layout, the syntax of cells, names, types and values, citations, cases and dates are checked. Each
    table without such errors is then proven: whether every case that can arrive meets a rule, whether rules
    overlap, and whether each rule, value and column has an effect.

    A finding that the workbook's sheet Accepted lists is shown as waived and does not count.

    Exit codes: 0 no error, or a watch ended by Ctrl+C; 1 an error was found, unreadable workbooks included;
    2 a path or a code does not exist, there is no workbook, or a copy cannot be written; 3 a defect of this
    program.
    """
    if explain is not None:
        return _explain(explain, output)
    if watch and (form != "text" or output is not None):
        raise click.UsageError(
            "--watch shows text on the terminal; it goes with neither --format nor --output."
        )
    if force and annotate is None:
        raise click.UsageError("--force replaces files in the folder of --annotate, which is not given.")

    places = given_places(paths, tables)
    keep_inputs(output, *places)

    def run() -> CheckResult:
        import dmn_dli

        result = dmn_dli.check(places, today=today, strict=strict)
        if annotate is not None:
            _annotate(places, result, annotate, force=force)
        return result.without_notes() if quiet_notes else result

    if watch:
        from .watch import keep_checking

        keep_checking(places, run)
        return DONE
    return _report(run(), form, output)


def _annotate(places: Sequence[str], result: CheckResult, folder: Path, *, force: bool) -> None:
    from dmn_dli.report.annotated_copies import write_copies
    from dmn_dli.store.given import workbooks_at

    for missing in write_copies(workbooks_at(places), result, folder, force=force):
        say(f"{missing}, so that there is no copy of it.")


def _report(result: CheckResult, form: str, output: Path | None) -> int:
    from dmn_dli import __version__
    from dmn_dli.model.finding import Severity
    from dmn_dli.report.code_quality import gitlab_text
    from dmn_dli.report.findings import github_text, json_text, text
    from dmn_dli.report.sarif import sarif_text

    with open_output(output, form) as stream:
        match form:
            case "json":
                stream.write(json_text(result))
            case "sarif":
                stream.write(sarif_text(result, __version__))
            case "gitlab":
                stream.write(gitlab_text(result))
            case "github":
                stream.write(github_text(result))
            case _:
                stream.write(text(result, width(output), colour=styled(output)))
    return FOUND if result.number(Severity.ERROR) else DONE


def _explain(code: str, output: Path | None) -> int:
    """Print a code's page. Raises UsageError where there is no such code."""
    from dmn_dli.analysis.catalogue import CATALOGUE
    from dmn_dli.report.code_text import code_text
    from dmn_dli.runtime.nearest import did_you_mean

    known = CATALOGUE.get(code.strip().upper())
    if known is None:
        hint = did_you_mean(code.strip().upper(), CATALOGUE)
        raise click.UsageError(f'There is no code "{code}".{hint} All codes are listed in docs/codes.md.')
    with open_output(output, "text") as stream:
        stream.write(code_text(known, width(output), colour=styled(output)))
    return DONE
