"""`dmn-dli compare`: all payers side by side for a case, or two payers over all cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries

from .asking import CaseFiles, check_case_file, evaluate, load_series
from .outcome import CANNOT, DONE, CommandError
from .output import open_output, output_option, styled, width
from .records import plain
from .tables import choose_tables, tables_option

if TYPE_CHECKING:
    from dmn_dli.report.comparison import PayerPair


@click.command("compare")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option(
    "--payers",
    nargs=2,
    metavar="ID ID",
    help="Instead of cases: find all regions of facts where these two payers decide differently.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="Text to read, JSON, or Markdown.",
)
@tables_option
@output_option
def command(
    cases: tuple[str, ...],
    payers: tuple[str, str] | None,
    form: str,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Put the payers side by side: for each CASE, or two of them over all cases.

    CASEs are files as `evaluate` takes them; a case's own payers are left aside, and all are asked.
    With --payers the latest versions of two payers are compared over all cases with every fact known; what
    differs is told as regions of facts with both determinations, the share of all cases, and a case.

    Exit codes: 0 done; 2 a case, a file or a table could not be used; 3 a defect of this program.
    """
    if bool(cases) == bool(payers):
        raise click.UsageError("Name files of cases, or two payers with --payers.")
    for name in cases:
        check_case_file(name)
    series = load_series(choose_tables(tables))
    text, outcome = _two(payers, series, form, output) if payers else _all(cases, series, form, output)
    with open_output(output) as stream:
        stream.write(text)
    return outcome


def _all(
    cases: tuple[str, ...], series: dict[str, KernelSeries], form: str, output: Path | None
) -> tuple[str, int]:
    """The cases with all payers' records."""
    from dmn_dli.report.comparison import cases_json, cases_markdown, cases_text
    from dmn_dli.report.difference_text import Page

    files = CaseFiles(cases)
    compared = [[_record(case, payer, series) for payer in series] for case in files]
    failed = files.unread or any("error" in record for records in compared for record in records)
    outcome = CANNOT if failed else DONE
    match form:
        case "json":
            return cases_json(compared), outcome
        case "md":
            return cases_markdown(compared), outcome
    return cases_text(compared, Page(width(output), styled(output))), outcome


def _record(case: Any, payer: str, series: dict[str, KernelSeries]) -> dict[str, Any]:
    """A record of JSON values alone."""
    record: dict[str, Any] = json.loads(json.dumps(evaluate(case, payer, series), default=plain))
    return record


def _two(
    payers: tuple[str, str], series: dict[str, KernelSeries], form: str, output: Path | None
) -> tuple[str, int]:
    """The regions where two payers decide differently."""
    from dmn_dli.diff.answers import Aspect
    from dmn_dli.diff.behaviour import compare
    from dmn_dli.report.comparison import PayerPair, pair_json, pair_markdown, pair_text
    from dmn_dli.report.difference_text import Page

    first, second = (_latest(payer, series) for payer in payers)
    behaviour = compare(first.linked, second.linked, [Aspect.DETERMINATION])
    pair: PayerPair = PayerPair((first.payer, second.payer), (first.workbook, second.workbook), behaviour)
    match form:
        case "json":
            return pair_json(pair), DONE
        case "md":
            return pair_markdown(pair), DONE
    return pair_text(pair, Page(width(output), styled(output))), DONE


def _latest(payer: str, series: dict[str, KernelSeries]) -> PolicyKernel:
    """The latest version of a payer's policy. Raises CommandError."""
    known = {each.casefold(): each for each in series}
    name = known.get(payer.strip().casefold())
    if name is None:
        from dmn_dli.runtime.nearest import did_you_mean

        raise CommandError(
            f'There is no payer "{payer}".{did_you_mean(payer, series)} They know: {", ".join(series)}.'
        )
    version = series[name].versions[-1]
    if not isinstance(version, PolicyKernel):
        raise CommandError(f"{version.workbook} has errors; `dmn-dli check` says which.")
    return version
