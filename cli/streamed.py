"""`evaluate` on many cases: blocks of them answered side by side, on as many processors as there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dmn_dli.cases.files import STANDARD_INPUT

from .asking import say_of_file
from .choosing import summary_in_words
from .outcome import CANNOT, DONE, FOUND
from .output import open_binary_output, open_output
from .own_process import do_without_pandas
from .progress import Progress, progress, size_of

if TYPE_CHECKING:
    from dmn_dli.evaluate.record_fields import ChosenColumns
    from dmn_dli.evaluate.series import KernelSeries

_FORMATS = ("json", "jsonl", "csv", "parquet")
"""Formats that are put together of columns; the others look at one record after the other."""

_NEEDED = ("numpy", "pyarrow", "msgspec")
"""What the extra `batch` brings."""

_MANY = 200_000
"""Bytes of cases, as text, from which on it pays to load all this."""

_PACKED = 20
"""How many bytes of text, at least, one of a Parquet file stands for."""


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
    # What is written as Parquet loads most of it anyway.
    many = form == "parquet" or STANDARD_INPUT in names or _size_as_text(names) >= _MANY
    return many and all(find_spec(name) for name in _NEEDED)


def _size_as_text(names: Sequence[str]) -> int:
    return sum(
        size_of([name]) * (_PACKED if Path(name).suffix.lower() == ".parquet" else 1) for name in names
    )


class Stream(NamedTuple):
    """Files of cases, and what is asked of whom.

    names: of the files. series: the payers' policies. asked: as `payers_of` has it. stops: the
    determinations, folded, that make the exit code FOUND. workers: how many processes may work; None for one
    for each processor.
    """

    names: Sequence[str]
    series: Mapping[str, KernelSeries]
    asked: Sequence[str] | None
    stops: frozenset[str]
    workers: int | None


def evaluate_stream(
    stream: Stream, form: str, columns: ChosenColumns | None, output: Path | None
) -> tuple[int, int]:
    """Write what the payers say of the cases of all files; the exit code, and how many are error records.

    columns: those that records have, None for all.
    """
    from dmn_dli.streaming.rendering import whole

    with (
        open_binary_output(output) as written,
        whole(form, columns, written) as result,
        progress(stream.names, output) as shown,
    ):
        run = _Run(stream, form, columns)
        run.go(result.piece, shown)
        result.finish()
    return run.outcome, run.errors


def summarise_stream(stream: Stream, form: str, output: Path | None) -> int:
    """Write the summary of what the payers say of the cases of all files; gives the exit code."""
    from dmn_dli.report.summary import Summary
    from dmn_dli.streaming.rendering import SUMMARY

    with open_output(output, form) as written:
        summary = Summary(stream.series)
        with progress(stream.names, output, meanwhile=False) as shown:
            run = _Run(stream, SUMMARY, None)
            run.go(summary.merge, shown)
        summary.complete = run.complete
        written.write(summary_in_words(summary, stream.series, form, output))
    return run.outcome


class _Run:
    """All blocks of some files, answered, and what is to be said of them."""

    def __init__(self, stream: Stream, form: str, columns: ChosenColumns | None) -> None:
        """outcome: the exit code. errors: how many records are error records. complete: whether all of
        the files could be read."""
        from dmn_dli.streaming.answering import answering, portable
        from dmn_dli.streaming.workers import usable_processors

        do_without_pandas()
        self.outcome, self.errors, self.complete = DONE, 0, True
        self._names = stream.names
        self._job = answering(stream.series, stream.asked, form, columns, stream.stops)
        self._workers = (stream.workers or usable_processors()) if portable(stream.series) else 1

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
