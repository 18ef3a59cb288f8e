"""List functions that pick and rearrange (DMN 1.5, section 10.3.4.4), and `sort` (10.3.4.9)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from functools import cmp_to_key

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.comparison import equality_key, feel_equal
from dmn_dli.feel.reasons import note
from dmn_dli.feel.values import FunctionValue

_TWO = "is a function of two parameters, not of {}"


def _place(items: list[object], position: Decimal) -> int | None:
    """The 0-based index of a 1-based position, from the end where negative; None where there is none."""
    place = int(position)
    if not place or abs(place) > len(items):
        note("there is no item {} in {}", position, items)
        return None
    return place - 1 if place > 0 else len(items) + place


def _count(function: FunctionValue) -> Decimal:
    """How many parameters the function has."""
    return Decimal(len(function.parameters))


def _distinct(items: list[object]) -> list[object]:
    """The items without those that equal an earlier one."""
    bounded(items)
    kept: dict[Hashable, object] = {}
    for item in items:
        kept.setdefault(equality_key(item), item)
    return list(kept.values())


@builtin("list contains", "list: list, element: Any", "boolean")
def list_contains(items: list[object], element: object) -> bool:
    """Whether an item equals the element; null is found, too."""
    return any(feel_equal(item, element) is True for item in items)


@builtin("sublist", "list: list, start position: number, length?: number", "list")
def sublist(items: list[object], start: Decimal, length: Decimal | None = None) -> list[object] | None:
    """The items from a position on, at most `length` of them."""
    begin = _place(items, start)
    if begin is None:
        return None
    if length is not None and length < 1:
        note("the parameter `length` of `sublist` is at least 1, not {}", length)
        return None
    return items[begin:] if length is None else items[begin : begin + int(length)]


@builtin("append", "list: list, item...: Any", "list")
def append(items: list[object], *more: object) -> list[object]:
    """The list with the further items at its end."""
    return [*items, *more]


@builtin("concatenate", "list...: list", "list")
def concatenate(*lists: list[object]) -> list[object]:
    """All lists in one."""
    return [item for items in lists for item in items]


@builtin("insert before", "list: list, position: number, newItem: Any", "list")
def insert_before(items: list[object], position: Decimal, item: object) -> list[object] | None:
    """The list with the item put before that position."""
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place:]]


@builtin("remove", "list: list, position: number", "list")
def remove(items: list[object], position: Decimal) -> list[object] | None:
    """The list without the item at that position."""
    place = _place(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


@builtin("list replace", "list: list, position: number, newItem: Any", "list")
def replace_at(items: list[object], position: Decimal, item: object) -> list[object] | None:
    """The list with another item at that position."""
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: Any", "list")
def replace_where(items: list[object], match: FunctionValue, item: object) -> list[object] | None:
    """The list with another item wherever `match(item, newItem)` is true; null where it is no boolean."""
    if len(match.parameters) != 2:
        note(
            "the parameter `match` of `list replace` is a function of two parameters, not of {}",
            _count(match),
        )
        return None
    answers = [match.body(old, item) for old in items]
    if not all(answer is True or answer is False for answer in answers):
        return None
    return [item if answer else old for old, answer in zip(items, answers, strict=True)]


@builtin("reverse", "list: list", "list")
def reverse(items: list[object]) -> list[object]:
    """The list from its end."""
    return items[::-1]


@builtin("index of", "list: list, match: Any", "list")
def index_of(items: list[object], match: object) -> list[object]:
    """The positions of the items that equal `match`, 1-based."""
    return [Decimal(place) for place, item in enumerate(items, 1) if feel_equal(item, match) is True]


@builtin("union", "list...: list", "list")
def union(*lists: list[object]) -> list[object]:
    """All lists in one, without repeats."""
    return _distinct(concatenate(*lists))  # type: ignore[arg-type]


@builtin("distinct values", "list: list", "list")
def distinct_values(items: list[object]) -> list[object]:
    """The list without repeats."""
    return _distinct(items)


@builtin("flatten", "list: list", "list")
def flatten(items: list[object]) -> list[object]:
    """The list without lists inside: their items stand in their place."""
    bounded(items)
    return list(_flat(items))


def _flat(items: list[object]) -> Iterator[object]:
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


@builtin("sort", "list: list, precedes: function", "list")
def sort(items: list[object], precedes: FunctionValue) -> list[object] | None:
    """The list in the order of `precedes(x, y)`; equals keep their places."""
    if len(precedes.parameters) != 2:
        note(
            "the parameter `precedes` of `sort` is a function of two parameters, not of {}", _count(precedes)
        )
        return None
    before: Callable[..., object] = precedes.body

    def compare(left: object, right: object) -> int:
        if before(left, right) is True:
            return -1
        return 1 if before(right, left) is True else 0

    return sorted(items, key=cmp_to_key(compare))
