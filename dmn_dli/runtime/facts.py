"""A case's facts: each value checked against the dictionary and placed in its atom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from math import inf, nextafter
from typing import Any

from dmn_dli.runtime.errors import CaseError, Problem, problem
from dmn_dli.runtime.marks import answers
from dmn_dli.runtime.policy import Fact
from dmn_dli.runtime.scalars import LARGEST_EXPONENT, in_bounds, is_missing, plain, reported
from dmn_dli.runtime.values import json_value
from dmn_dli.runtime.words import composed, folded

ABSENT = object()
"""Stands for a fact that is not given."""

_KEEP = 2_048
"""How many values a fact's memory holds before it starts afresh."""


_FEEL = Context(prec=34, rounding=ROUND_HALF_EVEN)
"""The digits that a number of FEEL has (DMN 10.3.2.3.1, decimal128); what has more is rounded."""

_FAR = 15
"""Up to this power of ten, up and down, clauses over several facts are followed without rounding."""


class NotAValue(Exception):
    """A value that the fact cannot have, with the reason in words."""


class Memory(dict[Any, Any]):
    """What the values of one type stand for; values not seen before are looked into and remembered."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        """Start empty; `find` says what a value stands for, and may raise NotAValue."""
        super().__init__()
        self.find = find

    def __missing__(self, value: Any) -> Any:
        """Find and remember what a new value stands for. Raises NotAValue."""
        found = self.find(value)
        if len(self) >= _KEEP:
            self.clear()
        self[value] = found
        return found


class Afresh:
    """In place of a memory, for values that may be equal and yet stand for different things."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        self.find = find

    def __getitem__(self, value: Any) -> Any:
        return self.find(value)


class Memories(dict[type, "Memory | Afresh"]):
    """The memories of one fact's values by their types.

    Python, and numpy, hold true and 1 for equal, a float and the decimal of all its digits, and one moment in
    two time zones; to a fact they are not the same.
    """

    def __init__(self, find: Callable[[Any], Any]) -> None:
        """Start empty; `find` as of each memory."""
        super().__init__()
        self.find = find

    def __missing__(self, kind: type) -> Memory | Afresh:
        """The memory of a type not met before."""
        made = Afresh(self.find) if issubclass(kind, datetime) else Memory(self.find)
        self[kind] = made
        return made


