"""Cases side by side: their facts as columns, and each as a single case where it is to be asked alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from attrs import frozen

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.fact_columns import FactColumn, ValuesColumn
from dmn_dli.cases.files import Case
from dmn_dli.runtime.facts import ABSENT

ROWS = 65_536
"""How many rows of what is already in memory are answered at once, so that further memory stays bounded."""


@frozen(eq=False)
class CaseBatch:
    """Some cases, in the order in which they were given.

    facts: columns by the headings or keys under which they stand; written: they are text of a csv file or a
    sheet, to be converted by each fact's type, and headings may be labels. case_ids: text, a row each.
    payers: of each row the ids that it names, None where it names none. odd: rows of which the columns do
    not tell all, as single cases: their file holds something wrong. singly: reads any row as the single case
    that its file holds, keys in their order and numbers as written.
    """

    rows: int
    facts: Mapping[str, FactColumn]
    case_ids: Sequence[Any]
    payers: Coded
    odd: Mapping[int, Case]
    written: bool = False
    singly: Callable[[int], Case] | None = None

    def case(self, row: int) -> Case:
        """A row as a single case."""
        if row in self.odd:
            return self.odd[row]
        if self.singly is not None:
            return self.singly(row)
        given = [(name, column.value(row)) for name, column in self.facts.items()]
        facts = {name: value for name, value in given if value is not ABSENT}
        return Case(str(self.case_ids[row]), self.payers.at(row), facts, self.written, ())


def side_by_side(cases: Sequence[Case]) -> CaseBatch:
    """Single cases as columns; those that differ in how they are to be read, and with problems, stay odd."""
    written = bool(cases) and cases[0].written
    odd = {row: each for row, each in enumerate(cases) if each.problems or each.written is not written}
    names = dict.fromkeys(name for row, each in enumerate(cases) if row not in odd for name in each.facts)
    regular = [None if row in odd else each.facts for row, each in enumerate(cases)]
    columns = {
        name: ValuesColumn(
            under_numbers([ABSENT if facts is None else facts.get(name, ABSENT) for facts in regular])
        )
        for name in names
    }
    return CaseBatch(
        len(cases),
        columns,
        [each.case_id for each in cases],
        under_numbers([each.payers for each in cases]),
        odd,
        written,
        cases.__getitem__,
    )


def under_numbers(values: Sequence[Any]) -> Coded:
    """Values under numbers; those that Python holds for equal though they are of two types stay apart."""
    seen: dict[Any, int] = {}
    try:
        numbers = [seen.setdefault((value.__class__, value), len(seen)) for value in values]
        firsts = [value for _, value in seen]
    except TypeError:  # a list, or an object
        return _by_their_words(values)
    if any(issubclass(kind, _WORDED) for kind, _ in seen):
        return _by_their_words(values)
    return Coded(np.array(numbers, np.intp), (), 0, firsts)


def _by_their_words(values: Sequence[Any]) -> Coded:
    seen: dict[Any, int] = {}
    numbers = [seen.setdefault(_key(value), len(seen)) for value in values]
    places = {number: place for place, number in reversed([*enumerate(numbers)])}
    return Coded(np.array(numbers, np.intp), (), 0, [values[places[number]] for number in range(len(seen))])


def _key(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:  # a list, or an object
        return (value.__class__, repr(value))
    return (value.__class__, repr(value) if isinstance(value, _WORDED) else value)


_WORDED = (datetime,)
"""Values of one type may be equal, and yet not be the same: moments in two time zones."""
