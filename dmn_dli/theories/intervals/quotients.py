"""Expressions as quotients of polynomials, and in which direction they move with each of their facts.

`(b - v) / b` moves with `b` as `(1 * b - (b - v) * 1) / b ** 2 = v / b ** 2` does: it rises where `v` is
positive. What stands twice cancels here, which it does not where ranges alone are reckoned with.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, Inexact

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.theories.intervals.values import EXACT, Kind, ValueRange

Monomial = tuple[tuple[str, int], ...]
"""Facts with their powers, by name."""

_MOST_TERMS = 40
_MOST_POWERS = 8

_ZERO, _ONE = Decimal(0), Decimal(1)


class TooMuch(Exception):
    """A polynomial has more terms or higher powers than are worth the work."""


@frozen
class Polynomial:
    """A sum of products of facts."""

    terms: Mapping[Monomial, Decimal]

    @property
    def names(self) -> frozenset[str]:
        """The facts in it."""
        return frozenset(name for monomial in self.terms for name, _ in monomial)

    def plus(self, other: Polynomial, times: Decimal = _ONE) -> Polynomial:
        """The sum with so many times the other."""
        terms = dict(self.terms)
        for monomial, factor in other.terms.items():
            terms[monomial] = EXACT.add(terms.get(monomial, _ZERO), EXACT.multiply(factor, times))
        return _polynomial(terms)

    def times(self, other: Polynomial) -> Polynomial:
        """The product with the other."""
        terms: dict[Monomial, Decimal] = {}
        for monomial, factor in self.terms.items():
            for further, other_factor in other.terms.items():
                both = _product(monomial, further)
                terms[both] = EXACT.add(terms.get(both, _ZERO), EXACT.multiply(factor, other_factor))
        return _polynomial(terms)

    def slope(self, name: str) -> Polynomial:
        """The derivative by a fact."""
        terms: dict[Monomial, Decimal] = {}
        for monomial, factor in self.terms.items():
            powers = dict(monomial)
            power = powers.pop(name, 0)
            if power:
                rest = powers | ({name: power - 1} if power > 1 else {})
                terms[tuple(sorted(rest.items()))] = EXACT.multiply(factor, Decimal(power))
        return _polynomial(terms)

    def ends(self, box: Mapping[str, ValueRange]) -> tuple[Decimal, Decimal]:
        """Two numbers between which its values lie. Raises decimal.Inexact beyond 600 digits."""
        low = high = _ZERO
        for monomial, factor in self.terms.items():
            ends = [factor]
            for name, power in monomial:
                ends = [
                    EXACT.multiply(a, b) for a in (min(ends), max(ends)) for b in _powers(box[name], power)
                ]
            low, high = EXACT.add(low, min(ends)), EXACT.add(high, max(ends))
        return low, high


@frozen
class Quotient:
    """One polynomial divided by another."""

    above: Polynomial
    below: Polynomial

    def slope(self, name: str) -> Polynomial:
        """What has the sign of the derivative by a fact, wherever the divisor is not zero."""
        rising = self.above.slope(name).times(self.below)
        return rising.plus(self.above.times(self.below.slope(name)), Decimal(-1))


_UNIT = Polynomial({(): _ONE})


def quotient_of(tree: Node) -> Quotient | None:
    """A tree of numbers as a quotient; None where it is none, or too large a one."""
    try:
        return _quotient(tree)
    except (TooMuch, Inexact):
        return None


def _quotient(tree: Node) -> Quotient:
    match tree:
        case syntax.NumberLiteral(value):
            return Quotient(_polynomial({(): value}), _UNIT)
        case syntax.Name(name):
            return Quotient(Polynomial({((name, 1),): _ONE}), _UNIT)
        case syntax.Negation(operand):
            inner = _quotient(operand)
            return Quotient(_polynomial({}).plus(inner.above, Decimal(-1)), inner.below)
        case syntax.Arithmetic("**", base, syntax.NumberLiteral(power)):
            return _power(_quotient(base), power)
        case syntax.Arithmetic(operator, left, right) if operator != "**":
            return _joined(operator, _quotient(left), _quotient(right))
    raise TooMuch


def _joined(operator: str, a: Quotient, b: Quotient) -> Quotient:
    if operator == "*":
        return Quotient(a.above.times(b.above), a.below.times(b.below))
    if operator == "/":
        return Quotient(a.above.times(b.below), a.below.times(b.above))
    sign = _ONE if operator == "+" else Decimal(-1)
    if a.below == b.below:
        return Quotient(a.above.plus(b.above, sign), a.below)
    return Quotient(a.above.times(b.below).plus(b.above.times(a.below), sign), a.below.times(b.below))


def _power(base: Quotient, power: Decimal) -> Quotient:
    if power != power.to_integral_value() or not 0 < power <= _MOST_POWERS:
        raise TooMuch
    found = base
    for _ in range(int(power) - 1):
        found = _joined("*", found, base)
    return found


def _polynomial(terms: Mapping[Monomial, Decimal]) -> Polynomial:
    kept = {monomial: factor for monomial, factor in terms.items() if factor}
    if len(kept) > _MOST_TERMS or any(sum(power for _, power in each) > 2 * _MOST_POWERS for each in kept):
        raise TooMuch
    return Polynomial(kept)


def _product(a: Monomial, b: Monomial) -> Monomial:
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted(powers.items()))


def _powers(fact: ValueRange, power: int) -> list[Decimal]:
    """Between which numbers a power of a fact lies."""
    ends = [_ONE, _ONE]
    for _ in range(power):
        ends = [EXACT.multiply(end, base) for end, base in zip(ends, (fact.low, fact.high), strict=True)]
    return [*ends, _ZERO] if power % 2 == 0 and fact.low < 0 < fact.high else ends


def are_numbers(names: tuple[str, ...], box: Mapping[str, ValueRange]) -> bool:
    """Whether all of some facts are numbers, where they are not null."""
    return all(name in box and box[name].kind is Kind.NUMBER for name in names)