class FactReader:
    """Reads the values of one fact."""

    def __init__(self, fact: Fact) -> None:
        """Take the fact as the compiled policy has it."""
        self.name = fact.name
        self.label = fact.label
        self.type = fact.type
        self.question = fact.question
        self.unit = fact.unit
        self.allowed = fact.allowed
        self.variable = fact.variable
        self.null = fact.null
        self.nullable = fact.nullable
        self.other = fact.other
        self.marks = fact.marks
        self.classes = fact.classes
        self.slots = fact.slots
        self.cuts = fact.cuts
        self.values = fact.values
        atoms = {value: atom for atom, value in enumerate(fact.values, 1)}
        # Two texts of the tables may differ in letter case alone: what is written exactly so comes first.
        self._places = {folded(value): atom for value, atom in atoms.items()} | atoms
        self._canonical = {folded(value): value for value in atoms} | {value: value for value in atoms}
        self.has_fine = False
        """Whether a value was `fine` so far."""
        self.atoms = Memories(self._atom)
        self.canonicals = Memories(self.given_value)

    def canonical(self, value: Any) -> Any:
        """The FEEL value that a given value stands for.

        Raises NotAValue for one of another type, and for what stands for none.
        """
        if value.__class__ is not str:
            if is_missing(value):
                raise NotAValue("a value is expected")
            value = plain(value)
        match self.type:
            case "boolean":
                if value.__class__ is not bool:
                    raise NotAValue("true or false is expected")
                return value
            case "number" | "integer":
                return self._number(value)
            case "date":
                return _date(value)
        if not isinstance(value, str):
            raise NotAValue("text is expected")
        stripped = composed(value.strip())
        return self._canonical.get(stripped) or self._canonical.get(folded(stripped), stripped)

    def _atom(self, value: Any) -> int:
        """The atom of what a case says. Raises NotAValue, also for what stands for none."""
        # Null is unknown, atom 0, or a value of a nullable fact.
        return self.null if value is None else self.place(self.canonical(value))

    def given_value(self, value: Any) -> Any:
        """The canonical value of what a case says; ABSENT where that is nothing. Raises NotAValue."""
        if value is None:
            return None if self.nullable else ABSENT
        return ABSENT if value is ABSENT or is_missing(value) else self.canonical(value)

    def place(self, value: Any) -> int:
        """The atom of a canonical value. Raises NotAValue where the dictionary does not allow it."""
        if value is None:
            return self.null
        if self.slots:
            position = bisect_left(self.cuts, value)
            exact = position < len(self.cuts) and self.cuts[position] == value
            self.has_fine = self.has_fine or self.is_fine(value)
            atom = self.slots[2 * position + exact]
        else:
            atom = self._places.get(value) or self._places.get(folded(value)) or self.text_class(value)
        if not atom:
            raise NotAValue("it is not among the allowed values")
        return atom

    def is_fine(self, value: Any) -> bool:
        """Whether a number is one of which atoms may be wrong, so that the tables are better asked.

        One lies beside a cut, and has more digits than a float's: where a clause's answer changes, the cut is
        a number that a float is written as. Or it is so large, or small, that beside it others vanish.
        """
        if value.__class__ is not Decimal or not value:
            return False
        if not -_FAR <= value.adjusted() <= _FAR:
            return True
        nearest = float(value)
        written = Decimal(repr(nearest))
        if written == value:
            return False
        beyond = Decimal(repr(nextafter(nearest, inf if written < value else -inf)))
        position = bisect_left(self.cuts, min(written, beyond))
        return position < len(self.cuts) and bool(self.cuts[position] <= max(written, beyond))

    def text_class(self, value: Any) -> int:
        """The atom of a text that is none of the tables' own; 0 where there is no other."""
        return self.classes.get(answers(self.marks, value), 0) if self.marks else self.other

    @property
    def any_text(self) -> bool:
        """Whether there is more text than the tables' own."""
        return bool(self.other or self.marks)

    def _number(self, value: Any) -> Decimal:
        if isinstance(value, str):
            raise NotAValue(_no_number(value))
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise NotAValue("a number is expected")
        if isinstance(value, int) and not in_bounds(value):
            raise NotAValue(_BOUNDS)
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise NotAValue("a number is expected")
        if not in_bounds(number):
            raise NotAValue(_BOUNDS)
        if self.type == "integer" and number != number.to_integral_value():
            raise NotAValue("a whole number is expected")
        return _FEEL.plus(number)

    def from_text(self, text: str) -> Any:
        """What text from csv or a worksheet stands for: None for blank, else by the fact's type.

        `null` is null. Text that does not fit the type is returned as it is, for `canonical` to refuse.
        """
        stripped = text.strip()
        if not stripped or stripped.casefold() == "null":
            return None
        match self.type:
            case "boolean":
                return {"true": True, "yes": True, "false": False, "no": False}.get(
                    stripped.casefold(), stripped
                )
            case "number" | "integer":
                number = _parsed(stripped)
                return stripped if number is None or not in_bounds(number) else number
        return stripped

    def problem(self, value: Any, reason: str) -> Problem:
        """A problem with a value of this fact."""
        from dmn_dli.runtime.nearest import did_you_mean

        shown = reported(value)
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        listed = self.allowed_values
        known = [each for each in listed or () if isinstance(each, str)]
        hint = did_you_mean(shown, known) if isinstance(value, str) else ""
        hint = f".{hint}" if hint else ""
        named = f" ({self.name})" if self.name != self.label else ""
        return problem(
            f"{self.label}{named} is {shown!r}: {reason}{allowed}{hint}",
            fact=self.name,
            value=value,
            allowed_values=listed,
        )

    def given(self, value: Any) -> str:
        """The fact with a canonical value, in words: label, value and unit."""
        if value is None or value.__class__ is bool:
            return f"{self.label} {'null' if value is None else 'Yes' if value else 'No'}"
        return f"{self.label} {json_value(value)} {self.unit}".rstrip()

    @property
    def allowed_values(self) -> list[Any] | None:
        """The allowed values as JSON, a range as its text; None where any value goes."""
        if self.slots or self.any_text:
            return [self.allowed] if self.allowed else None
        return [json_value(value) for value in self.values]


