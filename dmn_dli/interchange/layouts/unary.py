"""What an input cell of another layout tests, as a small tree that is written again in our FEEL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from dmn_dli.feel.text import to_feel
from dmn_dli.interchange.layouts.drafts import Entry
from dmn_dli.interchange.layouts.operands import (
    BOOLEAN,
    DATE,
    NULL,
    NUMBER,
    OTHER,
    STRING,
    WORD,
    YES_NO,
    Operand,
    operand,
    parts_of,
    plain_text,
    value_of,
)
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import trim

_COMPARED = re.compile(r"(<=|>=|=<|=>|!=|<>|==|<|>|=)\s*(.+)", re.DOTALL)
_SIGNS = {"=<": "<=", "=>": ">=", "<>": "!=", "==": "="}
_INTERVAL = re.compile(r"([\[\]\(])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\]\)])", re.DOTALL)
_NEGATED = re.compile(r"not\s*\((.+)\)", re.DOTALL)
_IN = re.compile(r"in\s*([\[\(].*|\".*)", re.DOTALL)
_NOT_IN = re.compile(r"not\s+in\s*([\[\(].*|\".*)", re.DOTALL)
_BARE_NOT = re.compile(r"not\s+(\".*)", re.DOTALL)
_SHORT = re.compile(r"([a-z][a-z ]*[a-z])\s*\((.*)\)", re.DOTALL)
_OF_ONE = ("odd", "even", "all", "any")
_OF_TWO = (
    *("contains", "starts with", "ends with", "matches", "before", "after", "meets", "met by", "overlaps"),
    *("overlaps before", "overlaps after", "finishes", "finished by", "includes", "during", "starts"),
    *("started by", "coincides", "is"),
)
"""Functions that may leave out their first argument, which is then the column's value."""

_WITHIN = re.compile(r"(.+?)\s+in", re.DOTALL)
_ANY = ("", "-", "–", "—", "−")


@frozen
class Tests:
    """What a cell tests.

    form: `any`; `equal`, one of the operands; `compare`, by `sign`; `interval`, with its brackets in `sign`;
    `contains`; `other`, whose text is FEEL that is kept; or `tests`, one of the parts. negated: none of it.
    """

    form: str
    operands: tuple[Operand, ...] = ()
    sign: str = ""
    parts: tuple[Tests, ...] = ()
    negated: bool = False
    text: str = ""

    def leaves(self) -> Iterator[Tests]:
        """The tests without parts."""
        if not self.parts:
            yield self
        for each in self.parts:
            yield from each.leaves()

    @property
    def values(self) -> Iterator[Operand]:
        """All operands."""
        return (each for leaf in self.leaves() for each in leaf.operands)

    @property
    def finite(self) -> bool:
        """Whether it names values alone: neither a bound nor what is excluded."""
        return not self.negated and all(
            leaf.form in ("any", "equal") and not leaf.negated for leaf in self.leaves()
        )


def tests_of(entry: Entry) -> Tests:
    """What an entry tests; a blank one nothing, as all these layouts have it."""
    if entry.blank:
        return Tests("any")
    if entry.plain or entry.kind is not CellKind.TEXT:
        value = value_of(entry)
        return Tests("other", text=value.text) if value.kind == OTHER else Tests("equal", (value,))
    text = trim(plain_text(entry))
    return Tests("any") if text in _ANY else _tests(text)


@lru_cache(65_536)
def _tests(text: str) -> Tests:
    bare = _BARE_NOT.fullmatch(text)
    if bare is not None:
        return Tests("tests", parts=(_tests(trim(bare[1])),), negated=True)
    parts = [trim(each) for each in parts_of(text)]
    if len(parts) > 1 and all(parts):
        return Tests("tests", parts=tuple(_test(each) for each in parts))
    return _test(text)


