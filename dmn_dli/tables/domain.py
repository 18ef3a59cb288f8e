"""Domains and atoms: a fact's values cut into finitely many classes that every cell treats alike.

    [0..100] with the tests `0`, `(0..100)`, `100`:   {0}   (0..100)   {100}

Each atom has a representative, a value that answers every test as all values of the atom do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import field, frozen

from dmn_dli.feel import FeelType, compile_unary_tests, to_feel
from dmn_dli.feel.decimals import CONTEXT, number_between
from dmn_dli.feel.temporal import parse_temporal
from dmn_dli.runtime.marks import Mark, answers
from dmn_dli.runtime.words import folded
from dmn_dli.tables.constants import test_constants
from dmn_dli.tables.linked import AllowedValues
from dmn_dli.tables.orders import ORDERED, Order, order_of
from dmn_dli.tables.text_classes import TextClass, text_classes
from dmn_dli.tables.text_words import class_test

_ANY_OTHER = "any other text"

_OTHER_TEXT = f"\ufdd0{_ANY_OTHER}"
"""Stands for every string that no test names; starts with a noncharacter, so nobody types it.

FEEL must take it for the text that it is. People never see it: who shows an atom asks for `any_other` first.
"""

PARTED = ORDERED | {FeelType.STRING, FeelType.BOOLEAN}
"""The types whose values tests part into atoms."""

_SAMPLE_TEXTS = {
    FeelType.TIME: "12:00:00",
    FeelType.DATE_TIME: "2000-01-01T12:00:00",
}

_SMALL = 64
"""Integer ranges up to this many values are listed one by one."""


@frozen
class Atom:
    """A class of values that all tests treat alike.

    representative: one of its values. low, high: the bounds of an open interval
    (None: unbounded); both None and `single` true for a value of its own.
    texts: the class that marks make of strings, where they part them; `single` is false then.
    """

    representative: object
    single: bool = True
    low: object = None
    high: object = None
    texts: TextClass | None = None

    @property
    def any_other(self) -> bool:
        """Whether this is the class of all strings that no test names, nor any mark."""
        return self.representative == _OTHER_TEXT if self.texts is None else not self.texts.answers

    @property
    def shown(self) -> object:
        """One of its values to be shown: the representative, or the words `any other text`."""
        if self.any_other and (self.texts is None or not answers(self.texts.marks, _ANY_OTHER)):
            return _ANY_OTHER
        return self.representative

    @property
    def text(self) -> str:
        """The atom as FEEL text: a value, `(0..100)`, `> 100`, `starts with(?, "E11")`, `any other text`."""
        if self.any_other:
            return _ANY_OTHER
        if self.texts is not None:
            return class_test(self.texts)
        if self.single:
            return to_feel(self.representative)
        if self.low is None and self.high is None:
            return "-"
        if self.low is None:
            return f"< {to_feel(self.high)}"
        if self.high is None:
            return f"> {to_feel(self.low)}"
        return f"({to_feel(self.low)}..{to_feel(self.high)})"


@frozen(slots=False)
class Domain:
    """The atoms of a fact (or of a clause), in ascending or listed order.

    finite: every atom is one value, so that any expression may be tabulated over them.
    cuts: of an ordered type the sorted points; slot 2i+1 is point i, slot 2i the interval before it.
    slots: the atom of each slot, -1 where the domain has no value there.
    whole: there is one atom for all values of a type that tests are not traced to, such as lists; what holds
        of its representative need not hold of another value.
    marks: what parts the strings that `by_value` does not hold. classes: for each combination of answers
        (bit i: the i-th mark holds) that such a string can give the atom. named: whether a string that is one
        of those but for letter case and blanks is read as that one.
    """

    type: FeelType
    atoms: tuple[Atom, ...]
    finite: bool
    cuts: tuple[Any, ...] = ()
    slots: tuple[int, ...] = ()
    by_value: Mapping[object, int] = field(factory=dict)
    whole: bool = False
    marks: tuple[Mark, ...] = ()
    classes: Mapping[int, int] = field(factory=dict)
    named: bool = False

    @cached_property
    def null(self) -> int:
        """The atom of null, -1 where null is no value of the domain."""
        return next((i for i, atom in enumerate(self.atoms) if atom.representative is None), -1)

    @cached_property
    def other(self) -> int:
        """The atom of all strings not named, -1 where there is none."""
        return next((i for i, atom in enumerate(self.atoms) if atom.any_other), -1)

    @cached_property
    def _spelt(self) -> Mapping[object, int]:
        """The atoms of listed strings by what they are without letter case."""
        return {folded(value): atom for value, atom in self.by_value.items()}

    def locate(self, value: object) -> int:
        """The atom of a value of the domain's type, -1 where the domain does not hold it."""
        if value is None:
            return self.null
        if self.whole:
            return 0
        if self.slots:
            position = bisect_left(self.cuts, value)
            exact = position < len(self.cuts) and self.cuts[position] == value
            return self.slots[2 * position + exact]
        if self.marks and isinstance(value, str) and value not in self.by_value:
            spelt = self._spelt.get(folded(value), -1) if self.named else -1
            return spelt if spelt >= 0 else self.classes.get(answers(self.marks, value), -1)
        return self.by_value.get(value, self.other)


