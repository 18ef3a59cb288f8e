"""Questions over facts by which random tables are made: each parts all cases, in one way or in several.

A split has views: a clause, and for each of the split's pieces the cell that accepts it. A table made of
splits alone is complete and free of overlaps; whichever view a row uses, it is the same piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from attrs import frozen

from dmn_dli.feel import (
    DateValue,
    DaysTimeDuration,
    YearsMonthsDuration,
    compile_expression,
    from_python,
    parse_expression,
)
from dmn_dli.feel.temporal_values import DAY
from tests.theories.clinical_facts import Drawn


@frozen
class View:
    """A clause with a cell for each piece. stated: what row 4 may say of it, most of its values."""

    clause: str
    cells: tuple[str, ...]
    stated: str | None = None


@frozen
class Split:
    """A question that parts all cases into pieces. kind: what sort of clause asks it."""

    kind: str
    views: tuple[View, ...]


Maker = Callable[[Random, Sequence[Drawn]], Split | None]
"""Makes a split over some of these facts; None where they do not offer what it takes."""


def values_of(clause: str, facts: Sequence[Drawn], chance: Random, count: int = 40) -> list[Any]:
    """FEEL values of a clause for random facts."""
    function = compile_expression(parse_expression(clause).tree)
    return [function({each.name: from_python(each.draw(chance)) for each in facts}) for _ in range(count)]


def written(value: object) -> str:
    """A constant as a cell has it."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case str():
            return f'"{value}"'
        case DateValue():
            return str(value)
        case DaysTimeDuration() | YearsMonthsDuration():
            return f'@"{value}"'
    raise TypeError(f"no cell for {value!r}")


def bands(values: Sequence[Any], chance: Random) -> tuple[str, ...] | None:
    """Cells of which each of these values, and any between, passes exactly one; None where all are null."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    if isinstance(known[0], bool):
        cells = ["true", "false"]
    elif isinstance(known[0], str):
        chosen = chance.sample(sorted(set(known)), k=min(len(set(known)), chance.choice((1, 1, 2))))
        cells = [*map(written, chosen), f"not({', '.join(map(written, chosen))})"]
        return tuple(cells)
    else:
        cuts = sorted(
            {
                _round(value, chance)
                for value in chance.sample(known, k=min(len(known), chance.choice((1, 1, 2, 3))))
            },
            key=_size,
        )
        cells = _intervals(cuts, chance)
    if len(known) < len(values):
        if chance.random() < 0.5:
            cells.append("null")
        else:
            at = chance.randrange(len(cells))
            cells[at] += ", null"
    return tuple(cells)


def stated(values: Sequence[Any]) -> str | None:
    """A range of numbers that holds most of these."""
    numbers = sorted(value for value in values if isinstance(value, Decimal))
    if len(numbers) < len(values) or abs(numbers[0]) + abs(numbers[-1]) > 10**9:
        return None
    low, high = numbers[len(numbers) // 20], numbers[-1 - len(numbers) // 20]
    return f"[{round(low) - 1}..{round(high) + 1}]"


def _size(value: Any) -> Any:
    match value:
        case YearsMonthsDuration(months):
            return months
        case DaysTimeDuration(nanoseconds):
            return nanoseconds
    return value


def _round(value: Any, chance: Random) -> Any:
    if isinstance(value, Decimal):
        digits = chance.choice((0, 0, 1)) if abs(value) >= 3 else chance.choice((0, 1, 2))
        return value.quantize(Decimal(1).scaleb(-digits)).normalize() + 0 if abs(value) < 10**12 else value
    if isinstance(value, YearsMonthsDuration) and chance.random() < 0.6:
        return YearsMonthsDuration(value.months // 12 * 12)
    if isinstance(value, DaysTimeDuration) and chance.random() < 0.4:
        return DaysTimeDuration(value.nanoseconds // (30 * DAY) * (30 * DAY))
    return value


def _intervals(cuts: Sequence[Any], chance: Random) -> list[str]:
    """Below the first, between any two, above the last; now and then a cut by itself."""
    words = [written(cut) for cut in cuts]
    if len(words) == 1 and chance.random() < 0.1:
        return [words[0], f"not({words[0]})"]
    upper = [chance.random() < 0.5 for _ in words]
    cells = [f"{'<' if upper[0] else '<='} {words[0]}"]
    for at in range(len(words) - 1):
        opening, closing = "[" if upper[at] else "(", ")" if upper[at + 1] else "]"
        cells.append(f"{opening}{words[at]}..{words[at + 1]}{closing}")
    cells.append(f"{'>=' if upper[-1] else '>'} {words[-1]}")
    return cells
