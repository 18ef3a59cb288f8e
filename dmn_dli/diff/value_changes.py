"""Which values of facts one dictionary admits and another does not: added values, wider ranges, new facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import frozen

from dmn_dli.analysis.words import in_words, word
from dmn_dli.feel import FeelType, compile_unary_tests
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES, type_of
from dmn_dli.tables.constants import test_constants
from dmn_dli.tables.domain import Domain, fact_domain_of
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.lowering import fact_constants, fact_marks

ANY_VALUE = "any value"


class ValueChange(Enum):
    """What became of values."""

    ADDED = "added"
    REMOVED = "removed"
    FACT_ADDED = "fact added"
    FACT_REMOVED = "fact removed"

    @property
    def gained(self) -> bool:
        """Whether the new dictionary has them."""
        return self in (ValueChange.ADDED, ValueChange.FACT_ADDED)


@frozen
class ChangedValues:
    """A fact with values that only one of two dictionaries admits.

    domain: the fact's values on that side, cut wherever either dictionary or the policy of that side tells
    values apart. chosen: which atoms of it the other side lacks.
    """

    change: ValueChange
    fact: Fact
    domain: Domain
    chosen: tuple[int, ...]

    def words(self, atoms: Sequence[int]) -> str:
        """Some of the atoms as an input cell would hold them."""
        if self.domain.finite:
            return ", ".join(word(self.domain.atoms[number].representative) for number in atoms)
        taken = [number in atoms for number in range(len(self.domain.atoms))]
        if all(taken):
            return ANY_VALUE
        return in_words(self.domain.atoms, taken, quoted=self.domain.type is FeelType.STRING)


def changed_values(old: LinkedPolicy, new: LinkedPolicy) -> Iterator[ChangedValues]:
    """The facts with values added, in the order of the new dictionary, then those with values removed."""
    yield from _lacking(new, old, ValueChange.ADDED, ValueChange.FACT_ADDED)
    yield from _lacking(old, new, ValueChange.REMOVED, ValueChange.FACT_REMOVED)


def _lacking(
    side: LinkedPolicy, other: LinkedPolicy, some: ValueChange, whole: ValueChange
) -> Iterator[ChangedValues]:
    """The facts of a side with values that the other side does not admit."""
    for fact in side.dictionary.facts:
        counterpart = other.dictionary.by_name.get(fact.name)
        if counterpart == fact or not (_read(fact, side) and _read(counterpart, other)):
            continue
        domain = _domain(fact, side, other)
        chosen = tuple(
            number
            for number, atom in enumerate(domain.atoms)
            if counterpart is None or not _admitted(counterpart, other, atom.representative)
        )
        if chosen:
            yield ChangedValues(whole if counterpart is None else some, fact, domain, chosen)


def _read(fact: Fact | None, side: LinkedPolicy) -> bool:
    """Whether a dictionary's cell of allowed values could be read, if there is one."""
    return fact is None or fact.allowed is None or fact.name in side.allowed


def _domain(fact: Fact, side: LinkedPolicy, other: LinkedPolicy) -> Domain:
    allowed = other.allowed.get(fact.name)
    further = frozenset[object]() if allowed is None else test_constants(allowed.tests)
    return fact_domain_of(
        FEEL_TYPES[fact.type],
        side.allowed.get(fact.name),
        fact_constants(fact.name, side) | further,
        integer=fact.type is FactType.INTEGER,
        nullable=fact.nullable,
        marks=fact_marks(fact.name, side),
        named=not side.of_model,
    )


def _admitted(fact: Fact, side: LinkedPolicy, value: object) -> bool:
    """Whether a side's dictionary admits a value of a fact."""
    allowed = side.allowed.get(fact.name)
    if value is None:
        return fact.nullable or (allowed is not None and None in (allowed.values or ()))
    if type_of(value) is not FEEL_TYPES[fact.type]:
        return False
    return allowed is None or compile_unary_tests(allowed.tests)(value, {}) is True