def enumerated_domain(type_: FeelType, values: Iterable[object], nullable: bool, other: bool) -> Domain:
    """A domain of single values, with null and "any other text" where asked for."""
    listed = [value for value in dict.fromkeys(values) if value is not None]
    atoms = [Atom(value) for value in listed]
    if other:
        atoms.append(Atom(_OTHER_TEXT))
    if nullable:
        atoms.append(Atom(None))
    by_value = {value: index for index, value in enumerate(listed)}
    return Domain(type_, tuple(atoms), finite=not other, by_value=by_value)


def domain_of(
    type_: FeelType,
    allowed: AllowedValues | None,
    constants: Iterable[object],
    *,
    integer: bool = False,
    nullable: bool = False,
    computed: bool = False,
    marks: Collection[Mark] = (),
    named: bool = False,
) -> Domain:
    """The domain of a fact or clause whose tests compare it with `constants`.

    allowed None means any value of the type. computed: whether dates may lie in years that no fact can have,
    before 1 or beyond 9999, as those may that FEEL works out. marks: what else tests ask of a string. named:
    whether letter case and blanks around it do not count where a string is one of the constants, as in facts
    of workbooks. Raises ValueError for a type that has no atoms here (lists, contexts, ANY), NotAnalysable
    where the marks make too many classes.
    """
    if type_ is FeelType.BOOLEAN:
        return enumerated_domain(type_, (False, True), nullable, other=False)
    if allowed is not None and allowed.values is not None:
        return enumerated_domain(type_, allowed.values, nullable or None in allowed.values, other=False)
    if type_ is FeelType.STRING:
        strings = sorted({constant for constant in constants if isinstance(constant, str)})
        if marks:
            return _marked_domain(type_, strings, frozenset(marks), nullable=nullable, named=named)
        return enumerated_domain(type_, strings, nullable, other=True)
    order = order_of(type_, integer=integer, computed=computed)
    if order is None:
        raise ValueError(f"values of the type {type_.name} have no atoms")
    return _cut_domain(type_, order, allowed, constants, integer=integer, nullable=nullable)


def _marked_domain(
    type_: FeelType, strings: Iterable[str], marks: Collection[Mark], *, nullable: bool, named: bool
) -> Domain:
    """A domain of single strings, and of classes of all others."""
    # Only the empty string is shorter than one character: a value, and no class.
    empty = [""] if any(mark.kind == "length" and mark.number == 1 for mark in marks) else []
    listed = tuple(dict.fromkeys([*empty, *strings]))
    found = text_classes(marks, listed, named=named)
    atoms = [
        *map(Atom, listed),
        *(Atom(each.sample, single=False, texts=each) for each in found),
        *([Atom(None)] if nullable else []),
    ]
    return Domain(
        type_,
        tuple(atoms),
        finite=False,
        by_value={value: place for place, value in enumerate(listed)},
        marks=found[0].marks,
        classes={each.answers: place for place, each in enumerate(found, len(listed))},
        named=named,
    )


