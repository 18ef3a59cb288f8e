"""Which types operators, dots and built-ins take, and what they give (DMN 1.5, section 10.3.2.15).

Where a function answers with a text instead of a type, the operation can never
work, and the text says so in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.feel.builtins import Builtin
from dmn_dli.feel.builtins.registry import Formal, Overload
from dmn_dli.feel.item_types import ItemType, item_of, joined, list_of
from dmn_dli.feel.members import PROPERTY_NAMES, PROPERTY_TYPES
from dmn_dli.feel.value_types import CLASSES, FeelType

_OPEN = frozenset({FeelType.ANY, FeelType.NULL})
_ORDERED = frozenset({
    FeelType.STRING, FeelType.NUMBER, FeelType.DATE, FeelType.TIME, FeelType.DATE_TIME,
    FeelType.DAYS_DURATION, FeelType.YEARS_DURATION,
})  # fmt: skip
_NUMBER, _DAYS, _YEARS = FeelType.NUMBER, FeelType.DAYS_DURATION, FeelType.YEARS_DURATION
_MOMENTS = (FeelType.DATE, FeelType.DATE_TIME)

_ARTICLES = {
    FeelType.STRING: "text", FeelType.NUMBER: "a number", FeelType.BOOLEAN: "true or false (yes or no)",
    FeelType.DATE: "a date", FeelType.TIME: "a time", FeelType.DATE_TIME: "a date and time",
    FeelType.DAYS_DURATION: "a duration in days", FeelType.YEARS_DURATION: "a duration in years and months",
    FeelType.LIST: "a list", FeelType.CONTEXT: "a context", FeelType.RANGE: "a range",
    FeelType.FUNCTION: "a function", FeelType.NULL: "null", FeelType.ANY: "any value",
}  # fmt: skip

_SUMS: dict[tuple[FeelType, FeelType], FeelType] = {
    (FeelType.STRING, FeelType.STRING): FeelType.STRING,
    (_NUMBER, _NUMBER): _NUMBER,
    (_DAYS, _DAYS): _DAYS,
    (_YEARS, _YEARS): _YEARS,
    **{(moment, _YEARS): moment for moment in _MOMENTS},
    **{(moment, _DAYS): moment for moment in (*_MOMENTS, FeelType.TIME)},
}
_DIFFERENCES = {
    **{pair: kind for pair, kind in _SUMS.items() if FeelType.STRING not in pair},
    **{(left, right): _DAYS for left in _MOMENTS for right in _MOMENTS},
    (FeelType.TIME, FeelType.TIME): _DAYS,
}
_SCALINGS = {(_NUMBER, _NUMBER): _NUMBER, (_DAYS, _NUMBER): _DAYS, (_YEARS, _NUMBER): _YEARS}
_RESULTS: dict[str, Mapping[tuple[FeelType, FeelType], FeelType]] = {
    "+": {**_SUMS, **{(right, left): kind for (left, right), kind in _SUMS.items()}},
    "-": _DIFFERENCES,
    "*": {**_SCALINGS, **{(right, left): kind for (left, right), kind in _SCALINGS.items()}},
    "/": {**_SCALINGS, (_DAYS, _DAYS): _NUMBER, (_YEARS, _YEARS): _NUMBER},
    "**": {(_NUMBER, _NUMBER): _NUMBER},
}
# Built-ins that give a list of what their first argument, a list, holds.
_KEEP_ITEMS = frozenset({
    "distinct values", "list replace", "remove", "reverse", "sort", "sublist",
})  # fmt: skip
_GIVE_AN_ITEM = frozenset({"min", "max"})
_JOIN_ITEMS = frozenset({"append", "concatenate", "insert before", "union"})
_VERBS = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "**": "raised to a power"}


def article(kind: FeelType) -> str:
    """The type as a sentence names a value of it: `a number`, `text`."""
    return _ARTICLES[kind]


def comparable(left: FeelType, right: FeelType) -> bool:
    """Whether `=` may be true of values of these types."""
    return left is right or left in _OPEN or right in _OPEN


def ordered(left: FeelType, right: FeelType) -> bool:
    """Whether `<` may be true of values of these types."""
    return comparable(left, right) and all(kind in _ORDERED or kind in _OPEN for kind in (left, right))


def negatable(kind: FeelType) -> bool:
    """Whether `-` before a value of the type may have a value."""
    return kind in (_NUMBER, _DAYS, _YEARS) or kind in _OPEN


def arithmetic_type(operator: str, left: FeelType, right: FeelType) -> FeelType | str:
    """The type of `left operator right`, or why it never has a value."""
    results = _RESULTS[operator]
    possible = {
        kind
        for (one, other), kind in results.items()
        if (one is left or left in _OPEN) and (other is right or right in _OPEN)
    }
    if not possible:
        return f"{article(left)} and {article(right)} cannot be {_VERBS[operator]}"
    return possible.pop() if len(possible) == 1 else FeelType.ANY


def member_type(kind: FeelType, name: str) -> FeelType | str:
    """The type of `value.name`, or why there is no such member."""
    if kind in (FeelType.ANY, FeelType.NULL, FeelType.LIST, FeelType.CONTEXT):
        return FeelType.ANY
    names = PROPERTY_NAMES.get(CLASSES[kind], frozenset())
    if name not in names:
        has = f"it has {', '.join(sorted(names))}" if names else "it has nothing behind a dot"
        return f"{article(kind)} has no `{name}`; {has}"
    return PROPERTY_TYPES.get(name, FeelType.ANY if kind is FeelType.RANGE else FeelType.NUMBER)


_ADDED = frozenset({FeelType.NUMBER, FeelType.DATE, FeelType.DAYS_DURATION, FeelType.YEARS_DURATION})
"""The kinds of arguments of which `sum` is of the same kind."""


def invocation_problem(
    function: Builtin, arguments: Sequence[FeelType], named: Mapping[str, FeelType]
) -> FeelType | str:
    """The type of a built-in's value for arguments of these types, or why it never has one."""
    if named:
        placed = [(overload, _placed(overload, named)) for overload in function.overloads]
        candidates = [(overload, kinds) for overload, kinds in placed if kinds is not None]
        if not candidates:
            return f"`{function.name}` has no such parameters; it takes {_forms(function)}"
    else:
        candidates = [(each, arguments) for each in function.overloads if each.admits(len(arguments))]
        if not candidates:
            return f"`{function.name}` has another number of arguments; it takes {_forms(function)}"
    fitting = {overload.result for overload, kinds in candidates if _fits(overload, kinds)}
    if not fitting:
        given = " and ".join(article(kind) for kind in (*arguments, *named.values()))
        return f"`{function.name}` does not work on {given}; it takes {_forms(function)}"
    if function.name == "sum" and len(arguments) > 1 and len({*arguments}) == 1:
        return arguments[0] if arguments[0] in _ADDED else FeelType.ANY
    return fitting.pop() if len(fitting) == 1 else FeelType.ANY


