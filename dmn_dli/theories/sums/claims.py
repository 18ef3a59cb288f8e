"""Claims: that a term lies in an atom, as guards."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.tables.domain import Atom
from dmn_dli.theories.sums.forms import AtMostZero, amount
from dmn_dli.theories.sums.guarded import NULL, Guard, Pieces, Plain, Unknown, Value, against
from dmn_dli.theories.sums.spans import span


def guards(pieces: Pieces, atom: Atom) -> tuple[Guard, ...]:
    """The cases, at most, in which an expression with these pieces lies in an atom."""
    found: dict[Guard, None] = {}
    for piece in pieces:
        for bounds in _lies(piece.value, atom):
            guard = piece.guard.bounded(*bounds)
            if guard is not None:
                found[guard] = None
    return tuple(found)


def _lies(value: Value, atom: Atom) -> Iterator[tuple[AtMostZero, ...]]:
    """When a value lies in an atom: the bounds that then hold; nothing where it never does."""
    if isinstance(value, Unknown):
        yield ()
    elif value == NULL or atom.representative is None:
        if value == NULL and atom.representative is None:
            yield ()
    elif isinstance(value, Plain):
        if not atom.single or atom.any_other or atom.representative == value.value:
            yield ()
    elif amount(atom.representative) is None:
        yield ()
    else:
        low, high, closed = span(atom) or (None, None, False)
        bounds: tuple[AtMostZero, ...] = ()
        if low is not None:
            bounds += against(value, low)[">=" if closed else ">"]
        if high is not None:
            bounds += against(value, high)["<=" if closed else "<"]
        yield bounds
