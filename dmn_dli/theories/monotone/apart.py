"""Where polynomials of one number cross, though both go the same way: `n * 2 > n + 10`, `n * n - 4 * n > 5`.

Far from the crossing the rounding of FEEL's numbers does not matter, and the exact functions say which is
greater. So close to it that rounding might matter, every number is looked at; they are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from dmn_dli.feel import constant_value, is_constant, syntax
from dmn_dli.runtime.scalars import LARGEST_EXPONENT
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.lines import NumericLine
from dmn_dli.theories.monotone.pieces import MOST_PIECES, Tracer
from dmn_dli.theories.monotone.polynomials import Polynomial, added, multiplied, polynomial, signs

_ERROR = Fraction(1, 10**33)
"""That of one operation at most, in relation to the sizes that go in: a unit of the last of 34 digits."""

_MOST_NUMBERS = 2_000
_MOST_OPERATIONS = 20
_HIGHEST_DEGREE = 4
_LARGEST_CONSTANT = Fraction(10**100)
"""So that no result is too large or too small for its 34 digits, whatever fact it is made of."""


@frozen
class _Form:
    """What a tree is but for rounding, how large its parts may be together, and how many operations it takes.

    sizes: of the number's size.
    """

    exact: Polynomial
    sizes: Polynomial
    operations: int


_Forms = Iterator[tuple[int, int, _Form]]


def apart(
    tracer: Tracer, left: syntax.Node, right: syntax.Node, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The runs on which the left is less than the right throughout, equal, or greater.

    Raises NotAnalysable where they are no polynomials, or run too close to each other for too long.
    """
    line = tracer.line
    if not isinstance(line, NumericLine) or line.value(line.last).adjusted() > LARGEST_EXPONENT:
        raise NotAnalysable
    if left == right:
        yield first, last
        return
    difference = syntax.Arithmetic("-", left, right)
    for start, end, form in _forms(tracer, difference, first, last):
        for low, high in _by_sign(start, end):
            yield from _certain(line, form, low, high)


def _by_sign(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The numbers below zero, zero, and those above."""
    for low, high in ((first, min(last, -1)), (max(first, 0), min(last, 0)), (max(first, 1), last)):
        if low <= high:
            yield low, high


def _certain(line: NumericLine, form: _Form, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The runs of which the sign is certain, and the single numbers of which it is not."""
    turned = -1 if last < 0 else 1
    error = polynomial([each * _ERROR * turned**place for place, each in enumerate(form.sizes)])
    error = tuple(each * form.operations for each in error) if form.operations else ()
    above = list(signs(added(form.exact, error, Fraction(-1)), line, first, last))
    below = list(signs(added(form.exact, error), line, first, last))
    starts = sorted({start for start, _, _ in (*above, *below)})
    unsure = 0
    for start, following in zip(starts, [*starts[1:], last + 1], strict=True):
        if _sign_at(above, start) > 0 or _sign_at(below, start) < 0 or not form.operations:
            yield start, following - 1
            continue
        unsure += following - start
        if unsure > _MOST_NUMBERS:
            raise NotAnalysable
        yield from ((number, number) for number in range(start, following))


def _sign_at(runs: Sequence[tuple[int, int, int]], number: int) -> int:
    return next(sign for start, end, sign in runs if start <= number <= end)


def _forms(tracer: Tracer, tree: syntax.Node, first: int, last: int) -> _Forms:
    """The polynomials that a tree is, run by run. Raises NotAnalysable where it is none."""
    if is_constant(tree):
        yield first, last, _constant(constant_value(tree))
        return
    match tree:
        case syntax.Name():
            number = (Fraction(0), Fraction(1))
            yield first, last, _Form(number, number, 0)
        case syntax.Negation(operand):
            for start, end, form in _forms(tracer, operand, first, last):
                yield start, end, _times(form, Fraction(-1))
        case syntax.Arithmetic("-", left, right) if left == right:
            for start, end, _ in _forms(tracer, left, first, last):
                yield start, end, _Form((), (), 0)
        case syntax.Arithmetic("**", left, right) if is_constant(right):
            power = constant_value(right)
            if power not in [Decimal(each) for each in range(1, _HIGHEST_DEGREE + 1)]:
                raise NotAnalysable
            assert isinstance(power, Decimal)
            for start, end, form in _forms(tracer, left, first, last):
                found = form
                for _ in range(int(power) - 1):
                    found = _product(found, form)
                yield start, end, found
        case syntax.Arithmetic("+" | "-" | "*" | "/" as operator, left, right):
            for start, end, one in _forms(tracer, left, first, last):
                for low, high, other in _forms(tracer, right, start, end):
                    yield low, high, _joined(operator, one, other)
        case syntax.Invocation(syntax.Name("abs"), (operand,), ()):
            yield from _size(tracer, operand, first, last)
        case _:
            raise NotAnalysable


def _constant(value: object) -> _Form:
    if not isinstance(value, Decimal):
        raise NotAnalysable
    level = Fraction(value)
    if level and not 1 / _LARGEST_CONSTANT <= abs(level) <= _LARGEST_CONSTANT:
        raise NotAnalysable
    return _Form(polynomial([level]), polynomial([abs(level)]), 0)


def _size(tracer: Tracer, operand: syntax.Node, first: int, last: int) -> _Forms:
    """Of `abs(operand)`: the operand where it is not negative, and its negative where it is."""
    runs = list(apart(tracer, operand, syntax.NumberLiteral(Decimal(0)), first, last))
    if len(runs) > MOST_PIECES:
        raise NotAnalysable
    for start, end in runs:
        value = tracer.value(operand, start)
        assert isinstance(value, Decimal)
        for low, high, form in _forms(tracer, operand, start, end):
            yield low, high, _times(form, Fraction(-1)) if value < 0 else form


def _joined(operator: str, one: _Form, other: _Form) -> _Form:
    if operator == "*":
        return _product(one, other)
    if operator == "/":
        if len(other.exact) != 1:
            raise NotAnalysable
        divided = _times(one, 1 / other.exact[0])
        return _checked(divided.exact, divided.sizes, one.operations + other.operations + 1)
    sign = Fraction(1 if operator == "+" else -1)
    sizes = added(one.sizes, other.sizes)
    return _checked(added(one.exact, other.exact, sign), sizes, one.operations + other.operations + 1)


def _product(one: _Form, other: _Form) -> _Form:
    return _checked(
        multiplied(one.exact, other.exact),
        multiplied(one.sizes, other.sizes),
        one.operations + other.operations + 1,
    )


def _times(form: _Form, factor: Fraction) -> _Form:
    """So many times, without an operation."""
    return _Form(
        polynomial([each * factor for each in form.exact]),
        polynomial([each * abs(factor) for each in form.sizes]),
        form.operations,
    )


def _checked(exact: Polynomial, sizes: Polynomial, operations: int) -> _Form:
    if operations > _MOST_OPERATIONS or len(sizes) > _HIGHEST_DEGREE + 1:
        raise NotAnalysable
    return _Form(exact, sizes, operations)
