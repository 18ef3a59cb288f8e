"""`evaluate` on many cases: blocks of them answered side by side, on as many processors as there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dmn_dli.cases.files import STANDARD_INPUT

from .asking import say_of_file
from .outcome import CANNOT, DONE, FOUND
from .output import open_binary_output
from .progress import progress

if TYPE_CHECKING:
    from dmn_dli.evaluate.record_columns import ChosenColumns
    from dmn_dli.evaluate.series import KernelSeries

_FORMATS = ("json", "jsonl", "csv")
"""Formats that are put together of columns; the others look at one record after the other."""

_NEEDED = ("numpy", "pyarrow", "msgspec")
"""What the extra `batch` brings."""

_MANY = 200_000
"""Bytes of cases from which on it pays to load all this."""


def workers_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--workers`."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many processes may work on large files of cases (default: one for each processor).",
    )(command)


def streamable(names: Sequence[str], form: str, output: Path | None) -> bool:
    """Whether cases of these files are answered in blocks: many of them, in a format made of columns."""
    if form not in _FORMATS or (output is None and sys.stdout.isatty()):
        return False
    many = STANDARD_INPUT in names or sum(Path(name).stat().st_size for name in names) >= _MANY
    return many and all(find_spec(name) for name in _NEEDED)


def evaluate_stream(
    names: Sequence[str],
    series: Mapping[str, KernelSeries],
    asked: Sequence[str] | None,
    form: str,
    columns: ChosenColumns | None,
    stops: frozenset[str],
    output: Path | None,
    workers: int | None,
) -> tuple[int, int]:
    """Write what the payers say of the cases of all files; the exit code, and how many are error records.

    asked: as `payers_of` has it; columns: those that records have, None for all; stops: the determinations,
    folded, that make it FOUND.
    """
    from dmn_dli.streaming.answering import answering, portable
    from dmn_dli.streaming.rendering import Whole
    from dmn_dli.streaming.run import run
    from dmn_dli.streaming.workers import usable_processors

    count = (workers or usable_processors()) if portable(series) else 1
    job = answering(series, asked, form, columns, stops)
    outcome, errors, cases = DONE, 0, 0
    with (
        open_binary_output(output) as stream,
        progress(names, output) as shown,
        closing(run(names, job, count)) as parts,
    ):
        whole = Whole(form, columns, stream.write)
        for part in parts:
            if part.payload:
                whole.piece(part.payload)
                stream.flush()
            cases += part.cases
            errors += part.errors
            if part.ended:
                with shown.hidden():
                    say_of_file(part.file, cases, part.unusable)
                cases = 0
            if part.errors or part.unusable is not None:
                outcome = CANNOT
            elif outcome == DONE and part.stopped:
                outcome = FOUND
            shown.advance(part.size, part.records)
        whole.finish()
    return outcome, errors
