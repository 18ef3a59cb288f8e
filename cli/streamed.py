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
from .choosing import summary_in_words
from .outcome import CANNOT, DONE, FOUND
from .output import open_binary_output, open_output
from .progress import Progress, progress, size_of

if TYPE_CHECKING:
    from dmn_dli.evaluate.record_columns import ChosenColumns
    from dmn_dli.evaluate.series import KernelSeries

_FORMATS = ("json", "jsonl", "csv", "parquet")
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


def streamable(names: Sequence[str], form: str, output: Path | None, *, summary: bool) -> bool:
    """Whether cases of these files are answered in blocks: many of them, in a format made of columns."""
    if not summary and (form not in _FORMATS or (output is None and sys.stdout.isatty())):
        return False
    many = STANDARD_INPUT in names or size_of(names) >= _MANY
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
    from dmn_dli.streaming.rendering import whole

    with (
        open_binary_output(output) as stream,
        whole(form, columns, stream) as result,
        progress(names, output) as shown,
    ):
        run = _Run(names, series, asked, form, columns, stops, workers)
        run.go(result.piece, shown)
        result.finish()
    return run.outcome, run.errors


def summarise_stream(
    names: Sequence[str],
    series: Mapping[str, KernelSeries],
    asked: Sequence[str] | None,
    form: str,
    stops: frozenset[str],
    output: Path | None,
    workers: int | None,
) -> int:
    """Write the summary of what the payers say of the cases of all files; gives the exit code.

    asked, stops: as above.
    """
    from dmn_dli.report.summary import Summary
    from dmn_dli.streaming.rendering import SUMMARY

    with open_output(output, form) as stream:
        summary = Summary(series)
        with progress(names, output, meanwhile=False) as shown:
            run = _Run(names, series, asked, SUMMARY, None, stops, workers)
            run.go(summary.merge, shown)
        summary.complete = run.complete
        stream.write(summary_in_words(summary, series, form, output))
    return run.outcome


class _Run:
    """All blocks of some files, answered, and what is to be said of them."""

    def __init__(
        self,
        names: Sequence[str],
        series: Mapping[str, KernelSeries],
        asked: Sequence[str] | None,
        form: str,
        columns: ChosenColumns | None,
        stops: frozenset[str],
        workers: int | None,
    ) -> None:
        """outcome: the exit code. errors: how many records are error records. complete: whether all of
        the files could be read."""
        from dmn_dli.streaming.answering import answering, portable
        from dmn_dli.streaming.without_pandas import do_without_pandas
        from dmn_dli.streaming.workers import usable_processors

        if (context := click.get_current_context(silent=True)) and context.find_root().obj:
            do_without_pandas()
        self.outcome, self.errors, self.complete = DONE, 0, True
        self._names = names
        self._job = answering(series, asked, form, columns, stops)
        self._workers = (workers or usable_processors()) if portable(series) else 1

    def go(self, take: Callable[[Any], None], shown: Progress) -> None:
        """Give what comes of each block to `take`, in the order of the cases."""
        from dmn_dli.streaming.run import run

        cases = 0
        with closing(run(self._names, self._job, self._workers)) as parts:
            for part in parts:
                if part.payload is not None:
                    take(part.payload)
                cases += part.cases
                self.errors += part.errors
                if part.ended:
                    with shown.hidden():
                        say_of_file(part.file, cases, part.unusable)
                    cases = 0
                if part.errors or part.unusable is not None:
                    self.outcome = CANNOT
                elif self.outcome == DONE and part.stopped:
                    self.outcome = FOUND
                self.complete = self.complete and part.unusable is None
                shown.advance(part.size, part.records)
