"""Reason and unmet criteria worked out of those rows alone in which they hang on criteria: mostly few.

For columns that stand without the rows of criteria themselves. Each distinct text is made once.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.arrow_lists import once_each
from dmn_dli.batch.coded import Coded, Concatenated, RowColumn, Text, Where
from dmn_dli.batch.criteria_texts import CriteriaTexts, TextsOfRows
from dmn_dli.batch.state_values import Constant, RowStates, StateValues
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.criteria import NOTHING_SAID, texts_of
from dmn_dli.runtime.residual import Residual


class HangingTexts:
    """Reason and unmet criteria of one policy; what is worked out serves all further batches."""

    def __init__(self, texts: CriteriaTexts) -> None:
        """Take what hangs on the policy's criteria."""
        self.texts = texts
        self.reasons = StateValues(texts.criteria.states, texts.kernel.final, _reason_by_rules)

    def of(self, rows: RowStates) -> HangingTextsOfRows:
        """What the rows of a batch have of them."""
        return rows.once(self, lambda: HangingTextsOfRows(self, rows))


class HangingTextsOfRows:
    """Reason and unmet criteria of the rows of one batch."""

    def __init__(self, hanging: HangingTexts, rows: RowStates) -> None:
        """Take the batch."""
        self._hanging = hanging
        self._rows = rows
        self._places: Numbers = np.flatnonzero(hanging.texts.asked.array(rows, np.bool_))
        """The rows in which it is asked of criteria at all: number 0 of `asked` is that it is not."""

    @cached_property
    def _inner(self) -> TextsOfRows:
        """Of the rows at these places."""
        return TextsOfRows(self._hanging.texts, self._rows.some(self._places), _once_where_present)

    @cached_property
    def reason(self) -> Coded:
        """The reason."""
        found = self._hanging.reasons.of(self._rows)
        if not self._places.size:
            return found
        inner = once_each(self._inner.reason)
        numbers = found.numbers.astype(np.int32)
        numbers[self._places] = found.settled + inner.numbers
        return Coded(numbers, found.values, found.settled, inner.own)

    @cached_property
    def unmet_criteria(self) -> RowColumn:
        """The items of the list."""
        column = self._inner.unmet_criteria if self._places.size else None
        if not isinstance(column, Concatenated):  # nowhere an item
            return Constant([]).of(self._rows)
        return Concatenated(tuple([self._whole(part) for part in column.parts if isinstance(part, Where)]))

    def _whole(self, part: Where) -> Where:
        """An item of rows at the places, as one of all rows."""
        present = np.zeros(self._rows.rows, bool)
        present[self._places] = part.present
        return Where(present, _put(part.item, self._places, self._rows.rows))


def _once_where_present(text: Text, present: NDArray[np.bool_]) -> Coded:
    """A text of which each distinct one is made once, whatever it is put together of."""
    there = np.flatnonzero(present)
    return _put(once_each(text.taken(there)), there, present.size)


def _put(column: RowColumn, places: Numbers, rows: int) -> Coded:
    """A column at some places of so many rows; what stands at the others is not asked for."""
    assert isinstance(column, Coded), "each text is made once"
    numbers = np.zeros(rows, np.int32)
    numbers[places] = column.numbers
    return Coded(numbers, column.values, column.settled, column.own)


def _reason_by_rules(final: Residual) -> str | None:
    """The reason where no criterion says anything."""
    return texts_of(final, NOTHING_SAID, ())["reason"] if final.decided else None