def fact_domain_of(
    type_: FeelType,
    allowed: AllowedValues | None,
    constants: Iterable[object],
    *,
    integer: bool = False,
    nullable: bool = False,
    marks: Collection[Mark] = (),
    named: bool = False,
) -> Domain:
    """As `domain_of`; of a type whose values no tests part into atoms it is whole."""
    listed = allowed is not None and allowed.values is not None
    if listed or type_ in PARTED:
        return domain_of(
            type_, allowed, constants, integer=integer, nullable=nullable, marks=marks, named=named
        )
    atoms = [Atom(_sample(type_, allowed), single=False)]
    if nullable:
        atoms.append(Atom(None))
    return Domain(type_, tuple(atoms), finite=False, whole=True)


def _sample(type_: FeelType, allowed: AllowedValues | None) -> object:
    """A value of the type, one that is allowed where such a one is at hand."""
    text = _SAMPLE_TEXTS.get(type_)
    others: dict[FeelType, object] = {FeelType.LIST: [], FeelType.CONTEXT: {}}
    usual = others.get(type_, "") if text is None else parse_temporal(text)
    if allowed is None:
        return usual
    admits = compile_unary_tests(allowed.tests)
    near = sorted(test_constants(allowed.tests), key=repr)
    return next((each for each in (usual, *near) if admits(each, {}) is True), usual)


def _cut_domain(
    type_: FeelType,
    order: Order,
    allowed: AllowedValues | None,
    constants: Iterable[object],
    *,
    integer: bool,
    nullable: bool,
) -> Domain:
    stated = test_constants(allowed.tests) if allowed else frozenset()
    own: tuple[Any, ...] = tuple(sorted(filter(order.cut, stated)))  # of one type
    cuts = tuple(sorted(filter(order.cut, {*constants, *stated})))  # type: ignore[type-var]
    admits = compile_unary_tests(allowed.tests) if allowed else None
    listed = integer and _few_integers(own, admits)
    if listed:
        return enumerated_domain(type_, listed, nullable, other=False)
    atoms: list[Atom] = []
    slots: list[int] = []
    for slot in range(2 * len(cuts) + 1):
        atom = _slot_atom(cuts, slot, order)
        if atom is None or (admits is not None and admits(atom.representative, {}) is not True):
            slots.append(-1)
        else:
            slots.append(len(atoms))
            atoms.append(atom)
    if nullable:
        atoms.append(Atom(None))
    return Domain(type_, tuple(atoms), finite=False, cuts=cuts, slots=tuple(slots))


def _few_integers(cuts: tuple[Any, ...], admits: Any) -> list[object]:
    """All integers of a bounded range, if they are few."""
    if admits is None or not cuts or CONTEXT.subtract(cuts[-1], cuts[0]) > _SMALL:
        return []
    below, above = number_between(None, cuts[0]), number_between(cuts[-1], None)
    if admits(below, {}) is True or admits(above, {}) is True:
        return []
    first = int(cuts[0].to_integral_value(rounding="ROUND_CEILING"))
    last = int(cuts[-1].to_integral_value(rounding="ROUND_FLOOR"))
    numbers = [Decimal(number) for number in range(first, last + 1)]
    return [number for number in numbers if admits(number, {}) is True]


def _slot_atom(cuts: tuple[Any, ...], slot: int, order: Order) -> Atom | None:
    position, exact = divmod(slot, 2)
    if exact:
        return Atom(cuts[position]) if order.holds(cuts[position]) else None
    low = cuts[position - 1] if position else None
    high = cuts[position] if position < len(cuts) else None
    inside = order.between(low, high)
    return None if inside is None else Atom(inside, single=False, low=low, high=high)
