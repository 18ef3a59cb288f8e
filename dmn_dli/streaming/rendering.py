"""The formats into which blocks of answers are put side by side, and how their pieces make a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, Protocol, TypeAlias

import numpy as np

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.arrow_columns import ArrowAnswers
from dmn_dli.batch.cases import CaseBatch
from dmn_dli.evaluate.record_fields import ALL, KEYS, ChosenColumns, keys_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.record_lines import RecordLines
from dmn_dli.report.record_rows import RecordRows
from dmn_dli.report.record_table import RecordTable
from dmn_dli.report.summary import Summary
from dmn_dli.report.summary_columns import KEYS as COUNTED
from dmn_dli.report.summary_columns import count

SUMMARY = "summary"
"""Stands for a format: counts in place of records."""

Render: TypeAlias = Callable[[CaseBatch, Sequence[Answers]], Any]
"""Puts what all payers say of a batch into a format."""


def renderer(form: str, columns: ChosenColumns | None, series: Mapping[str, KernelSeries]) -> Render:
    """The renderer of a format. columns: those that records have; None for all.

    Its result is text in pieces, which are bytes or buffers; of parquet a record batch, and of SUMMARY
    a summary of the batch.
    """
    match form:
        case "parquet":
            return ArrowAnswers((columns or ALL).names).table
        case _ if form == SUMMARY:
            return partial(_summary, series)
        case "csv":
            return partial(_text, RecordRows(columns or ALL).records, None)
    lines = RecordLines(columns, indented=form == "json")
    return partial(_text, lines.records, lines.text)


def wanted_keys(form: str, columns: ChosenColumns | None) -> Sequence[str]:
    """The keys of records from which a format is made."""
    if form == SUMMARY:
        return COUNTED
    return KEYS if columns is None else keys_of(columns.names)


def _text(
    records: Callable[[Sequence[Any], Answers], Sequence[bytes]],
    text: Callable[[Sequence[Any], Answers], Sequence[Any]] | None,
    batch: CaseBatch,
    answers: Sequence[Answers],
) -> Sequence[Any]:
    if text is not None and len(answers) == 1:
        return text(batch.case_ids, answers[0])
    pieces = [*chain.from_iterable(records(batch.case_ids, each) for each in answers)]
    return [b"".join(in_order(pieces, answers))]


def _summary(series: Mapping[str, KernelSeries], batch: CaseBatch, answers: Sequence[Answers]) -> Summary:
    summary = Summary(series, most=None)
    summary.cases = batch.rows
    for each in answers:
        count(summary, each)
    return summary


def in_order(records: Sequence[bytes], answers: Sequence[Answers]) -> Sequence[bytes]:
    """The records of all answers, one after the other, in the order of rows; of a row payers in theirs."""
    if len(answers) < 2:
        return records
    rows = np.concatenate([each.rows for each in answers])
    return [records[place] for place in np.argsort(rows, kind="stable").tolist()]


class Whole(Protocol):
    """The pieces of a format written one behind the other as one result."""

    def piece(self, data: Any) -> None:
        """Write what a renderer made of a block."""

    def finish(self) -> None:
        """Write what comes after the last block."""


@contextmanager
def whole(form: str, columns: ChosenColumns | None, stream: BinaryIO) -> Iterator[Whole]:
    """What puts a format's pieces together. columns: as of the renderer. stream: for what needs no outlet."""
    chosen = columns or ALL
    if form == "parquet":
        with RecordTable(stream, chosen.names) as table:
            yield table
    else:
        yield _WholeText(form, chosen, stream)


class _WholeText:
    """Text: lines of JSON, a list, or lines of csv behind a heading."""

    def __init__(self, form: str, columns: ChosenColumns, stream: BinaryIO) -> None:
        self._list = form == "json"
        self._stream = stream
        self._begun = False
        if form == "csv":
            stream.write(RecordRows(columns).heading)

    def piece(self, data: Sequence[Any]) -> None:
        """Write what a renderer made of a block."""
        for each in data:
            text = memoryview(each)
            if not text:
                continue
            if self._list and not self._begun:
                # Each element of a list begins with what parts it from the one before.
                self._stream.write(b"[" + text.tobytes().removeprefix(b","))
            else:
                self._stream.write(text)
            self._begun = True
        self._stream.flush()

    def finish(self) -> None:
        """Write what comes after the last block."""
        if self._list:
            self._stream.write(b"\n]\n" if self._begun else b"[]\n")
