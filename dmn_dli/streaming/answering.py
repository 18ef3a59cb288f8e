"""What a process does with a block of cases: read it, ask the payers, put the answers into their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from dmn_dli.batch.answers import Answers, PayersAnswers
from dmn_dli.batch.coded import Coded
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.record_fields import ChosenColumns
from dmn_dli.evaluate.series import KernelSeries, Version
from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.words import folded
from dmn_dli.streaming.block import CASES, Block
from dmn_dli.streaming.rendering import Render, renderer, wanted_keys

_GATED = "determination"
"""The key whose values gates are held against."""

_BYTES = 64_000_000
"""What the records of a block shall come to at most, roughly."""

_COLUMN, _CRITERIA = 100, 14_000
"""Bytes under a key of a record, as policies have it on average, and what criteria in full come to."""

_NESTED, _TEXT = ("json", "jsonl"), ("json", "jsonl", "csv")
"""Formats that hold criteria in full, and those that are text."""

_MOST = 65_536
"""Cases of a block at most where what comes of it is no text."""

_FEWEST = 128
"""Cases of a block at least: each block costs something, however few it holds."""


@frozen
class Part:
    """What came of a block.

    payload: the answers in their format, as its renderer gives them; None where there are none. cases,
    records, errors: how many, of records how many are error records. stopped: whether a determination is one
    of those that were to be told. size: how much of the file that was, in bytes. ended: whether nothing more
    comes of the file. unusable: why the rest of it cannot be read; None where it can.
    """

    file: str
    payload: Any = None
    cases: int = 0
    records: int = 0
    errors: int = 0
    stopped: bool = False
    size: int = 0
    ended: bool = False
    unusable: str | None = None


@frozen
class Answering:
    """The job of answering blocks, which can be given to another process.

    versions: of each payer, a compiled policy where it decides. asked: the payers that every case is put to,
    else each case's own. form: of the answers, or SUMMARY. columns: those that records have; None for all.
    stops: determinations, folded, that are to be told.
    """

    versions: Mapping[str, Sequence[CompiledPolicy | Version]]
    asked: Sequence[str] | None
    form: str
    columns: ChosenColumns | None
    stops: frozenset[str]

    @property
    def cases(self) -> int:
        """How many cases a block shall hold, so that what comes of it can wait for its turn."""
        keys = wanted_keys(self.form, self.columns)
        size = _COLUMN * len(keys) + (_CRITERIA if "criteria" in keys and self.form in _NESTED else 0)
        most = CASES if self.form in _TEXT else _MOST
        return max(_FEWEST, min(most, _BYTES // (size * (len(self.asked or self.versions) or 1))))

    def begun(self) -> Callable[[Block], Part]:
        """What makes a part of a block; what it works out for one serves the next."""
        return _Answerer(self).part


def answering(
    series: Mapping[str, KernelSeries],
    asked: Sequence[str] | None,
    form: str,
    columns: ChosenColumns | None = None,
    stops: frozenset[str] = frozenset(),
) -> Answering:
    """The job for some tables."""
    versions = {payer: [_portable(version) for version in each.versions] for payer, each in series.items()}
    return Answering(versions, asked, form, columns, stops)


def portable(series: Mapping[str, KernelSeries]) -> bool:
    """Whether another process can be given all policies: those of DMN models are not kept as plain data."""
    return not any(kernel.of_model for each in series.values() for kernel in each.deciding)


def _portable(version: Version) -> CompiledPolicy | Version:
    return version.compiled if isinstance(version, PolicyKernel) and not version.of_model else version


def _ready(version: CompiledPolicy | Version) -> Version:
    return PolicyKernel(version) if isinstance(version, CompiledPolicy) else version


class _Answerer:
    """Payers and a renderer, ready for one block after the other."""

    def __init__(self, job: Answering) -> None:
        series = {payer: KernelSeries(payer, [*map(_ready, each)]) for payer, each in job.versions.items()}
        keys = wanted_keys(job.form, job.columns)
        wanted = dict.fromkeys([*keys, _GATED] if job.stops else keys)
        self._answers = PayersAnswers(series, job.asked, tuple(wanted))
        self._render: Render = renderer(job.form, job.columns, series)
        self._stops = job.stops

    def part(self, block: Block) -> Part:
        """The answers to a block's cases."""
        try:
            batch = block.batch()
        except CasesFileError as error:
            return Part(block.file, size=block.size, ended=True, unusable=str(error))
        answers = [*self._answers.of(batch)]
        return Part(
            block.file,
            self._render(batch, answers),
            batch.rows,
            sum(len(each.rows) for each in answers),
            sum(len(each.errors) for each in answers),
            bool(self._stops) and any(self._stopped(each) for each in answers),
            block.size,
        )

    def _stopped(self, answers: Answers) -> bool:
        column = answers.columns[_GATED]
        if not isinstance(column, Coded):
            found = [column.at(row) for row in range(len(column)) if row not in answers.errors]
            return any(folded(str(value)) in self._stops for value in found)
        told = np.ones(len(column), bool)
        told[[*answers.errors]] = False
        there = np.unique(column.numbers[told]).tolist()
        return any(folded(str(column.value(number))) in self._stops for number in there)
