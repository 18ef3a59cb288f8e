"""The ranges of facts and terms in their atoms.

A fact that is a number is taken to have at most 18 digits behind the point and to be at most 1E15 in size
(further where a constant says so): so far no spreadsheet, no form and no device goes. Then next to a cut
there is a first number, sums and products of a few facts are exact, and no result is so close to a constant
that rounding makes it equal.
"""

from __future__ import annotations

from decimal import Decimal

from dmn_dli.feel import FeelType
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.tables.orders import amount_of
from dmn_dli.theories.intervals.values import (
    EXACT,
    NOTHING,
    Kind,
    ValueRange,
    between,
    downward,
    kind_of,
    only,
    united,
    upward,
    whole_kind,
)

GRAIN = Decimal("1E-18")
"""Numbers that are facts are multiples of it."""

_MOST = Decimal("1E15")
_DAYS = Decimal(FIRST_DATE.day), Decimal(LAST_DATE.day)


def fact_range(atom: Atom, domain: Domain, fact: Fact) -> ValueRange:
    """The values of a fact's atom."""
    if atom.single or domain.type not in (FeelType.NUMBER, FeelType.DATE):
        return term_range(atom, domain)
    low, high = amount_of(atom.low), amount_of(atom.high)
    if domain.type is FeelType.DATE:
        first = _DAYS[0] if low is None else max(_DAYS[0], low + 1)
        last = _DAYS[1] if high is None else min(_DAYS[1], high - 1)
        return between(Kind.DATE, first, last, None)
    grain = Decimal(1) if fact.type is FactType.INTEGER else GRAIN
    # Next to a cut that is a multiple of the grain is the next multiple, else the cut's nearest one.
    first = _size(high).copy_negate() if low is None else EXACT.add(downward(low, grain), grain)
    last = _size(low) if high is None else EXACT.subtract(upward(high, grain), grain)
    grained = between(Kind.NUMBER, first, last, grain)
    return term_range(atom, domain) if grained.empty else grained


def _size(other: Decimal | None) -> Decimal:
    """How large a fact may be, whose other end is a constant."""
    return _MOST if other is None else max(_MOST, CONTEXT.multiply(other.copy_abs(), _MOST))


def term_range(atom: Atom, domain: Domain) -> ValueRange:
    """The values of an atom, whatever of its type they are."""
    kind = kind_of(domain.type)
    if kind is Kind.TEXT and (atom.any_other or not atom.single):
        listed = frozenset(value for value in domain.by_value if isinstance(value, str))
        return ValueRange(Kind.TEXT, besides=frozenset[object](listed))
    if atom.single:
        return only(atom.representative)
    whole = whole_kind(kind)
    low, high = amount_of(atom.low), amount_of(atom.high)
    if low is not None:
        low = CONTEXT.next_plus(low) if kind is Kind.NUMBER else EXACT.add(low, Decimal(1))
    if high is not None:
        high = CONTEXT.next_minus(high) if kind is Kind.NUMBER else EXACT.subtract(high, Decimal(1))
    if low is None and high is None:
        return whole
    return between(kind, whole.low if low is None else low, whole.high if high is None else high, whole.unit)


def all_of(domain: Domain, fact: Fact) -> ValueRange:
    """All values of a fact."""
    found = NOTHING
    for atom in domain.atoms:
        found = united(found, fact_range(atom, domain, fact))
    return found
