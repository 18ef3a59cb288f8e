"""A summary of answers in columns: what many rows share is counted at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.arrow_lists import once_each
from dmn_dli.batch.coded import Coded, Concatenated, RowColumn, Text, Where
from dmn_dli.report.summary import Summary

KEYS = ("determination", "unmet_criteria")
"""The keys of the record that are counted."""

_Mask: TypeAlias = NDArray[np.bool_]


def count(summary: Summary, answers: Answers) -> None:
    """Count the records of a payer; the cases are the caller's to count."""
    told = np.ones(len(answers.rows), bool)
    for place, error in answers.errors.items():
        told[place] = False
        summary.error(answers.payer, error)
    for value, number in _counts(answers.columns["determination"], told):
        summary.determination(answers.payer, value, number)
    for item, number in _items(answers.columns["unmet_criteria"], told):
        summary.unmet(answers.payer, item, number)


def _items(column: RowColumn, told: _Mask) -> Iterator[tuple[Any, int]]:
    """The items of lists, and how often each is there."""
    if isinstance(column, Concatenated):
        for part in column.parts:
            yield from _items(part, told)
    elif isinstance(column, Where):
        yield from _counts(column.item, told & column.present)
    else:
        for value, number in _counts(column, told):
            for item in value:
                yield item, number


def _counts(column: RowColumn, told: _Mask) -> Iterator[tuple[Any, int]]:
    """The values of some rows, and how often each is there, in the order in which they come."""
    if isinstance(column, Text):
        column = once_each(column.taken(np.flatnonzero(told)))
        told = np.ones(len(column), bool)
    if not isinstance(column, Coded):
        yield from ((column.at(row), 1) for row in np.flatnonzero(told).tolist())
        return
    numbers, firsts, counts = np.unique(column.numbers[told], return_index=True, return_counts=True)
    for each in np.argsort(firsts, kind="stable").tolist():
        yield column.value(int(numbers[each])), int(counts[each])
