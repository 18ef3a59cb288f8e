"""Systems: difference bounds, other inequalities and atoms of facts that must hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, lcm

from attrs import field, frozen

from dmn_dli.theories.sums.calendar import least_days, least_months, most_days, most_months
from dmn_dli.theories.sums.differences import STEPS, Differences, Limit
from dmn_dli.theories.sums.forms import AtMostZero, Form
from dmn_dli.theories.sums.guarded import Guard
from dmn_dli.theories.sums.inequalities import Inequality, contradict
from dmn_dli.theories.sums.spans import Span
from dmn_dli.theories.sums.variables import Operation, Outcome

_FINEST = 10**60
"""More units than this do not make one: finer bounds are inequalities like others."""

_LARGEST = 10**40
"""Bounds as large as this are inequalities like others."""

Difference = tuple[int, int, Fraction, bool]
"""`i - j` is at most a number, or less; 0 stands for the number zero."""


def difference(bound: AtMostZero) -> Difference | None:
    """The bound as one of a difference, None where it is none."""
    match bound.form.factors:
        case ((variable, factor),):
            i, j = (variable, 0) if factor > 0 else (0, variable)
        case ((first, factor), (second, other)) if factor == -other:
            i, j = (first, second) if factor > 0 else (second, first)
        case _:
            return None
    return i, j, -bound.form.constant / abs(factor), bound.closed


@frozen
class Claim:
    """What a guard says, as systems take it; rows: their limits in units."""

    atoms: tuple[tuple[int, int], ...] = ()
    differences: tuple[tuple[int, int, int], ...] = ()
    rows: tuple[Inequality, ...] = ()


@frozen
class System:
    """atoms: of each fact those it may lie in, as bits. settled: the outcomes whose operands are known."""

    atoms: tuple[int, ...]
    table: Differences
    rows: tuple[Inequality, ...] = ()
    settled: frozenset[int] = frozenset()


@frozen(slots=False)
class Frame:
    """What all systems of a group share.

    whole: of each variable from 1 on whether its values are whole. spans: of each fact's atoms (facts are the
    first variables) the spans, None for null; of a fact whose values are no amounts none at all.
    units: how many make one.
    """

    whole: tuple[bool, ...]
    spans: tuple[tuple[Span | None, ...], ...]
    outcomes: Mapping[Outcome, int]
    units: int
    _hulls: dict[tuple[int, int], tuple[tuple[int, int, int], ...]] = field(factory=dict, eq=False)

    @classmethod
    def of(
        cls,
        whole: Iterable[bool],
        spans: Sequence[tuple[Span | None, ...]],
        outcomes: Mapping[Outcome, int],
        bounds: Iterable[AtMostZero],
    ) -> Frame:
        """The frame in which all these bounds have whole limits."""
        limits = [found[2] for bound in bounds if (found := difference(bound)) is not None]
        limits += [end for each in spans for span in each if span for end in span[:2] if end is not None]
        units = 1
        for limit in limits:
            finer = lcm(units, limit.denominator)
            units = finer if finer <= _FINEST else units
        return cls(tuple(whole), tuple(spans), outcomes, units)

    def finer(self, factor: int) -> Frame:
        """The same in finer units."""
        return Frame(self.whole, self.spans, self.outcomes, self.units * factor)

    def claim(self, guard: Guard) -> Claim:
        """What a guard says."""
        differences, rows = [], []
        for bound in guard.bounds:
            found = difference(bound)
            if found is not None and abs(found[2]) < _LARGEST and not self.units % found[2].denominator:
                i, j, limit, closed = found
                differences.append((i, j, int(limit * self.units) * STEPS - (not closed)))
            else:
                rows.append(self._row(bound))
        return Claim(guard.atoms, tuple(differences), tuple(rows))

    def _row(self, bound: AtMostZero) -> Inequality:
        factors = dict(bound.form.factors)
        scale = Fraction(lcm(*[each.denominator for each in factors.values()]))
        limit, closed = -bound.form.constant * scale, bound.closed
        if all(self.whole[variable - 1] for variable in factors):
            floor = limit.numerator // limit.denominator
            limit, closed = Fraction(floor - (not closed and floor == limit)), True
        coefficients = {variable: int(factor * scale) for variable, factor in factors.items()}
        limit *= self.units
        times = limit.denominator
        found = tuple((variable, factor * times) for variable, factor in sorted(coefficients.items()))
        return Inequality(found, int(limit * times), closed)

    def start(self, always: Claim) -> System | None:
        """All cases: every fact in its domain, and what always holds."""
        atoms = tuple((1 << len(each)) - 1 for each in self.spans)
        hulls = [bound for place, bits in enumerate(atoms) for bound in self.hull(place, bits)]
        everywhere = System(atoms, Differences.free(self.whole, self.units))
        return self.narrowed(everywhere, Claim((), (*hulls, *always.differences), always.rows))

    def hull(self, place: int, bits: int) -> tuple[tuple[int, int, int], ...]:
        """The bounds of a fact that lies in one of these atoms, null left aside."""
        key = place, bits
        if key not in self._hulls:
            spans = [span for index, span in enumerate(self.spans[place]) if bits >> index & 1 and span]
            self._hulls[key] = tuple(self._ends(place + 1, spans)) if spans else ()
        return self._hulls[key]

    def _ends(self, variable: int, spans: Sequence[Span]) -> Iterable[tuple[int, int, int]]:
        lows = [(low, not closed) for low, _, closed in spans if low is not None]
        highs = [(high, closed) for _, high, closed in spans if high is not None]
        # Where the units are not fine enough, the ends are drawn outwards.
        if len(highs) == len(spans):
            high, closed = max(highs)
            if abs(high) < _LARGEST:
                yield variable, 0, ceil(high * self.units) * STEPS - self._opened(high, not closed)
        if len(lows) == len(spans):
            low, opened = min(lows)
            if abs(low) < _LARGEST:
                yield 0, variable, ceil(-low * self.units) * STEPS - self._opened(low, opened)

    def _opened(self, end: Fraction, opened: bool) -> bool:
        return opened and not self.units % end.denominator

    def narrowed(self, system: System, claim: Claim) -> System | None:
        """The system with a claim; None where surely no case is left."""
        atoms, table = system.atoms, system.table
        narrower = table
        differences = list(claim.differences)
        if claim.atoms:
            changed = list(atoms)
            for place, bits in claim.atoms:
                left = changed[place] & bits
                if not left:
                    return None
                if left != changed[place]:
                    changed[place] = left
                    differences += self.hull(place, left)
            atoms = tuple(changed)
        for i, j, bound in differences:
            found = narrower.narrowed(i, j, bound)
            if found is None:
                return None
            narrower = found
        if not claim.rows and (narrower is table or not (self.outcomes or system.rows)):
            return System(atoms, narrower, system.rows, system.settled)
        rows = system.rows + tuple(row for row in claim.rows if row not in system.rows)
        return self._settled(System(atoms, narrower, rows, system.settled))

    def _settled(self, system: System) -> System | None:
        """What follows from operands that are known, and from months; then of all rows together."""
        found: System | None = system
        for outcome, number in self.outcomes.items():
            assert found is not None
            if outcome.operation is Operation.MONTHS_BETWEEN:
                found = self._months(found, outcome, number)
            if found is not None and number not in found.settled:
                values = tuple(known(found.table, form) for form in outcome.operands)
                bounds = outcome.given(number, values)
                if bounds:
                    claim = self.claim(Guard(bounds))
                    marked = System(found.atoms, found.table, found.rows, found.settled | {number})
                    found = self._plainly(marked, claim)
            if found is None:
                return None
        assert found is not None
        return None if found.rows and contradict(within(found)) else found

    def _plainly(self, system: System, claim: Claim) -> System | None:
        table: Differences | None = system.table
        for i, j, bound in claim.differences:
            table = None if table is None else table.narrowed(i, j, bound)
        if table is None:
            return None
        return System(system.atoms, table, (*system.rows, *claim.rows), system.settled)

    def _months(self, system: System, outcome: Outcome, number: int) -> System | None:
        """The months between two dates and the days between them bound each other."""
        start, end = outcome.operands
        apart = end.plus(start, -1)
        bounds = AtMostZero(apart, closed=True), AtMostZero(apart.times(-1), closed=True)
        pair = [difference(bound) for bound in bounds]
        one = self.units * STEPS
        table: Differences | None = system.table
        assert table is not None
        up, down = pair
        if up is None or down is None:
            return system
        for (i, j, limit, _), times, days, months in (
            (up, 1, most_days, most_months),
            (down, -1, lambda count: -least_days(-count), lambda count: -least_months(-count)),
        ):
            ends = (number, 0) if times > 0 else (0, number)
            if table is None or limit.denominator != 1:
                break
            count = table.limit(*ends)
            if count is not None:
                table = table.narrowed(i, j, (days(int(count.value)) + int(limit)) * one)
            span = None if table is None else table.limit(i, j)
            if table is not None and span is not None:
                table = table.narrowed(*ends, months(int(span.value.__floor__()) - int(limit)) * one)
        if table is None:
            return None
        return System(system.atoms, table, system.rows, system.settled)


def known(table: Differences, form: Form) -> Fraction | None:
    """The value of a form where its variables have no choice."""
    value = form.constant
    for variable, factor in form.factors:
        low, high = table.limit(0, variable), table.limit(variable, 0)
        if low is None or high is None or low.value != -high.value:
            return None
        value += factor * high.value
    return value


def within(system: System, *besides: int) -> list[Inequality]:
    """The rows of a system, and its differences of their variables (and of those besides), in units."""
    variables = sorted({0, *besides}.union(*[[each for each, _ in row.coefficients] for row in system.rows]))
    found = list(system.rows)
    for i in variables:
        for j in variables:
            limit = system.table.limit(i, j) if i != j else None
            if limit is not None:
                found.append(_as_row(i, j, limit, system.table.units))
    return found


def _as_row(i: int, j: int, limit: Limit, units: int) -> Inequality:
    coefficients = tuple(sorted((each, sign) for each, sign in ((i, 1), (j, -1)) if each))
    return Inequality(coefficients, int(limit.value * units), limit.closed)
