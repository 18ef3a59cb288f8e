"""Values as columns under numbers, some rows at a time, while these are still in the processor's cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.files import named_payers
from dmn_dli.runtime.errors import Problem
from dmn_dli.runtime.facts import ABSENT

AT_ONCE = 512
"""How many rows are made to columns at once: what they hold stays in the processor's cache."""


class _Codes(dict[Any, int]):
    """Values to numbers, in the order in which they are met."""

    def __missing__(self, value: Any) -> int:
        number = self[value] = len(self)
        return number


class GrowingColumn:
    """A column that is made some rows at a time; ABSENT stands where it was given nothing.

    Values that Python holds for equal though they are of two types stay apart.
    """

    def __init__(self, rows: int) -> None:
        """rows: how many it will have."""
        self._codes = _Codes({ABSENT: 0})
        self._numbers: Numbers = np.zeros(rows, np.intp)
        self._kinds: set[type] = set()
        self._paired = False

    def put(self, start: int, values: Sequence[Any]) -> int:
        """The values of some rows; gives how many are not ABSENT.

        Raises TypeError where one has no hash; then none of them is taken.
        """
        numbers = self._coded(values)
        if not self._paired and (0 in self._codes or 1 in self._codes):
            self._kinds |= {*map(type, values)}
            if {bool, int} <= self._kinds:  # True is 1 to Python
                self._codes = _Codes({(value.__class__, value): code for value, code in self._codes.items()})
                self._paired = True
                numbers = self._coded(values)
        self._numbers[start : start + len(values)] = numbers
        return len(values) - int(np.count_nonzero(numbers == 0))

    def _coded(self, values: Sequence[Any]) -> Numbers:
        keys = zip(map(type, values), values, strict=True) if self._paired else values
        return np.fromiter(map(self._codes.__getitem__, keys), np.intp, len(values))

    def coded(self, meant: Callable[[Any], Any] | None = None) -> Coded:
        """The column as far as it goes. meant: what a value stands for, where that is not itself."""
        values = [value for _, value in self._codes] if self._paired else [*self._codes]
        return Coded(self._numbers, (), 0, values if meant is None else [*map(meant, values)])


def named(payers: Coded, *, written: bool) -> tuple[Coded, Sequence[int]]:
    """The payers that each row names, and the rows where what stands there names none.

    payers: the keys of what stands in the column `payer`, as `payer_key` makes them. written: it is text,
    parted as in csv.
    """
    found: list[tuple[str, ...] | None] = []
    wrong: list[int] = []
    for number, key in enumerate(payers.own):
        problems: list[Problem] = []
        value = [*key[0]] if key.__class__ is tuple else None if key is ABSENT else key
        found.append(named_payers(value, written, problems))
        if problems:
            wrong.append(number)
    rows = np.flatnonzero(np.isin(payers.numbers, wrong)).tolist() if wrong else []
    return Coded(payers.numbers, (), 0, found), rows


def payer_key(value: Any) -> Any:
    """A value with a hash that stands for the same payers; for none at all where it names none."""
    if value.__class__ is list:
        return (tuple(value) if all(each.__class__ is str for each in value) else (),)
    return False if isinstance(value, dict) else value
