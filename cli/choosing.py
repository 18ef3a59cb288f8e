"""What `evaluate` writes of its records: chosen columns, or a summary in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.records import Writer, writer
from dmn_dli.runtime.input_error import InputError, further_package

from .asking import CaseFiles, page_for
from .completion import columns
from .output import open_binary_output, open_output, say, styled, width
from .own_process import do_without_pandas

if TYPE_CHECKING:
    from dmn_dli.evaluate.record_fields import ChosenColumns
    from dmn_dli.report.summary import Summary

columns_option = click.option(
    "--columns",
    multiple=True,
    metavar="NAME,…",
    shell_complete=columns,
    help="Write these columns alone, in this order (repeatable): keys of the record, names of csv's columns "
    "such as policy.number and error.message, or rule: what decided.",
)

summary_option = click.option(
    "--summary",
    is_flag=True,
    help="Write, in place of records, how often each payer gave each determination, and which criteria were "
    "unmet most often.",
)

_TABLES = ("csv", "parquet")
"""Formats in which an error record has its columns like any other."""

_SUMMARISED = ("text", "json")


def check_table_output(form: str, output: Path | None) -> None:
    """Raise what keeps a Parquet file from being written: it is no text, and needs a library."""
    if form != "parquet":
        return
    if output is None:
        raise click.UsageError("--format parquet is no text to be printed: name a file with --output.")
    if not all(find_spec(name) for name in ("numpy", "pyarrow")):
        raise InputError(f"--format parquet {further_package('batch')}.")


def asked_columns(given: Sequence[str], form: str, *, summary: bool) -> tuple[str, ...] | None:
    """The columns that `--columns` names; None where it is not given.

    Raises click.BadParameter for what is no column, and click.UsageError for what does not go together.
    """
    if summary and given:
        raise click.UsageError("--summary counts records and writes none, so that --columns chooses nothing.")
    if summary and form not in _SUMMARISED:
        raise click.UsageError(f"--summary is written as text or json, not as {form}: add --format json.")
    if not given:
        return None
    if form in ("text", "fhir"):
        raise click.UsageError(
            f"--columns chooses what tables and JSON hold; {form} is laid out as a whole: add --format csv, "
            "json, jsonl or parquet."
        )
    from dmn_dli.evaluate.record_fields import chosen_columns

    try:
        return chosen_columns(given)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="'--columns'") from error


def with_finals(chosen: tuple[str, ...] | None, series: dict[str, KernelSeries]) -> ChosenColumns | None:
    """The columns, ready for records of these payers; None where none are chosen."""
    if chosen is None:
        return None
    from dmn_dli.evaluate.record_fields import ChosenColumns, finals_of

    return ChosenColumns(chosen, finals_of(series))


def say_what_is_not_shown(errors: int, form: str, chosen: Sequence[str] | None) -> None:
    """Say how many error records a table holds whose columns do not tell what is wrong."""
    if not errors or chosen is None or form not in _TABLES:
        return
    from dmn_dli.evaluate.record_fields import OF_ERRORS

    if OF_ERRORS.isdisjoint(chosen):
        these = "1 record is an error record" if errors == 1 else f"{errors:,} records are error records"
        say(f"{these}, and the columns chosen do not say why: add error.message to --columns.")


@contextmanager
def record_writer(
    form: str,
    output: Path | None,
    series: dict[str, KernelSeries],
    files: CaseFiles,
    columns: ChosenColumns | None,
    *,
    summary: bool,
) -> Iterator[Writer]:
    """The writer of single records, or of their summary, on the output; the caller finishes it."""
    if form == "parquet":
        from dmn_dli.evaluate.record_fields import ALL
        from dmn_dli.report.record_table import RecordTable, TableWriter

        do_without_pandas()
        names = (columns or ALL).names
        with open_binary_output(output) as raw, RecordTable(raw, names) as table:
            yield TableWriter(table, names, series)
        return
    with open_output(output, form) as stream:
        if summary:
            yield _summary_writer(stream, series, form, output, files)
        else:
            page = page_for(series, form, output)
            yield writer(form, stream, page, _questions(series, form), columns)


def _questions(series: dict[str, KernelSeries], form: str) -> dict[str, str]:
    """What to ask for each fact; only a format that shows it needs it."""
    if form != "fhir":
        return {}
    kernels = [kernel for each in series.values() for kernel in each.deciding]
    return {name: fact.question for kernel in kernels for name, fact in kernel.case_reader.facts.items()}


def _summary_writer(
    stream: TextIO, series: dict[str, KernelSeries], form: str, output: Path | None, files: CaseFiles
) -> Writer:
    """The writer of a summary in place of records; it tells whether all of the files could be read."""
    from dmn_dli.report.summary import Summary
    from dmn_dli.report.summary_words import SummaryWriter

    def worded(summary: Summary) -> str:
        summary.complete = not files.unread
        return summary_in_words(summary, series, form, output)

    return SummaryWriter(stream, Summary(series), worded)


def summary_in_words(
    summary: Summary, series: Mapping[str, KernelSeries], form: str, output: Path | None
) -> str:
    """A summary as text, or as a document of JSON."""
    from dmn_dli.report.summary_words import summary_json, summary_text
    from dmn_dli.report.text import page_of

    if form == "json":
        return summary_json(summary)
    return summary_text(summary, page_of(series, width(output), styled=styled(output)))
