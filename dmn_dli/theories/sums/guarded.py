"""Guarded values: the pieces of an expression, each a value with the cases in which the expression has it.

    if a > b then a else 0       a where b - a < 0;   0 where a - b <= 0, or where a or b is null

The pieces of an expression leave no case out. Of a case that lies in several each says something true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from dmn_dli.feel import FeelType
from dmn_dli.feel.comparison import MIRRORED
from dmn_dli.theories.sums.forms import ZERO, AtMostZero, Form, decimal_places

MOST = 64
"""More pieces than this are not told apart."""


@frozen
class Sum:
    """An amount of a type: a linear form."""

    form: Form
    type: FeelType


@frozen
class Quotient:
    """The number `times * (upper / lower) + plus`; lower is above zero in all cases of the piece."""

    upper: Form
    lower: Form
    times: Fraction = Fraction(1)
    plus: Fraction = ZERO


@frozen
class CutOff:
    """The number that a form divided by `unit` is without its decimals (`duration.years` of months)."""

    form: Form
    unit: int


@frozen
class Plain:
    """A value that is no amount, null among them."""

    value: object


@frozen
class Unknown:
    """A value of which nothing is known, not even whether it is null."""


NULL = Plain(None)
UNKNOWN = Unknown()

Value = Sum | Quotient | CutOff | Plain | Unknown


@frozen
class Guard:
    """Cases: those in which all bounds hold and facts lie in these atoms.

    atoms: (which fact of the group, its atoms as bits), sorted by fact.
    """

    bounds: tuple[AtMostZero, ...] = ()
    atoms: tuple[tuple[int, int], ...] = ()

    def bounded(self, *bounds: AtMostZero) -> Guard | None:
        """The cases in which these bounds hold, too; None where there is none."""
        if any(bound.known is False for bound in bounds):
            return None
        added = tuple(each for each in bounds if each.known is None and each not in self.bounds)
        return Guard((*self.bounds, *added), self.atoms) if added else self

    def meets(self, other: Guard) -> Guard | None:
        """The cases of both; None where there surely is none."""
        atoms = dict(self.atoms)
        for fact, bits in other.atoms:
            atoms[fact] = atoms.get(fact, bits) & bits
            if not atoms[fact]:
                return None
        return Guard(self.bounds, tuple(sorted(atoms.items()))).bounded(*other.bounds)


ALL = Guard()


@frozen
class Piece:
    """A value, and cases in which an expression has it."""

    guard: Guard
    value: Value


Pieces = tuple[Piece, ...]

NO_IDEA: Pieces = (Piece(ALL, UNKNOWN),)


def gathered(pieces: Iterable[Piece]) -> Pieces:
    """The pieces, each once; where they are too many one that says nothing."""
    found = tuple(dict.fromkeys(pieces))
    return found if len(found) <= MOST else NO_IDEA


def combined(operands: Sequence[Pieces], join: Callable[..., Iterable[Piece]]) -> Pieces:
    """The pieces of an operation; join: what it makes of a value of each operand, wherever these are met."""
    met: list[tuple[Guard, tuple[Value, ...]]] = [(ALL, ())]
    for pieces in operands:
        met = [
            (both, (*values, piece.value))
            for guard, values in met
            for piece in pieces
            if (both := guard.meets(piece.guard)) is not None
        ]
        if len(met) > MOST:
            return NO_IDEA
    return gathered(
        Piece(both, piece.value)
        for guard, values in met
        for piece in join(*values)
        if (both := guard.meets(piece.guard)) is not None
    )


def where(value: Value, *bounds: AtMostZero) -> Iterator[Piece]:
    """The value where the bounds hold: one piece, or none where that is never."""
    guard = ALL.bounded(*bounds)
    if guard is not None:
        yield Piece(guard, value)


def everywhere(value: Value) -> Iterator[Piece]:
    """The value in all cases."""
    yield Piece(ALL, value)


def against(value: Sum | Quotient | CutOff, limit: Fraction) -> Mapping[str, tuple[AtMostZero, ...]]:
    """For each of the operators `<`, `<=`, `>`, `>=` what holds where the value compares so with a constant.

    Of a quotient as if it were not rounded. That is so where the quotient at which the answer changes is
    written with few decimals; where it is not, one that is nearly there counts as being on either side.
    """
    if isinstance(value, CutOff):
        return _against_whole(value, limit)
    if isinstance(value, Sum):
        return _sides(value.form.moved(-limit))
    turn = (limit - value.plus) / value.times
    if decimal_places(turn, 18) is not None:
        sides = _sides(value.upper.plus(value.lower, -turn))
    else:
        near = _NEAR * (1 + abs(turn) + abs(value.plus / value.times))
        below = AtMostZero(value.upper.plus(value.lower, -turn - near), closed=True)
        above = AtMostZero(value.lower.times(turn - near).plus(value.upper, -1), closed=True)
        sides = {"<": (below,), "<=": (below,), ">": (above,), ">=": (above,)}
    return sides if value.times > 0 else {MIRRORED[sign]: bounds for sign, bounds in sides.items()}


_NEAR = Fraction(1, 10**30)
"""More than the steps of decimal128 lose together, as a share."""


def _sides(form: Form) -> Mapping[str, tuple[AtMostZero, ...]]:
    """Where a form compares so with zero."""
    negative = form.times(-1)
    return {
        "<": (AtMostZero(form, closed=False),),
        "<=": (AtMostZero(form, closed=True),),
        ">": (AtMostZero(negative, closed=False),),
        ">=": (AtMostZero(negative, closed=True),),
    }


def _against_whole(value: CutOff, limit: Fraction) -> Mapping[str, tuple[AtMostZero, ...]]:
    floor = limit.numerator // limit.denominator
    ceiling = -(-limit.numerator // limit.denominator)

    def at_least(whole: int) -> tuple[AtMostZero, ...]:
        # From 1 on all of `whole` units must be there; below, one less than the next lower number is enough.
        start = value.form.times(-1).moved(value.unit * (whole if whole > 0 else whole - 1))
        return (AtMostZero(start, closed=whole > 0),)

    def at_most(whole: int) -> tuple[AtMostZero, ...]:
        end = value.form.moved(-value.unit * (whole + 1 if whole >= 0 else whole))
        return (AtMostZero(end, closed=whole < 0),)

    return {
        "<": at_most(ceiling - 1),
        "<=": at_most(floor),
        ">": at_least(floor + 1),
        ">=": at_least(ceiling),
    }
