"""Conditions over ranges of values: comparisons, three-valued logic and tests (DMN 1.5, 10.3.2.15)."""

from __future__ import annotations

from dmn_dli.theories.intervals.values import (
    NOTHING,
    ORDERED,
    Kind,
    ValueRange,
    met,
    truths,
    united,
    whole_kind,
)

ANY_ANSWER = whole_kind(Kind.BOOLEAN, null=True)
"""True, false and null."""

TRUE, FALSE = (truths(answer) for answer in (True, False))


def compared(operator: str, a: ValueRange, b: ValueRange) -> ValueRange:
    """What `a operator b` may be."""
    if a.empty or b.empty:
        return NOTHING
    if operator == "=":
        return _equal(a, b)
    if operator == "!=":
        return opposite(_equal(a, b))
    if Kind.ANY in (a.kind, b.kind):
        return ANY_ANSWER
    null = a.null or b.null
    if a.kind is not b.kind or a.kind in (Kind.NONE, Kind.BOOLEAN):
        return truths(null=True)
    if a.kind is Kind.TEXT:
        return whole_kind(Kind.BOOLEAN, null=null)
    if operator in (">", ">="):
        a, b = b, a
    if operator in ("<", ">"):
        may, must_not = a.low < b.high, a.high >= b.low
    else:
        may, must_not = a.low <= b.high, a.high > b.low
    return truths(*([True] if may else []), *([False] if must_not else []), null=null)


def _equal(a: ValueRange, b: ValueRange) -> ValueRange:
    """Null equals null and no value else; values of other types than each other compare to null."""
    found = NOTHING
    if a.null and b.null:
        found = united(found, TRUE)
    if (a.null and b.kind is not Kind.NONE) or (b.null and a.kind is not Kind.NONE):
        found = united(found, FALSE)
    if Kind.NONE in (a.kind, b.kind):
        return found
    if Kind.ANY in (a.kind, b.kind):
        return ANY_ANSWER
    if a.kind is not b.kind:
        return united(found, truths(null=True))
    a, b = a.without_null, b.without_null
    if not met(a, b).empty:
        found = united(found, TRUE)
    same = a.single and b.single and not met(a, b).empty
    return found if same else united(found, FALSE)


def opposite(a: ValueRange) -> ValueRange:
    """What `not(a)` may be."""
    true, false, null = _answers(a)
    return truths(*([True] if false else []), *([False] if true else []), null=null)


def both(a: ValueRange, b: ValueRange) -> ValueRange:
    """What `a and b` may be."""
    true, false, other = _answers(a)
    also_true, also_false, also_other = _answers(b)
    if a.empty or b.empty:
        return NOTHING
    null = (other and (also_true or also_other)) or (also_other and true)
    return truths(
        *([True] if true and also_true else []), *([False] if false or also_false else []), null=null
    )


def either(a: ValueRange, b: ValueRange) -> ValueRange:
    """What `a or b` may be."""
    return opposite(both(opposite(a), opposite(b)))


def _answers(a: ValueRange) -> tuple[bool, bool, bool]:
    """Whether it may be true, false, and neither, which counts as null."""
    if a.kind is Kind.BOOLEAN:
        among = a.among or frozenset()
        return True in among, False in among, a.null
    if a.kind is Kind.ANY:
        return True, True, True
    return False, False, not a.empty


def bounded(
    value: ValueRange, low: ValueRange | None, high: ValueRange | None, *, closed: tuple[bool, bool]
) -> ValueRange:
    """Whether a value lies in a range; None: the range is open there."""
    found = TRUE
    for end, inside, is_closed in ((low, ">", closed[0]), (high, "<", closed[1])):
        if end is None:
            continue
        found = both(found, compared(inside + "=" * is_closed, value, end))
    ends = [end for end in (low, high) if end is not None]
    # No range has an end that is null, or two of different types or of a type without order.
    sound = all(end.kind in ORDERED and not end.null for end in ends) and len({end.kind for end in ends}) == 1
    return found if sound or found.empty else ANY_ANSWER


def may_be(a: ValueRange, answer: bool) -> bool:
    """Whether it may be true, or may be false."""
    true, false, _ = _answers(a)
    return true if answer else false
