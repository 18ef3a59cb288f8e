"""Models: values of facts that meet a system, of few digits, in its middle and near its ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from dmn_dli.feel import FeelType
from dmn_dli.tables.orders import SOME_DATE
from dmn_dli.theories.sums.differences import STEPS, Limit
from dmn_dli.theories.sums.forms import feel_value
from dmn_dli.theories.sums.inequalities import Inequality, range_of
from dmn_dli.theories.sums.spans import AMOUNTS
from dmn_dli.theories.sums.systems import Claim, Frame, System, within
from dmn_dli.theories.terms import Group

DECIMALS = 15
"""The most decimals of a value."""

_WAYS = ("middle", "low", "high")

_FAR_APART = 200 * 365
"""Dates are taken near to today's where they may lie as far apart as this."""


def models(frame: Frame, systems: Sequence[System], group: Group) -> Iterator[Mapping[str, object]]:
    """Values of all facts, each time such that a system leaves them."""
    fine = frame.finer(10**DECIMALS)
    for way in _WAYS:
        for system in systems:
            rows = tuple(_finer(row, 10**DECIMALS) for row in system.rows)
            finer = System(system.atoms, system.table.finer(10**DECIMALS), rows, system.settled)
            found = _Model(fine, group, way).of(finer)
            if found is not None:
                yield found


def _finer(row: Inequality, factor: int) -> Inequality:
    return Inequality(row.coefficients, row.limit * factor, row.closed)


class _Model:
    """One model on its way."""

    def __init__(self, frame: Frame, group: Group, way: str) -> None:
        self.frame = frame
        self.group = group
        self.way = way

    def of(self, system: System) -> Mapping[str, object] | None:
        """Values for all facts; None where none were found."""
        found: System | None = system
        for place in range(len(self.group.domains)):
            found = None if found is None else self._in_one_atom(found, place)
        if found is None:
            return None
        values: dict[str, object] = {}
        for place in self._order():
            name = list(self.group.domains)[place]
            atom = self.group.domains[name].atoms[found.atoms[place].bit_length() - 1]
            kind = AMOUNTS.get(self.group.facts[name].type)
            if atom.representative is None or kind is None or self.group.domains[name].whole:
                values[name] = atom.representative
                continue
            chosen = self._valued(found, place + 1, kind)
            if chosen is None:
                return None
            number, found = chosen
            values[name] = feel_value(kind, number)
        return {name: values[name] for name in self.group.domains}

    def _in_one_atom(self, system: System, place: int) -> System | None:
        """The system with a fact in one of the atoms that it leaves."""
        bits = system.atoms[place]
        each = [atom for atom in range(bits.bit_length()) if bits >> atom & 1]
        start = {"middle": len(each) // 2, "low": 0, "high": len(each) - 1}[self.way]
        for atom in (*each[start:], *reversed(each[:start])):
            found = self.frame.narrowed(system, Claim(((place, 1 << atom),)))
            if found is not None:
                return found
        return None

    def _order(self) -> list[int]:
        """The facts, those first on which it hangs what outcomes are, then those of whole numbers."""
        last = [form for outcome in self.frame.outcomes for form in outcome.operands[-1:]]
        asked = {variable for form in last for variable, _ in form.factors}
        places = range(len(self.group.domains))
        return sorted(places, key=lambda it: (it + 1 not in asked, not self.frame.whole[it], it))

    def _valued(self, system: System, variable: int, kind: FeelType) -> tuple[Fraction, System] | None:
        """A value of a variable that the system leaves, and the system with it."""
        low, high = system.table.limit(0, variable), system.table.limit(variable, 0)
        low = None if low is None else Limit(-low.value, low.closed)
        units = self.frame.units
        if any(variable == each for row in system.rows for each, _ in row.coefficients):
            ends = range_of(variable, within(system, variable))
            if ends is None:
                return None
            low, high = (None if end is None else Limit(end.value / units, end.closed) for end in ends)
        places = 0 if self.frame.whole[variable - 1] else DECIMALS
        for target in self._targets(low, high, kind):
            value = rounded_within(low, high, target, places)
            if value is None:
                continue
            scaled = int(value * units) * STEPS
            claim = Claim((), ((variable, 0, scaled), (0, variable, -scaled)))
            found = self.frame.narrowed(system, claim)
            if found is not None:
                return value, found
        return None

    def _targets(self, low: Limit | None, high: Limit | None, kind: FeelType) -> Iterator[Fraction]:
        """Near which values to look."""
        usual = Fraction(SOME_DATE.day if kind is FeelType.DATE else 0)
        if low is None and high is None:
            yield usual
        elif low is None or high is None:
            end, step = (high, -1) if low is None else (low, 1)
            assert end is not None
            yield end.value + (step if self.way == "middle" else 0)
            yield end.value + 10 * step
        else:
            middle = (low.value + high.value) / 2
            if kind is FeelType.DATE and high.value - low.value > _FAR_APART:
                middle = min(max(usual, low.value), high.value)
            targets = {"middle": middle, "low": low.value, "high": high.value}
            yield targets.pop(self.way)
            yield from targets.values()


def rounded_within(low: Limit | None, high: Limit | None, target: Fraction, places: int) -> Fraction | None:
    """The number with the fewest decimals between two ends, and of those the one nearest to the target."""
    for digits in range(places + 1):
        scale = 10**digits
        first = None if low is None else _above(low.value * scale, low.closed)
        last = None if high is None else -_above(-high.value * scale, high.closed)
        if first is not None and last is not None and first > last:
            continue
        nearest = round(target * scale)
        if first is not None:
            nearest = max(nearest, first)
        if last is not None:
            nearest = min(nearest, last)
        return Fraction(nearest, scale)
    return None


def _above(number: Fraction, closed: bool) -> int:
    """The least whole number that is at least the number, or more than it."""
    return ceil(number) if closed else floor(number) + 1
