"""The types of variables: what the file says, or what its cells have in common; and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from dmn_dli.feel.characters import STRING
from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.drafts import Column, Draft, Entry, ForeignBook, Role
from dmn_dli.interchange.layouts.expressions import Spellings
from dmn_dli.interchange.layouts.operands import NULL, OTHER, WORD, Operand, plain_text, value_of
from dmn_dli.interchange.layouts.resolving import Resolved
from dmn_dli.interchange.layouts.unary import Tests, as_type, literal, tests_of, type_of
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import plain_word

TYPES = {
    **dict.fromkeys(("string", "text", "str", "char"), "string"),
    **dict.fromkeys(("integer", "int", "long", "short"), "integer"),
    **dict.fromkeys(("number", "double", "float", "decimal", "bigdecimal", "numeric"), "number"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    "date": "date",
}
"""Words for types in other people's tables, and the type of a fact of ours."""

_MOST_VALUES = 200

_SUM = re.compile(r"[-+*/]")
_DATED = re.compile(r"(?:^|[^a-z])date$|[a-z]Date$|birthdate$", re.IGNORECASE)
_DAY_PART = re.compile(r"\.\s*(?:year|month|day|weekday)\b")


@define
class _Seen:
    """What is known of a variable: the values that tests and outputs name, and what the file says."""

    values: list[Operand] = field(factory=list)
    finite: bool = True
    told: str = ""
    told_at: str = ""
    listed: Entry | None = None
    computed: bool = False
    hints: set[str] = field(factory=set)


@frozen
class Kind:
    """A variable's type, and its allowed values as FEEL (None: any)."""

    type: str
    allowed: str | None = None


def kinds_of(book: ForeignBook, found: Resolved, guesses: list[Guess]) -> Mapping[str, Kind]:
    """The kind of each variable, and of each column whose heading is FEEL, by its folded name or heading."""
    seen: dict[str, _Seen] = {}
    for each in book.variables:
        if each.type:
            told = seen.setdefault(plain_word(each.name), _Seen())
            told.told, told.told_at = each.type, f'variable "{each.name}"'
    spellings = Spellings(found.spellings)
    for number, table in enumerate(found.tables):
        names = found.names(number)
        for text in _formulas(table.draft):
            for key, hint in _hints(text, spellings):
                seen.setdefault(key, _Seen()).hints.add(hint)
        for position, column in enumerate(table.draft.columns):
            if column.role is Role.NOTE:
                continue
            one = seen.setdefault(key_of(column, found), _Seen())
            if column.type:
                one.told, one.told_at = column.type, column.place
            if column.allowed is not None and not column.allowed.blank:
                _take(one, tests_of(column.allowed), Spellings({}))
                if one.listed is None and tests_of(column.allowed).finite:
                    one.listed = column.allowed
            for row in table.draft.rows:
                entry = row.entries[position]
                if column.role is Role.INPUT:
                    _take(one, tests_of(entry), names)
                elif not entry.blank:
                    _take_output(one, entry, names)
    return {key: _kind(key, each, found, guesses) for key, each in seen.items()}


def _formulas(draft: Draft) -> Iterator[str]:
    """The texts of a table that may be FEEL which reckons."""
    for column in draft.columns:
        if column.expression:
            yield column.heading
    for row in draft.rows:
        for column, entry in zip(draft.columns, row.entries, strict=True):
            if column.role is not Role.NOTE and entry.kind is CellKind.TEXT and not entry.plain:
                yield plain_text(entry)


def _hints(text: str, spellings: Spellings) -> Iterator[tuple[str, str]]:
    """What an expression does with the variables in it: it takes a part of a day, or reckons."""
    if text in spellings:
        return
    for key in sorted(spellings.mentioned(text)):
        if _DAY_PART.search(text):
            yield key, "date"
        elif _SUM.search(STRING.sub(" ", text)):
            yield key, "number"


def key_of(column: Column, found: Resolved) -> str:
    """By what the kind of a column is found."""
    return f"={column.heading}" if column.expression else found.variable(column.heading)


def _take(one: _Seen, tests: Tests, names: Spellings) -> None:
    one.finite = one.finite and tests.finite
    if any(leaf.form in ("compare", "interval") for leaf in tests.leaves()):
        one.hints.add("number")
    for value in tests.values:
        if value.kind in (WORD, OTHER) and value.text in names:
            one.finite = False
        else:
            one.values.append(value)


def _take_output(one: _Seen, entry: Entry, names: Spellings) -> None:
    value = value_of(entry)
    if value.kind in (WORD, OTHER) and is_computed(entry, names):
        one.computed = True
        text = plain_text(entry)
        if '"' in text:
            one.hints.add("string")
    else:
        one.values.append(value)


def is_computed(entry: Entry, names: Spellings) -> bool:
    """Whether an output's cell is FEEL that reckons, and no value that stands there."""
    if entry.blank:
        return False
    if entry.plain or entry.kind is not CellKind.TEXT:
        return value_of(entry).kind == OTHER
    text = plain_text(entry)
    value = value_of(entry)
    if value.kind not in (WORD, OTHER):
        return False
    return text in names or names.is_expression(text)


def _kind(key: str, one: _Seen, found: Resolved, guesses: list[Guess]) -> Kind:
    type_ = _type(key, one, found, guesses)
    if type_ != "string" or not key or key.startswith("="):
        return Kind(type_)
    listed = one.listed
    values = list(tests_of(listed).values) if listed is not None else one.values
    closed = listed is not None or (one.finite and not one.computed)
    words = list(
        dict.fromkeys(literal(as_type(each, "string")) for each in values if each.kind not in (NULL, OTHER))
    )
    return Kind(type_, ", ".join(words) if closed and 1 < len(words) <= _MOST_VALUES else None)


def _type(key: str, one: _Seen, found: Resolved, guesses: list[Guess]) -> str:
    common = type_of(iter(one.values))
    if one.told:
        meant = TYPES.get(plain_word(one.told))
        if meant is not None:
            return meant
        label = found.labels.get(key, key)
        said = f'The type "{one.told}" is none of a fact\'s; "{label}" is taken for {common or "string"}.'
        guesses.append(Guess(one.told_at, said))
    if common:
        return common
    if one.hints != {"string"} and _DATED.search(found.labels.get(key, key)):
        return "date"
    hinted = next((each for each in ("string", "date", "number") if each in one.hints), "")
    return hinted or ("number" if one.computed else "string")
