"""Conditions on pieces' values: comparisons and three-valued logic (DMN 1.5, section 10.3.2.15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.feel import (
    FeelType,
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
)
from dmn_dli.feel.comparison import MIRRORED, OPPOSITE
from dmn_dli.theories.sums.arithmetic import as_sum
from dmn_dli.theories.sums.forms import ZERO, AtMostZero
from dmn_dli.theories.sums.guarded import (
    NULL,
    UNKNOWN,
    CutOff,
    Piece,
    Pieces,
    Plain,
    Quotient,
    Sum,
    Value,
    against,
    combined,
    everywhere,
    where,
)
from dmn_dli.theories.sums.variables import Variables

_TRUE, _FALSE = Plain(True), Plain(False)  # noqa: FBT003

_ORDERS = {"<": feel_less, "<=": feel_less_or_equal, ">": feel_greater, ">=": feel_greater_or_equal}

_Found = Iterator[Piece]


def compared(operator: str, left: Value, right: Value, variables: Variables) -> _Found:
    """`left operator right`."""
    if UNKNOWN in (left, right):
        # What is null on either side has no order.
        yield from everywhere(NULL if NULL in (left, right) and operator in _ORDERS else UNKNOWN)
    elif isinstance(left, Plain) or isinstance(right, Plain):
        yield from everywhere(_of_plain(operator, left, right))
    elif _type(left) is not _type(right):
        yield from everywhere(NULL)
    else:
        yield from _of_amounts(operator, left, right, variables)


def _type(value: Value) -> object:
    return value.type if isinstance(value, Sum) else FeelType.NUMBER


def _of_plain(operator: str, left: Value, right: Value) -> Value:
    """As `compared`, one of the two being null or of a type without order here."""
    if isinstance(left, Plain) and isinstance(right, Plain):
        if operator in _ORDERS:
            return Plain(_ORDERS[operator](left.value, right.value))
        same = feel_equal(left.value, right.value)
    else:
        same = False if NULL in (left, right) else None
        if operator in _ORDERS:
            return NULL
    return Plain(same if same is None or operator == "=" else not same)


def _of_amounts(operator: str, left: Value, right: Value, variables: Variables) -> _Found:
    sides = _sides(left, right, variables)
    if sides is None:
        yield from everywhere(UNKNOWN)
    elif operator in OPPOSITE:
        yield from where(_TRUE, *sides[operator])
        yield from where(_FALSE, *sides[OPPOSITE[operator]])
    else:
        equal, other = (_TRUE, _FALSE) if operator == "=" else (_FALSE, _TRUE)
        yield from where(equal, *sides["<="], *sides[">="])
        yield from where(other, *sides["<"])
        yield from where(other, *sides[">"])


def _sides(left: Value, right: Value, variables: Variables) -> Mapping[str, tuple[AtMostZero, ...]] | None:
    """What holds where the two compare so, by operator; None where nothing is known of it."""
    for value, other, mirrored in ((left, right, False), (right, left, True)):
        if (
            isinstance(other, Sum)
            and other.form.known is not None
            and isinstance(value, Sum | Quotient | CutOff)
        ):
            found = against(value, other.form.known)
            return {MIRRORED[sign]: each for sign, each in found.items()} if mirrored else found
    first, second = as_sum(left, variables), as_sum(right, variables)
    if first is None or second is None:
        return None
    return against(Sum(first.form.plus(second.form, -1), first.type), ZERO)


def negated(value: Value) -> _Found:
    """`not(value)`."""
    if value in (_TRUE, _FALSE):
        yield from everywhere(Plain(value == _FALSE))
    else:
        yield from everywhere(UNKNOWN if value is UNKNOWN else NULL)


def in_bounds(answer: Value, *bounds: Value) -> _Found:
    """The answer where a range has these bounds; there is none such where one is null, or of another type."""
    if NULL in bounds:
        yield from everywhere(NULL)
    elif all(isinstance(each, Sum) for each in bounds) and len(set(map(_type, bounds))) == 1:
        yield from everywhere(answer)
    else:
        yield from everywhere(UNKNOWN)


def both(left: Pieces, right: Pieces) -> Pieces:
    """`left and right`."""
    return _decided(left, right, _FALSE, _TRUE)


def either(left: Pieces, right: Pieces) -> Pieces:
    """`left or right`."""
    return _decided(left, right, _TRUE, _FALSE)


def _decided(left: Pieces, right: Pieces, decisive: Value, neutral: Value) -> Pieces:
    """Where one side has the decisive value that is the answer; where both have the other, this."""

    def join(a: Value, b: Value) -> _Found:
        if decisive in (a, b):
            yield from everywhere(decisive)
        elif a == b == neutral:
            yield from everywhere(neutral)
        else:
            # Null and true make `and` null; of what is not known it may be either.
            yield from everywhere(UNKNOWN if UNKNOWN in (a, b) else NULL)

    return combined([left, right], join)
