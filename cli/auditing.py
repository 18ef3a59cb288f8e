"""The audit log under `evaluate`: its options, and a keeper that appends to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dmn_dli.runtime.input_error import InputError, why

if TYPE_CHECKING:
    from dmn_dli.cases.files import Case
    from dmn_dli.evaluate.series import KernelSeries

Record = dict[str, Any]
Keeper = Callable[["Case", Sequence[Record]], None]


def audit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `--audit`, `--audit-facts` and `--audit-time`."""
    time = click.option(
        "--audit-time",
        metavar="TIME",
        help="The time that each line of the log shall bear. The clock is never read.",
    )
    facts = click.option("--audit-facts", is_flag=True, help="Keep the facts themselves in the log.")
    file = click.option(
        "--audit",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Append each determination to this log: digests, workbook, version; no facts.",
    )
    return file(facts(time(command)))


def audit_keeper(
    path: Path | None, keep_facts: bool, time: str | None, series: dict[str, KernelSeries]
) -> Keeper:
    """What keeps the records of a case in the log; without a log it keeps nothing.

    Raises click.UsageError for options without a log.
    """
    if path is None:
        if keep_facts or time is not None:
            raise click.UsageError("--audit-facts and --audit-time need --audit FILE.")
        return lambda case, records: None  # noqa: ARG005 - the signature is Keeper's

    from dmn_dli import __version__
    from dmn_dli.audit.entry import entry_of
    from dmn_dli.audit.log import append
    from dmn_dli.audit.replay import case_facts

    def keep(case: Case, records: Sequence[Record]) -> None:
        entries = [
            entry_of(
                record,
                case_facts(case, series[record["payer"]]),
                __version__,
                keep_facts=keep_facts,
                time=time,
            )
            for record in records
            if "error" not in record
        ]
        try:
            append(path, entries)
        except OSError as error:
            raise InputError(f'The audit log "{path}" cannot be written: {why(error)}.') from error

    return keep
