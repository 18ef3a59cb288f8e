"""What it says of polynomials that a term lies beyond a constant, and which such bounds exclude each other.

`(baseline - value) / baseline * 100 < 0` says `value - baseline > 0` where baseline is positive, and
`baseline - value >= 0` says the contrary: the two add up to `0 > 0`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, Inexact

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.arithmetic import add, divide, multiply, subtract
from dmn_dli.feel.syntax import Node
from dmn_dli.tables.domain import Atom
from dmn_dli.theories.intervals.narrowing import Box, Ranges
from dmn_dli.theories.intervals.quotients import Polynomial, TooMuch, quotient_of
from dmn_dli.theories.intervals.values import EXACT, Kind, ValueRange, unit_of

_LAST_DIGITS = Decimal("1E-31")
"""How far beside a number rounding reaches, taken thousandfold, since a clause may round more than once."""

_MINUS = Decimal(-1)

_Operation = Callable[[object, object], object]


@frozen
class Bound:
    """A polynomial over facts that is positive; or zero, where it is not strict."""

    polynomial: Polynomial
    strict: bool


@frozen
class _Place:
    """An expression above a number (or below it), or at it where that is included.

    margin: so close to the number rounding may reach, further up the tree.
    """

    number: Decimal
    above: bool
    included: bool
    margin: Decimal

    def turned(self, number: Decimal, margin: Decimal, *, same_way: bool) -> _Place:
        """The place of an operand."""
        return _Place(number, self.above is same_way, self.included, margin)


def bounds_of(tree: Node, atom: Atom, box: Box, ranges: Ranges) -> tuple[Bound, ...]:
    """What it says of the facts, which lie in a box, that a tree lies in an atom, as far as that is known."""
    return tuple(found for place in _places(atom) if (found := _bound(tree, place, box, ranges)) is not None)


def exclusive(a: Bound, b: Bound, box: Box) -> bool:
    """Whether two bounds surely never hold together: some sum of multiples of them is never positive."""
    for monomial, factor in a.polynomial.terms.items():
        other = b.polynomial.terms.get(monomial)
        if other is None or (other > 0) is (factor > 0):
            continue
        try:
            total = Polynomial({}).plus(a.polynomial, other.copy_abs()).plus(b.polynomial, factor.copy_abs())
            _, high = total.ends(box)
        except (Inexact, TooMuch):
            continue
        if high < 0 or (high == 0 and (a.strict or b.strict)):
            return True
    return False


def _places(atom: Atom) -> Iterator[_Place]:
    if atom.single:
        if isinstance(atom.representative, Decimal):
            for above in (True, False):
                yield _beyond(atom.representative, above=above, included=True)
        return
    if isinstance(atom.low, Decimal):
        yield _beyond(atom.low, above=True, included=False)
    if isinstance(atom.high, Decimal):
        yield _beyond(atom.high, above=False, included=False)


def _beyond(number: Decimal, *, above: bool, included: bool) -> _Place:
    return _Place(number, above, included, _reach(number))


def _reach(number: Decimal) -> Decimal:
    return EXACT.multiply(number.copy_abs(), _LAST_DIGITS)


def _bound(node: Node, place: _Place, box: Box, ranges: Ranges) -> Bound | None:
    if isinstance(node, syntax.Negation):
        turned = place.turned(place.number.copy_negate(), place.margin, same_way=False)
        return _bound(node.operand, turned, box, ranges)
    if not isinstance(node, syntax.Arithmetic):
        return None
    left, right = ranges(node.left, box), ranges(node.right, box)
    if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
        return None
    if left.unit is not None and right.unit is not None:
        exact = ranges(node, box).unit is not None
        return _rounded_once(node, place, box, left, right, exact=exact)
    inner, other, turned_place = (
        (node.left, right, _of_left(node.operator, right, place))
        if right.single
        else (node.right, left, _of_right(node.operator, left, place))
    )
    if turned_place is None or not other.single:
        return None
    return _bound(inner, turned_place, box, ranges)


def _of_left(operator: str, constant: ValueRange, place: _Place) -> _Place | None:
    """The place of the left operand, the right one being a number."""
    number = constant.low
    match operator:
        case "+" | "-":
            back, forth = (subtract, add) if operator == "+" else (add, subtract)
            return _moved(place, number, back(place.number, number), forth, same_way=True)
        case "*" | "/" if number:
            back, forth = (divide, multiply) if operator == "*" else (multiply, divide)
            inner = back(place.number, number)
            if not isinstance(inner, Decimal) or forth(inner, number) != place.number:
                return None
            margin = back(place.margin, number.copy_abs())
            if not isinstance(margin, Decimal):
                return None
            return place.turned(inner, max(margin, _reach(inner)), same_way=number > 0)
    return None


def _of_right(operator: str, constant: ValueRange, place: _Place) -> _Place | None:
    """The place of the right operand, the left one being a number."""
    if operator in ("+", "*"):
        return _of_left(operator, constant, place)
    if operator != "-":
        return None
    number = constant.low
    return _moved(
        place,
        number,
        subtract(number, place.number),
        lambda inner, _: subtract(number, inner),
        same_way=False,
    )


def _moved(
    place: _Place, number: Decimal, inner: object, forth: _Operation, *, same_way: bool
) -> _Place | None:
    if not isinstance(inner, Decimal) or forth(inner, number) != place.number:
        return None
    return place.turned(inner, max(place.margin, _reach(number), _reach(inner)), same_way=same_way)


def _rounded_once(
    node: syntax.Arithmetic, place: _Place, box: Box, left: ValueRange, right: ValueRange, *, exact: bool
) -> Bound | None:
    """The bound that a place is, of a node whose operands are not rounded."""
    form = quotient_of(node)
    if form is None or not (exact or _told(node.operator, place, left, right)):
        return None
    try:
        low, high = form.below.ends(box)
        difference = form.above.plus(form.below, place.number.copy_negate())
    except (Inexact, TooMuch):
        return None
    if low <= 0 <= high:
        return None
    positive = place.above is (low > 0)
    signed = difference if positive else Polynomial({}).plus(difference, _MINUS)
    return Bound(signed, not place.included)


def _told(operator: str, place: _Place, left: ValueRange, right: ValueRange) -> bool:
    """Whether the exact result lies in the place where the rounded one does.

    What is beyond a number after rounding was so before, but of powers, which may be wrong in the last digit.
    What is equal to it was so where all else lies further from it than rounding reaches.
    """
    if not place.included or operator == "**":
        return operator != "**"
    assert left.unit is not None
    assert right.unit is not None
    unit = unit_of(place.number)
    if operator == "/":
        least = min(left.unit, EXACT.multiply(right.unit, unit))
        most = max(right.low.copy_abs(), right.high.copy_abs())
        return least > EXACT.multiply(place.margin, most)
    if operator == "*":
        return min(EXACT.multiply(left.unit, right.unit), unit) > place.margin
    return min(left.unit, right.unit, unit) > place.margin
