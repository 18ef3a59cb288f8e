"""`dmn-dli compare`: all payers side by side for a case, or two payers over all cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dmn_dli.cases.asking import ask, known_payer
from dmn_dli.cases.files import Case, check_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.records import plain
from dmn_dli.store.load import load_series

from .asking import CaseFiles
from .completion import payers as complete_payers
from .outcome import CANNOT, DONE
from .output import format_option, keep_inputs, open_output, output_option, styled, width
from .tables import choose_tables, tables_option


@click.command("compare")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option(
    "--payers",
    nargs=2,
    metavar="ID ID",
    shell_complete=complete_payers,
    help="Instead of cases: find all regions of facts where these two payers decide differently.",
)
@format_option(["text", "json", "md"], "Text to read, JSON, or Markdown.")
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
    chosen = choose_tables(tables)
    keep_inputs(output, *cases, chosen)
    series = load_series(chosen)
    text, outcome = _two(payers, series, form, output) if payers else _all(cases, series, form, output)
    with open_output(output, form) as stream:
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
            return cases_json(compared, _labels(series)), outcome
        case "md":
            return cases_markdown(compared, _labels(series)), outcome
    return cases_text(compared, Page(width(output), styled(output)), _labels(series)), outcome


def _labels(series: dict[str, KernelSeries]) -> dict[str, dict[str, str]]:
    """By payer and fact what people call the fact."""
    return {payer: {name: fact.label for name, fact in each.facts.items()} for payer, each in series.items()}


def _record(case: Case, payer: str, series: dict[str, KernelSeries]) -> dict[str, Any]:
    """A record of JSON values alone."""
    record: dict[str, Any] = json.loads(json.dumps(ask(case, payer, series), default=plain))
    return record


def _two(
    payers: tuple[str, str], series: dict[str, KernelSeries], form: str, output: Path | None
) -> tuple[str, int]:
    """The regions where two payers decide differently."""
    from dmn_dli import compare
    from dmn_dli.policy import Series
    from dmn_dli.report.comparison import pair_json, pair_markdown, pair_text
    from dmn_dli.report.difference_text import Page

    first, second = (Series(series[known_payer(payer, series)]) for payer in payers)
    pair = compare(first, second)
    match form:
        case "json":
            return pair_json(pair), DONE
        case "md":
            return pair_markdown(pair), DONE
    return pair_text(pair, Page(width(output), styled(output))), DONE