class CaseReader:
    """Reads whole cases with the facts of one dictionary."""

    def __init__(self, facts: Iterable[Fact], variables: int) -> None:
        """Take a policy's facts; `variables` is the number of diagram variables."""
        self.facts = {fact.name: FactReader(fact) for fact in facts}
        self._entries = {name: (fact.variable, fact.atoms) for name, fact in self.facts.items()}
        self._size = variables + 1

    def atoms(self, facts: Mapping[str, Any]) -> list[int]:
        """The atom of each variable, 0 where it is unknown. Raises CaseError with all problems."""
        atoms = [0] * self._size
        entries = self._entries
        try:
            for name, value in facts.items():
                variable, memories = entries[name]
                atoms[variable] = memories[value.__class__][value]
        except (KeyError, TypeError, NotAValue):
            return self._careful(facts)
        return atoms

    def _careful(self, facts: Mapping[str, Any]) -> list[int]:
        atoms = [0] * self._size
        problems: list[Problem] = []
        for name, value in facts.items():
            fact = self.facts.get(name)
            if fact is None:
                if not str(name).startswith("_"):
                    problems.append(unknown_fact(str(name), self.facts))
                continue
            if is_missing(value):
                continue
            try:
                atoms[fact.variable] = fact.null if value is None else fact.place(fact.canonical(value))
            except NotAValue as reason:
                problems.append(fact.problem(value, str(reason)))
        if problems:
            raise CaseError(problems)
        return atoms

    def values(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The canonical FEEL value of each fact that is given; null only where it is a value.

        Raises NotAValue, though not for what `atoms` accepts.
        """
        found = {}
        for name, value in facts.items():
            reader = self.facts.get(name)
            if reader is None:
                continue
            try:
                canonical = reader.canonicals[value.__class__][value]
            except TypeError:  # a value without a hash, which an array may give
                canonical = reader.given_value(value)
            if canonical is not ABSENT:
                found[name] = canonical
        return found

    def day(self, name: str, facts: Mapping[str, Any]) -> str | None:
        """The value of a date fact as ISO text; None where it is not given, or is no fact here.

        Raises NotAValue, though not for what `atoms` accepts.
        """
        value = facts.get(name)
        if value is None or name not in self.facts or (value.__class__ is not str and is_missing(value)):
            return None
        found: date = self.facts[name].canonical(value)
        return found.isoformat()


def unknown_fact(name: str, facts: Mapping[str, FactReader]) -> Problem:
    """The problem of a key that is no fact."""
    from dmn_dli.runtime.nearest import did_you_mean

    known = [*facts, *[fact.label for fact in facts.values()]]
    return problem(f'"{name}" is no fact.{did_you_mean(name, known)}', fact=name)


_BOUNDS = f"a number of at most {LARGEST_EXPONENT:,} digits is expected"


def _parsed(text: str) -> Decimal | None:
    """The finite number that a text is, or None. Python's underscores between digits are no part of one."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and "_" not in text else None


def _no_number(text: str) -> str:
    """What is expected instead of a text."""
    expected = "a number is expected"
    number = _parsed(text.strip())
    if number is not None:
        return expected if in_bounds(number) else _BOUNDS
    pointed = text.strip().replace(",", ".", 1)
    if "," in text and _parsed(pointed) is not None:
        return f"{expected}; write {pointed} if its comma stands before the decimals"
    return expected


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        if value.time() != time() or getattr(value, "nanosecond", False):  # pandas' moments are as fine
            raise NotAValue("a date without a time of day is expected, such as 2025-02-12")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        stripped = value.strip()
        if len(stripped) == 10 and stripped[7] == "-":  # else a week, such as 2025-W07-3
            try:
                return date.fromisoformat(stripped)
            except ValueError:
                pass
    raise NotAValue("a date such as 2025-02-12 is expected")
