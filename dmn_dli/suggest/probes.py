"""Values worth trying of a fact: every allowed one; at, just below and just above each constant of the cells.

[0..100] with the tests `0`, `(0..100)`, `100`:   0   0.1   50   99.9   100
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.variables import FactVariable
from dmn_dli.feel import DateValue
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE, python_fact
from dmn_dli.model.facts import FactType
from dmn_dli.tables.domain import Domain


@frozen
class Probe:
    """A value of a fact (text, Decimal, bool, date or None), and the atom (0-based) that holds it."""

    value: Any
    atom: int


def probes(variable: FactVariable) -> tuple[Probe, ...]:
    """The values worth trying of a fact, numbers and dates ascending, null last."""
    domain = variable.domain
    if not domain.slots:
        return tuple(
            Probe(other_text(domain) if atom.any_other else python_fact(atom.representative), number)
            for number, atom in enumerate(domain.atoms)
        )
    whole = variable.fact.type is FactType.INTEGER
    found = [
        Probe(python_fact(value), atom)
        for slot, atom in enumerate(domain.slots)
        if atom >= 0
        for value in _slot_values(domain, slot, atom, whole=whole)
    ]
    return (*found, Probe(None, domain.null)) if domain.null >= 0 else tuple(found)


def plain(value: Any) -> Any:
    """The value as a person would give it: whole numbers as int."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def other_text(domain: Domain) -> str:
    """A text that no cell names, nor any condition of one."""
    named = {str(value).casefold() for value in domain.by_value}
    text = "another text"
    while text in named:
        text = f"yet {text}"
    atom = domain.atoms[domain.other]
    return text if atom.texts is None or domain.locate(text) == domain.other else atom.texts.sample


def unit(point: Any) -> Any:
    """How far from a constant a value still counts as next to it: one day, one of its last written digit."""
    if isinstance(point, Decimal):
        exponent = point.as_tuple().exponent
        assert isinstance(exponent, int), "constants are finite"
        return Decimal(1).scaleb(min(exponent, 0), CONTEXT)
    return timedelta(days=1)


def _slot_values(domain: Domain, slot: int, atom: int, *, whole: bool) -> list[Any]:
    """The least, a middle and the greatest value to try of one stretch of a domain."""
    position, exact = divmod(slot, 2)
    cuts = domain.cuts
    if exact:
        return [cuts[position]]
    inside = [domain.atoms[atom].representative]
    if position:
        inside.append(_beside(cuts[position - 1], 1, whole=whole))
    if position < len(cuts):
        inside.append(_beside(cuts[position], -1, whole=whole))
    return sorted(value for value in set(inside) if value is not None and domain.locate(value) == atom)


def _beside(point: Any, direction: int, *, whole: bool) -> Any:
    """The value next to a constant; None where the calendar ends."""
    if isinstance(point, DateValue):
        beside = DateValue(point.day + direction)
        return beside if FIRST_DATE <= beside <= LAST_DATE else None
    if whole:
        rounding = "ROUND_FLOOR" if direction > 0 else "ROUND_CEILING"
        return CONTEXT.add(point.to_integral_value(rounding=rounding), Decimal(direction))
    step = CONTEXT.divide(unit(point), Decimal(10))
    return CONTEXT.add(point, step) if direction > 0 else CONTEXT.subtract(point, step)
