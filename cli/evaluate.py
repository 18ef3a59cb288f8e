"""`dmn-dli evaluate`: each payer's determination for each case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import check_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.runtime.words import folded
from dmn_dli.store.load import load_series

from .asking import CaseFiles, asked_payers, payer_option
from .auditing import audit_keeper, audit_options
from .choosing import (
    asked_columns,
    check_table_output,
    columns_option,
    record_writer,
    say_what_is_not_shown,
    summary_option,
    with_finals,
)
from .completion import determinations
from .evaluate_spark import engine_option, evaluate_on_spark
from .outcome import CANNOT, DONE, FOUND
from .output import format_option, keep_inputs, output_option
from .streamed import Stream, evaluate_stream, streamable, summarise_stream, workers_option
from .tables import any_unread, choose_tables, tables_option


@click.command("evaluate")
@click.argument("cases", nargs=-1, required=True)
@payer_option
@format_option(
    ["text", "json", "jsonl", "csv", "parquet", "fhir"],
    "What to write: text to read, a list of records, a record a line, a table, a table in a Parquet file, or "
    "a FHIR Bundle.",
)
@click.option(
    "--fail-on",
    "gates",
    multiple=True,
    metavar="DETERMINATION",
    shell_complete=determinations,
    help='Exit with 1 where a case gets this determination, such as "needs information" (repeatable).',
)
@click.option(
    "--decision",
    "decisions",
    multiple=True,
    metavar="NAME",
    help="Of a DMN model: the decision whose value is the answer (repeatable; without it those that no other "
    "reads).",
)
@columns_option
@summary_option
@audit_options
@workers_option
@engine_option
@tables_option
@output_option
def command(
    cases: tuple[str, ...],
    payers: tuple[str, ...],
    decisions: tuple[str, ...],
    form: str,
    gates: tuple[str, ...],
    columns: tuple[str, ...],
    summary: bool,
    audit: Path | None,
    audit_facts: bool,
    audit_time: str | None,
    workers: int | None,
    engine: str,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Give each payer's determination for each case.

    CASES are files: .json (an object or a list), .jsonl, .csv, .xlsx (first sheet), .parquet; or - for
    JSON or JSON lines on standard input.

    A case is flat: `case_id` (else its position), `payer` (an id or a list of ids, else all payers; in csv
    and xlsx parted by | or ;), and facts by name, in csv and xlsx also by label. An absent fact is unknown.
    Keys that begin with _ are ignored. Without ./tables and --tables the bundled tables are used.

    In csv output the policy's fields stand in columns such as policy.number, an error's in error.kind,
    error.message and error.problems; lists are joined by " | ", what is nested is JSON. Text that a
    spreadsheet would take for a formula (it begins with = + - @ and is no number) gets a leading apostrophe.

    Parquet has the same columns, lists as lists of text; it needs --output.

    --columns chooses and orders what tables, json and jsonl hold; an error record stays whole in json and
    jsonl. --summary counts in place of records, as text or json.

    With --engine spark, IN and OUT stand in the place of CASES: a folder of Parquet files, or `table:` and a
    table's name, with a column `case_id`; OUT gets a row for each case and payer, in no order.

    With --audit each determination is also appended to a log, which `dmn-dli audit` replays.

    Exit codes: 0 done; 1 a --fail-on determination came out; 2 a case, a file or a table could not be used;
    3 a defect of this program.
    """
    if engine == "spark":
        return evaluate_on_spark(cases, payers, columns, tables)
    chosen = asked_columns(columns, form, summary=summary)
    check_table_output(form, output)
    for name in cases:
        check_case_file(name)
    folder = choose_tables(tables)
    keep_inputs(output, *cases, folder, audit)
    keep_inputs(audit, *cases, folder)
    series = load_series(folder, decisions)
    asked = asked_payers(payers, series)
    stops = _gates(gates, series)
    keep = audit_keeper(audit, audit_facts, audit_time, series)
    outcome = CANNOT if any_unread(folder) else DONE
    if audit is None and streamable(cases, form, output, summary=summary):
        stream = Stream(cases, series, asked, stops, workers)
        if summary:
            return max(outcome, summarise_stream(stream, form, output))
        code, errors = evaluate_stream(stream, form, with_finals(chosen, series), output)
        say_what_is_not_shown(errors, form, chosen)
        return max(outcome, code)
    files = CaseFiles(cases)
    errors = 0
    with record_writer(form, output, series, files, with_finals(chosen, series), summary=summary) as write:
        for case in files:
            records = [ask(case, payer, series) for payer in payers_of(case, asked, series)]
            keep(case, records)
            errors += sum("error" in record for record in records)
            if outcome == DONE and any(folded(str(each.get("determination"))) in stops for each in records):
                outcome = FOUND
            write.case(records)
        write.finish()
    say_what_is_not_shown(errors, form, chosen)
    return CANNOT if files.unread or errors else outcome


def _gates(gates: Sequence[str], series: dict[str, KernelSeries]) -> frozenset[str]:
    """The determinations of `--fail-on`, folded; a generic workbook's may be of any wording."""
    generic = any(kernel.generic for each in series.values() for kernel in each.deciding)
    for gate in gates:
        if folded(gate) not in DETERMINATIONS and not generic:
            from dmn_dli.runtime.nearest import did_you_mean

            known = ", ".join(DETERMINATIONS)
            hint = did_you_mean(gate, DETERMINATIONS)
            raise click.BadParameter(
                f'There is no determination "{gate}".{hint} Known are: {known}.', param_hint="'--fail-on'"
            )
    return frozenset(folded(gate) for gate in gates)
