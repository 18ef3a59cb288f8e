"""Lists at work: filters, iterations, quantified expressions, ranges (DMN 1.5, section 10.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from dmn_dli.feel.budget import FeelLimit, charge, limit_items
from dmn_dli.feel.comparison import feel_compare
from dmn_dli.feel.decimals import CONTEXT, whole
from dmn_dli.feel.logic import conjunction, disjunction
from dmn_dli.feel.reasons import note
from dmn_dli.feel.temporal_values import DateValue
from dmn_dli.feel.values import RangeValue

# Each takes the variables bound so far and gives what the next one runs over.
Sources = tuple[Callable[..., object], ...]

_COPIED_A_STEP = 64

_FURTHEST = 10**34
"""Beyond this the next whole number is no number of FEEL, whose digits are 34."""


@frozen
class Counted:
    """Whole numbers or days (by their numbers) one after the other, made as they are asked for."""

    steps: range
    days: bool

    def __iter__(self) -> Iterator[object]:
        make: Callable[[int], object] = DateValue if self.days else CONTEXT.create_decimal
        return map(make, self.steps)


def items_of(value: object) -> list[object] | None:
    """The value as a list: itself, none where it is null, else the list of it alone."""
    if type(value) is list:
        return value
    return None if value is None else [value]


def item_at(source: object, position: object) -> object:
    """`source[2]`, the second item; from the end where negative; null where there is none."""
    items = items_of(source) or []
    place = whole(position) if type(position) is Decimal else None
    if not place or abs(place) > len(items):
        note("there is no item {} in {}", position, items)
        return None
    return items[place - 1 if place > 0 else place]


def filtered(source: object, condition: Callable[[object], object]) -> object:
    """`source[condition]`: the items for which it is true, or the item at the position that it gives."""
    items = items_of(source)
    if items is None:
        note("{} has no items to filter", None)
        return None
    if not items:
        position = condition(None)
        return item_at(items, position) if type(position) is Decimal else []
    first = condition(items[0])
    if type(first) is Decimal:
        return item_at(items, first)
    kept = [items[0]] if first is True else []
    for item in items[1:]:
        charge()
        if condition(item) is True:
            kept.append(item)
    return kept


def filtered_strictly(source: object, condition: Callable[[object], object]) -> object:
    """As `filtered`, for a boxed filter (DMN 1.5, 10.2.1.9): no positions, and conditions alone."""
    items = items_of(source)
    if items is None:
        note("{} has no items to filter", None)
        return None
    answers = []
    for item in items:
        charge()
        answers.append(condition(item))
    if not _all_boolean(answers):
        return None
    return [item for item, answer in zip(items, answers, strict=True) if answer is True]


def _all_boolean(answers: Iterable[object]) -> bool:
    """Whether each answer is true, false or null; notes the first that is not."""
    for answer in answers:
        if answer is not None and answer is not True and answer is not False:
            note("a boxed condition answers true or false, not {}", answer)
            return False
    return True


def context(entries: tuple[tuple[str, Callable[..., object]], ...]) -> dict[str, object] | None:
    """A context; each entry takes the values of those before it. Null where a key comes twice."""
    charge(len(entries))
    values: dict[str, object] = {}
    for key, expression in entries:
        if key in values:
            note(f"the context has two entries `{key}`")
            return None
        values[key] = expression(*values.values())
    return values


def _place_of(value: object) -> int | None:
    """A whole number, or the number of a day; None of anything else."""
    if type(value) is Decimal:
        return whole(value)
    return value.day if type(value) is DateValue else None


def counted(start: object, end: object) -> Counted | None:
    """`start..end` of an iteration: whole numbers or days, up or down; null for anything else."""
    days = type(start) is DateValue
    low, high = _place_of(start), _place_of(end)
    if type(start) is not type(end) or low is None or high is None:
        note("an iteration runs over whole numbers or dates, not from {} to {}", start, end)
        return None
    if abs(low) > _FURTHEST:
        raise FeelLimit("this runs over numbers of more than 34 digits")
    return Counted(range(low, high + 1) if low <= high else range(low, high - 1, -1), days)


def spread(source: object) -> Iterable[object] | None:
    """What an iteration runs over: a list's items, a range's whole numbers or days, or a value alone."""
    if type(source) is Counted:
        return source
    if type(source) is not RangeValue:
        if source is None:
            note("an iteration runs over a list or a range, not {}", source)
        return items_of(source)
    inside = counted(source.low, source.high)
    if inside is not None and (feel_compare(source.low, source.high) or 0) > 0:
        note("{} holds nothing: its first end is the greater one", source)
        return None
    if inside is None or source.operator == "!=":
        return None
    open_ends = slice(0 if source.low_closed else 1, None if source.high_closed else -1)
    return Counted(inside.steps[open_ends], inside.days)


def _bindings(sources: Sources, bound: tuple[object, ...] = ()) -> Iterator[tuple[object, ...] | None]:
    """Every combination of the variables, the last one changing fastest; None where a source is no list."""
    if not sources:
        yield bound
        return
    items = spread(sources[0](*bound))
    if items is None:
        yield None
        return
    for item in items:
        charge()
        yield from _bindings(sources[1:], (*bound, item))


def for_each(sources: Sources, body: Callable[..., object]) -> list[object] | None:
    """`for … return body`."""
    results: list[object] = []
    for bound in _bindings(sources):
        if bound is None:
            return None
        results.append(body(*bound))
        limit_items(len(results))
    return results


def for_each_with_partial(sources: Sources, body: Callable[..., object]) -> list[object] | None:
    """As `for_each`; the body's last argument is `partial`, the results so far."""
    results: list[object] = []
    for bound in _bindings(sources):
        if bound is None:
            return None
        charge(len(results) // _COPIED_A_STEP)
        results.append(body(*bound, list(results)))
        limit_items(len(results))
    return results


def some(sources: Sources, condition: Callable[..., object]) -> bool | None:
    """`some … satisfies condition`; what comes behind the first for which it is true is not asked."""
    return _folded(disjunction, _answers(sources, condition))


def every(sources: Sources, condition: Callable[..., object]) -> bool | None:
    """`every … satisfies condition`; what comes behind the first for which it is false is not asked."""
    return _folded(conjunction, _answers(sources, condition))


def some_strictly(sources: Sources, condition: Callable[..., object]) -> bool | None:
    """As `some`, for the boxed one (DMN 1.5, 10.2.1.10): all are asked, and must answer with a boolean."""
    return _strictly(disjunction, sources, condition)


def every_strictly(sources: Sources, condition: Callable[..., object]) -> bool | None:
    """As `every`, for the boxed one: all are asked, and must answer with a boolean."""
    return _strictly(conjunction, sources, condition)


def _strictly(
    join: Callable[[object, object], bool | None], sources: Sources, condition: Callable[..., object]
) -> bool | None:
    answers = list(_answers(sources, condition))
    return _folded(join, answers) if _all_boolean(answers) else None


def _answers(sources: Sources, condition: Callable[..., object]) -> Iterable[object]:
    for bound in _bindings(sources):
        yield None if bound is None else condition(*bound)


def _folded(join: Callable[[object, object], bool | None], answers: Iterable[object]) -> bool | None:
    start = join is conjunction
    answer: bool | None = start
    for one in answers:
        answer = join(answer, one)
        if answer is not None and answer is not start:
            return answer
    return answer


def range_value(low: object, high: object, low_closed: bool, high_closed: bool) -> RangeValue | None:
    """`[low..high]`; null where a bound is null or the two have no order."""
    if low is None or high is None or feel_compare(low, high) is None:
        note("a range has two ends of one type that has an order, not {} and {}", low, high)
        return None
    return RangeValue(low, high, low_closed, high_closed)


def operator_range(bound: object, operator: str) -> RangeValue | None:
    """`(= bound)` or `(!= bound)`; null where the bound is."""
    if bound is None:
        note("a range is bounded by a value, not by {}", bound)
        return None
    closed = operator == "="
    return RangeValue(bound, bound, closed, closed, operator)


def open_range(low: object, high: object, low_closed: bool, high_closed: bool) -> RangeValue | None:
    """`(< high)` or `(> low)`; null where the bound is null or of a type without order."""
    bound = high if low is None else low
    if bound is None or feel_compare(bound, bound) is None:
        note("a range ends at a value of a type that has an order, not at {}", bound)
        return None
    return RangeValue(low, high, low_closed, high_closed)
