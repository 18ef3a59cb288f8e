"""Three-valued logic (DMN 1.5, section 10.3.2.15), and what it means that a value passes a unary test."""

from __future__ import annotations

from dmn_dli.feel.budget import charge_for
from dmn_dli.feel.comparison import (
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
    feel_not_equal,
)
from dmn_dli.feel.reasons import GATHERERS, note
from dmn_dli.feel.values import RangeValue


def conjunction(a: object, b: object) -> bool | None:
    """`a and b`; whatever is no boolean counts as null."""
    if a is False or b is False:
        return False
    if a is True and b is True:
        return True
    if GATHERERS.count:
        note("`and` joins conditions, which are true or false, not {} and {}", a, b)
    return None


def disjunction(a: object, b: object) -> bool | None:
    """`a or b`; whatever is no boolean counts as null."""
    if a is True or b is True:
        return True
    if a is False and b is False:
        return False
    if GATHERERS.count:
        note("`or` joins conditions, which are true or false, not {} and {}", a, b)
    return None


def negation(a: object) -> bool | None:
    """`not(a)`; null for whatever is no boolean."""
    if a is True or a is False:
        return not a
    if GATHERERS.count:
        note("`not` turns a condition, which is true or false, not {}", a)
    return None


def any_true(*answers: object) -> bool | None:
    """The disjunction of all answers, false where there is none."""
    unknown = False
    for answer in answers:
        if answer is True:
            return True
        if answer is not False:
            unknown = True
    return None if unknown else False


def within(value: object, bounds: RangeValue) -> bool | None:
    """Whether the value lies in the range; null where it does not compare with a bound."""
    low, high = bounds.low, bounds.high
    if bounds.operator:
        return feel_equal(value, low) if bounds.operator == "=" else feel_not_equal(value, low)
    above: bool | None = True
    if low is not None:
        above = feel_greater_or_equal(value, low) if bounds.low_closed else feel_greater(value, low)
        if above is False:
            return False
    if high is None:
        return above
    below = feel_less_or_equal(value, high) if bounds.high_closed else feel_less(value, high)
    return below if above is True or below is False else None


def between(value: object, low: object, high: object) -> bool | None:
    """`value between low and high`, both ends included."""
    return conjunction(feel_greater_or_equal(value, low), feel_less_or_equal(value, high))


def lies_in(value: object, bounds: RangeValue | None) -> bool | None:
    """Whether the value lies in the range, or is the same range; null where there is no such range."""
    if bounds is None:
        return None
    return feel_equal(value, bounds) if type(value) is RangeValue else within(value, bounds)


def passes(value: object, test: object) -> bool | None:
    """Whether the value equals the test's value, or lies in it where that is a range or a list."""
    kind = type(test)
    if kind is RangeValue:
        return lies_in(value, test)  # type: ignore[arg-type]
    if kind is list:
        return _in_list(value, test)  # type: ignore[arg-type]
    return feel_equal(value, test)


def passes_cell(value: object, test: object) -> bool | None:
    """As `passes`, for an input cell: a boolean test of an input that is none speaks for itself."""
    if (test is True or test is False) and value is not True and value is not False:
        return test
    return passes(value, test)


def condition(value: object, test: object) -> bool | None:
    """As `passes_cell`, for a test that is a condition: null is no value that an input might equal."""
    return None if test is None else passes_cell(value, test)


def condition_of_input(value: object, test: object) -> bool | None:
    """What a test says that reads the input: a boolean is its answer; no other value lets null pass."""
    if test is None or test is True or test is False:
        return test
    return None if value is None else passes(value, test)


def _in_list(value: object, items: list[object]) -> bool | None:
    charge_for(items)
    if type(value) is list and feel_equal(value, items) is True:
        return True
    return any_true(*(_matches_item(value, item) for item in items))


def _matches_item(value: object, item: object) -> bool | None:
    if type(item) is RangeValue and type(value) is not RangeValue:
        return within(value, item)
    # An item of another type is no match, and spoils none.
    return type(value) is type(item) and feel_equal(value, item) is True