def _test(text: str) -> Tests:
    negated = _NEGATED.fullmatch(text)
    if negated is not None and len(parts_of(text)) == 1:
        return Tests("tests", parts=(_tests(trim(negated[1])),), negated=True)
    inside = _IN.fullmatch(text)
    if inside is not None:
        return _inside(trim(inside[1]))
    outside = _NOT_IN.fullmatch(text)
    if outside is not None:
        return Tests("tests", parts=(_inside(trim(outside[1])),), negated=True)
    if text == "not()":
        return Tests("equal", (Operand(BOOLEAN, "false"),))
    interval = _INTERVAL.fullmatch(text)
    if interval is not None:
        ends = (operand(interval[2]), operand(interval[3]))
        return Tests("interval", ends, interval[1] + interval[4])
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        sign = _SIGNS.get(compared[1], compared[1])
        value = operand(compared[2])
        if sign == "=":
            return Tests("equal", (value,))
        if sign == "!=":
            return Tests("tests", parts=(Tests("equal", (value,)),), negated=True)
        return Tests("compare", (value,), sign)
    within = _WITHIN.fullmatch(text)
    if within is not None:
        return Tests("contains", (operand(within[1]),))
    value = operand(text)
    return Tests("other", text=_whole_call(text)) if value.kind == OTHER else Tests("equal", (value,))


def _whole_call(text: str) -> str:
    """The text, with the column's value as the first argument of a call that leaves it out."""
    call = _SHORT.fullmatch(text)
    if call is None:
        return text
    arguments = [each for each in parts_of(call[2]) if trim(each)]
    if call[1] in _OF_ONE and not arguments:
        return f"{call[1]}(?)"
    if call[1] in _OF_TWO and len(arguments) == 1:
        return f"{call[1]}(?, {trim(arguments[0])})"
    return text


def _inside(text: str) -> Tests:
    """What stands behind `in`: an interval, a list, or one of either in brackets."""
    if _INTERVAL.fullmatch(text):
        return _test(text)
    if text[0] + text[-1] in ("()", "[]"):
        return _tests(trim(text[1:-1]))
    return _tests(text)


Name: TypeAlias = Callable[[str], str | None]
"""What a text means in our workbook where it is a variable's name; None where it is none."""


def in_feel(tests: Tests, type_: str, name: Name) -> str:
    """The tests as an input cell of ours has them, in a column of that type."""
    if tests.form == "any":
        return "-"
    if tests.form == "tests":
        inner = ", ".join(in_feel(each, type_, name) for each in tests.parts)
        return f"not({inner})" if tests.negated else inner
    values = [_in_feel(each, type_, name) for each in tests.operands]
    if tests.form == "equal":
        return values[0]
    if tests.form == "compare":
        return f"{tests.sign} {values[0]}"
    if tests.form == "interval":
        return f"{tests.sign[0]}{values[0]}..{values[1]}{tests.sign[1]}"
    if tests.form == "contains":
        return f"contains(?, {values[0]})"
    return tests.text


def _in_feel(value: Operand, type_: str, name: Name) -> str:
    if value.kind in (WORD, OTHER):
        meant = name(value.text)
        if meant is not None:
            return meant
    return as_type(value, type_).feel


def as_type(value: Operand, type_: str) -> Operand:
    """The value as a column of that type holds it, where it can."""
    if type_ == "string" and value.kind in (NUMBER, BOOLEAN, DATE):
        return Operand(STRING, value.text)
    if type_ == "boolean" and value.text.casefold() in YES_NO and value.kind in (WORD, STRING):
        return Operand(BOOLEAN, YES_NO[value.text.casefold()])
    if type_ != "string" and value.kind == STRING and _reads_as(value.text, type_):
        return operand(value.text)
    return value


def _reads_as(text: str, type_: str) -> bool:
    kinds = {"number": NUMBER, "integer": NUMBER, "boolean": BOOLEAN, "date": DATE}
    return type_ in kinds and operand(text).kind == kinds[type_]


def type_of(values: Iterator[Operand]) -> str:
    """The type that these values have in common: string where they differ, "" where there are none."""
    kinds: set[str] = set()
    for each in values:
        if each.kind in (NULL, OTHER):
            continue
        yes_no = each.kind == WORD and each.text.casefold() in YES_NO
        kinds.add(BOOLEAN if yes_no else each.kind)
    if not kinds:
        return ""
    return next(iter(kinds)) if len(kinds) == 1 and not kinds & {STRING, WORD} else "string"


def literal(value: Operand) -> str:
    """A value in words of FEEL, for lists of allowed values."""
    return to_feel(value.text) if value.kind in (STRING, WORD) else value.feel
