"""Where facts that are amounts lie: atoms as bounds."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.sums.forms import amount

AMOUNTS = {type_: kind for type_, kind in FEEL_TYPES.items() if kind in ORDERED}
"""The types of facts whose values are amounts, and what they are in FEEL."""

WHOLE = (FactType.INTEGER, FactType.DATE, FactType.YEARS_DURATION)
"""The types of facts whose values are whole."""

Span = tuple[Fraction | None, Fraction | None, bool]
"""From where to where values lie, None being no end, and whether the ends are among them."""


def spans(fact: Fact, domain: Domain) -> tuple[Span | None, ...]:
    """Of each atom of a fact from where to where it lies; None for null, and where values are no amounts."""
    if fact.type not in AMOUNTS:
        return (None,) * len(domain.atoms)
    ends = (FIRST_DATE.day, LAST_DATE.day) if fact.type is FactType.DATE else (None, None)
    return tuple(None if atom.representative is None else _within(span(atom), *ends) for atom in domain.atoms)


def span(atom: Atom) -> Span:
    """From where to where an atom of amounts lies."""
    if atom.single:
        value = _number(atom.representative)
        return value, value, True
    low, high = (None if end is None else _number(end) for end in (atom.low, atom.high))
    return low, high, False


def _within(found: Span, first: int | None, last: int | None) -> Span:
    """A span that ends where a calendar does: the days before the first and behind the last are none."""
    low, high, closed = found
    if closed or first is None or last is None:
        return found
    return Fraction(first - 1) if low is None else low, Fraction(last + 1) if high is None else high, False


def furthest(found: Iterable[Span | None]) -> Fraction | None:
    """How far from zero what lies in the spans is at most; None where there is no end."""
    ends = [end for each in found if each is not None for end in each[:2]]
    return max((abs(end) for end in ends if end is not None), default=None) if None not in ends else None


def _number(value: object) -> Fraction:
    found = amount(value)
    assert found is not None
    return found[1]
