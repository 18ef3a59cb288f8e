"""A case's facts: each value checked against the dictionary and placed in its class."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from dmn_dli.source.runtime.terms import Fact, Known


class DeterminationError(Exception):
    """No determination: `kind` is `case` or `table`, `problems` says all that is wrong at once."""

    def __init__(self, kind: str, problems: Sequence[dict[str, Any]]) -> None:
        """Sum up the problems in `message`."""
        what = "The case cannot be evaluated" if kind == "case" else "The tables cannot decide this case"
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        self.kind = kind
        first = problems[0]["reason"]
        self.message = f"{what}: {first}{more}"
        self.problems = list(problems)
        super().__init__(self.message)


def read_facts(known: Mapping[str, Fact], given: Mapping[str, Any]) -> Known:
    """The classes and values of the facts that are given. Raises DeterminationError with all problems."""
    classes: dict[str, int] = dict.fromkeys(known, 0)
    values: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        fact = known.get(name)
        if fact is None:
            if not name.startswith("_"):
                labels = [each.label for each in known.values()]
                problems.append(
                    _problem(f'"{name}" is no fact.{_nearest(name, [*known, *labels])}', fact=name)
                )
            continue
        try:
            found = None if value is None else canonical(fact, value)
            classes[name] = class_of(fact, found)
        except ValueError as reason:
            problems.append(_wrong_value(name, fact, value, str(reason)))
        else:
            if found is not None or fact.null:
                values[name] = found
    if problems:
        raise DeterminationError("case", problems)
    return Known(classes, values)


def canonical(fact: Fact, value: Any) -> Any:
    """The value that a given value stands for. Raises ValueError for one of another type."""
    if fact.type == "boolean":
        if value.__class__ is not bool:
            raise ValueError("true or false is expected")
        return value
    if fact.type in ("number", "integer"):
        return _number(fact, value)
    if fact.type == "date":
        return _date(value)
    if isinstance(value, str):
        return _spelt(fact, value.strip())
    raise ValueError("text is expected")


def class_of(fact: Fact, value: Any) -> int:
    """The class of a canonical value. Raises ValueError where the dictionary does not allow it."""
    if value is None:
        return fact.null
    if fact.slots:
        position = bisect_left(fact.cuts, value)
        exact = position < len(fact.cuts) and fact.cuts[position] == value
        found = fact.slots[2 * position + exact]
    else:
        found = fact.values.index(value) + 1 if value in fact.values else fact.other
    if not found:
        raise ValueError("it is not among the allowed values")
    return found


def _spelt(fact: Fact, text: str) -> str:
    """The text as the tables spell it; letter case and blanks make no difference."""
    spelt: dict[str, str] = {_folded(each): each for each in fact.values}
    return text if text in fact.values else spelt.get(_folded(text), text)


def _number(fact: Fact, value: Any) -> Decimal:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    number = Decimal(repr(value) if isinstance(value, float) else value) if is_number else Decimal("NaN")
    if not number.is_finite():
        raise ValueError("a number is expected")
    if fact.type == "integer" and number != number.to_integral_value():
        raise ValueError("a whole number is expected")
    return number


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    stripped = value.strip() if isinstance(value, str) else ""
    if len(stripped) == 10 and stripped[7] == "-":
        try:
            return date.fromisoformat(stripped)
        except ValueError:
            pass
    raise ValueError("a date such as 2025-02-12 is expected")


def _folded(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _wrong_value(name: str, fact: Fact, value: Any, reason: str) -> dict[str, Any]:
    shown = _plain(value)
    allowed = f"; allowed: {fact.allowed}" if fact.allowed else ""
    if fact.slots or fact.other:
        values = [fact.allowed] if fact.allowed else None
    else:
        values = [_plain(each) for each in fact.values]
    texts = [each for each in values or () if isinstance(each, str)]
    hint = _nearest(value, texts) if isinstance(value, str) else ""
    stop = "." if hint else ""
    return _problem(
        f"{fact.label} ({name}) is {shown!r}: {reason}{allowed}{stop}{hint}",
        fact=name,
        value=shown,
        allowed_values=values,
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        if value.adjusted() > 308:
            return str(value)
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _nearest(word: str, known: Iterable[str]) -> str:
    by_folded: dict[str, str] = {}
    for each in known:
        by_folded.setdefault(each.casefold(), each)
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f' Did you mean "{by_folded[found[0]]}"?' if found else ""


def _problem(reason: str, **details: Any) -> dict[str, Any]:
    empty = {"fact": None, "value": None, "reason": reason, "allowed_values": None}
    return empty | {"decision": None, "rules": [], "cell": None} | details
