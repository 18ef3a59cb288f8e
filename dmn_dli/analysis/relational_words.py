"""Sets of a column's classes in the words of its own cells, where these read other names: `< start`.

Such a column has no values to list: which cells accept depends on other facts too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from dmn_dli.model.cell import Cell


@frozen
class CellWords:
    """Words for some classes of a column.

    cell: whether an input cell can hold the words, and then accepts just these classes.
    """

    text: str
    cell: bool


def accepted_by(cells: Sequence[Cell], accepting: Sequence[int]) -> dict[str, int]:
    """The texts of a column's cells, one of each rule, with the set of classes that each accepts.

    accepting: for each class the mask of the rules that accept it.
    """
    return {
        cell.text.strip(): sum(1 << each for each, rules in enumerate(accepting) if rules >> rule & 1)
        for rule, cell in enumerate(cells)
    }


def in_cells(
    cells: Mapping[str, int], chosen: int, every: int, *, nullable: bool, doubtful: bool
) -> CellWords:
    """Some of the classes of a column in words.

    cells: the column's cells, each with the set of classes that it accepts; chosen: the set that is to be
    told; every: all classes. nullable: whether null may arrive; doubtful: whether a cell may compare with
    null. `not(...)` accepts neither, unless null is told of.
    """
    telling = {text: accepted for text, accepted in cells.items() if accepted not in (0, every)}
    inside = {text: accepted for text, accepted in telling.items() if not accepted & ~chosen}
    whole = _fewest(inside, chosen)
    if whole is not None:
        return CellWords(", ".join(whole), cell=True)
    outside = {text: accepted for text, accepted in telling.items() if not accepted & chosen}
    others = _fewest(outside, every & ~chosen)
    if others is not None:
        refused = doubtful or (nullable and "null" not in others)
        if refused or any(text.startswith("not(") for text in others):
            return CellWords(f"none of {', '.join(others)}" if others[1:] else f"not {others[0]}", cell=False)
        return CellWords(f"not({', '.join(others)})", cell=True)
    around = {text: accepted for text, accepted in telling.items() if not chosen & ~accepted}
    accepted_by, refused_by = " and ".join(around), " and ".join(outside)
    told = [f"accepted by {accepted_by}"] if around else []
    told += [f"not accepted by {refused_by}"] if outside else []
    return CellWords(" but ".join(told) or "accepted by some of its cells", cell=False)


def _fewest(cells: Mapping[str, int], wanted: int) -> list[str] | None:
    """Few of the cells that together accept what is wanted; None where all of them do not."""
    left, chosen = wanted, []
    for text, accepted in sorted(cells.items(), key=lambda each: -each[1].bit_count()):
        if accepted & left:
            chosen.append(text)
            left &= ~accepted
    if left or not chosen:
        return None
    return [text for text in cells if text in chosen]
