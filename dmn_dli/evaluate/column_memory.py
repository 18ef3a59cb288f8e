"""A column as a dictionary from a value to the mask of rules that accept it, filled as values arrive."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dmn_dli.feel import FeelType, from_python
from dmn_dli.tables.domain import domain_of
from dmn_dli.tables.index import slot_masks
from dmn_dli.tables.logic import ColumnLogic

_KEEP = 16_384
"""How many values a column remembers before it starts afresh."""

_EXACT_INTEGERS = 2**53
"""Up to here an int and its float are the same number."""

_NO_BOOLEANS = (str, int, float, Decimal)
"""What most values are."""


class ColumnMemory(dict[Any, int]):
    """Value to mask. A value not seen before is put to the column's tests, or placed among the cuts.

    Python holds `True` and 1 equal, FEEL does not: a column remembers booleans
    where `remembers_booleans`, else all values but booleans. Ask `of` for the others.
    """

    def __init__(self, logic: ColumnLogic) -> None:
        """Prepare the column; nothing is tested until a value arrives."""
        super().__init__()
        self.logic = logic
        self.remembers_booleans = logic.column.type is FeelType.BOOLEAN
        self._cuts: _Cuts | None = None
        if logic.column.type is FeelType.NUMBER:
            self._cuts = _cuts(logic)

    def __missing__(self, value: Any) -> int:
        """Find the mask of a value and remember it. Raises TypeError for a value that cannot be a key."""
        mask = self.mask(value)
        if self.remembers(value):
            if len(self) >= _KEEP:
                self.clear()
            self[value] = mask
        return mask

    def of(self, value: Any) -> int:
        """The mask of any value, from memory where the column may remember it."""
        return self[value] if self.remembers(value) else self.mask(value)

    def remembers(self, value: Any) -> bool:
        """Whether the column may remember a value, if it is a key at all; numpy has booleans, too.

        Raises TypeError for a value that FEEL does not have.
        """
        kind = value.__class__
        if kind in (list, dict):
            return False
        boolean = kind is bool or (kind not in _NO_BOOLEANS and from_python(value).__class__ is bool)
        return boolean is self.remembers_booleans

    def mask(self, value: Any) -> int:
        """The mask of any value, hashable or not, worked out anew."""
        if self._cuts is not None and value.__class__ in (float, int, Decimal):
            return self._cuts.mask(value)
        return self.logic.mask(from_python(value), {})


class _Cuts:
    """The cut points of a column of numbers and the mask of every slot between and on them."""

    def __init__(self, cuts: Sequence[Decimal], masks: Sequence[int], null: int) -> None:
        self.cuts = cuts
        self.null = null
        self.floats = [float(cut) for cut in cuts]
        self.masks = masks

    def mask(self, value: float | Decimal) -> int:
        if value.__class__ is not Decimal and -_EXACT_INTEGERS < value < _EXACT_INTEGERS:
            position = bisect_left(self.floats, value)
            # A float or int that is no cut's nearest float lies on the same side
            # of that float as its decimal reading lies of the cut.
            if position == len(self.floats) or self.floats[position] != value:
                return self.masks[2 * position]
        number = from_python(value)
        if not isinstance(number, Decimal):
            return self.null
        position = bisect_left(self.cuts, number)
        exact = position < len(self.cuts) and self.cuts[position] == number
        return self.masks[2 * position + exact]


def _cuts(logic: ColumnLogic) -> _Cuts | None:
    column = logic.column
    constants = column.all_constants
    if constants is None:
        return None
    domain = domain_of(FeelType.NUMBER, None, constants)
    if not domain.slots:
        return None
    return _Cuts(domain.cuts, slot_masks(logic, domain), logic.mask(None, {}))
