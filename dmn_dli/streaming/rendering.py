"""The formats into which blocks of answers are put side by side, and how their pieces make a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np

from dmn_dli.batch.answers import Answers
from dmn_dli.evaluate.record_columns import ALL, ChosenColumns
from dmn_dli.report.record_lines import RecordLines
from dmn_dli.report.record_rows import RecordRows

Render: TypeAlias = Callable[[Sequence[Any], Sequence[Answers]], Any]
"""Puts what all payers say of a batch into a format; given the rows' case ids and the answers."""


def renderer(form: str, columns: ChosenColumns | None) -> Render:
    """The renderer of a format. columns: those that records have; None for all."""
    records = _records(form, columns)

    def render(case_ids: Sequence[Any], answers: Sequence[Answers]) -> bytes:
        pieces = [*chain.from_iterable(records(case_ids, each) for each in answers)]
        return b"".join(in_order(pieces, answers))

    return render


def _records(form: str, columns: ChosenColumns | None) -> Callable[[Sequence[Any], Answers], Sequence[bytes]]:
    if form == "csv":
        return RecordRows(columns or ALL).records
    return RecordLines(columns, indented=form == "json").records


def in_order(records: Sequence[bytes], answers: Sequence[Answers]) -> Sequence[bytes]:
    """The records of all answers, one after the other, in the order of rows; of a row payers in theirs."""
    if len(answers) < 2:
        return records
    rows = np.concatenate([each.rows for each in answers])
    return [records[place] for place in np.argsort(rows, kind="stable").tolist()]


class Whole:
    """The pieces of a format written one behind the other as one result."""

    def __init__(self, form: str, columns: ChosenColumns | None, write: Callable[[bytes], Any]) -> None:
        """columns: as of the renderer. write: takes bytes that have passed the outlet."""
        self._list = form == "json"
        self._write = write
        self._begun = False
        if form == "csv":
            write(RecordRows(columns or ALL).heading)

    def piece(self, data: bytes) -> None:
        """Write what a renderer made of a block."""
        if not data:
            return
        # Each element of a list begins with what parts it from the one before.
        self._write(b"[" + data.removeprefix(b",") if self._list and not self._begun else data)
        self._begun = True

    def finish(self) -> None:
        """Write what comes after the last block."""
        if self._list:
            self._write(b"\n]\n" if self._begun else b"[]\n")