def _placed(overload: Overload, named: Mapping[str, FeelType]) -> Sequence[FeelType] | None:
    placed = overload.placed(dict.fromkeys(named))
    if placed is None:
        return None
    return [named.get(formal.name, FeelType.NULL) for formal in overload.formals[: len(placed)]]


def _fits(overload: Overload, kinds: Sequence[FeelType]) -> bool:
    return all(_may_fit(overload.formal(place), kind) for place, kind in enumerate(kinds))


def _may_fit(formal: Formal, kind: FeelType) -> bool:
    # A list may hold the one value that is due, and a value stand for the list of it.
    return kind in formal.types or kind in _OPEN or kind is FeelType.LIST or FeelType.LIST in formal.types


def _forms(function: Builtin) -> str:
    texts = []
    for overload in function.overloads:
        names = [formal.name + (", …" if formal.variadic else "") for formal in overload.formals]
        text = f"({', '.join(names)})"
        if text not in texts:
            texts.append(text)
    return " or ".join(texts)


def with_items(name: str, type_: ItemType, arguments: Sequence[ItemType]) -> ItemType:
    """What a built-in gives of lists: a list with the type of its items, or an item, where that is known."""
    if name in _GIVE_AN_ITEM and arguments:
        return joined(map(item_of, arguments))
    if type_.basic is not FeelType.LIST or not arguments:
        return type_
    if name in _KEEP_ITEMS:
        return list_of(item_of(arguments[0]))
    return list_of(joined(map(item_of, arguments))) if name in _JOIN_ITEMS else type_
