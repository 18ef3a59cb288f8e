"""Three versions of a workbook or dictionary made into one: which sheets it has, and each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from dmn_dli.merge.alignment import aligned_sheet
from dmn_dli.merge.grids import (
    CORNER,
    Conflict,
    Edit,
    Grid,
    MergedBook,
    SheetKind,
    Side,
    head_row,
)
from dmn_dli.merge.sequence import merged_order
from dmn_dli.merge.three_way import merged_grid
from dmn_dli.merge.words import REMOVED
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.words import folded

SHEET_REMOVED, SHEET_NAME = "sheet removed", "sheet name"
_ALIKE = 0.5
"""From this share of common rows on two sheets of different names are one that was renamed."""
_NAMED = 8
"""Edits that a conflict about a whole sheet tells."""


@frozen
class Versions:
    """A workbook in its three versions.

    Each sheet is under the name that its tab has in OURS, else in THEIRS, else in BASE, whatever the others
    call it (`Grid.name`); its rows and columns bear the same keys in all versions. In the order of the tabs.
    """

    base: Mapping[str, Grid]
    ours: Mapping[str, Grid]
    theirs: Mapping[str, Grid]


def aligned(base: Mapping[str, Grid], ours: Mapping[str, Grid], theirs: Mapping[str, Grid]) -> Versions:
    """The three versions of a workbook (`reading.read_grids`), made to agree about what is the same."""
    mine, other = _sheet_names(base, ours, theirs)
    our_name, their_name = ({former: name for name, former in each.items()} for each in (mine, other))
    new = _namesakes(
        [name for name in theirs if name not in other], [name for name in ours if name not in mine]
    )

    def key_of(name: str, side: Side) -> str:
        if side is Side.BASE:
            return our_name.get(name, their_name.get(name, name))
        if side is Side.THEIRS:
            former = other.get(name)
            return new.get(name, name) if former is None else our_name.get(former, name)
        return name

    books = [
        {key_of(name, side): grid for name, grid in book.items()}
        for side, book in zip(Side, (base, ours, theirs), strict=True)
    ]
    for key in books[1]:
        if key in books[2]:
            empty = Grid(key, books[1][key].kind, {}, {}, {})
            sheet = aligned_sheet(books[0].get(key, empty), books[1][key], books[2][key])
            books[1][key], books[2][key] = sheet.ours, sheet.theirs
            if key in books[0]:
                books[0][key] = sheet.base
    for key, grid in books[0].items():
        for side in books[1:]:
            if key in side and not (key in books[1] and key in books[2]):
                side[key] = aligned_sheet(grid, side[key], side[key]).ours
    return Versions(*books)


def merge_books(versions: Versions) -> MergedBook:
    """What the workbook is to be, told against OURS, and what does not go together in it."""
    conflicts: list[Conflict] = []
    edits: list[Edit] = []
    staying = _staying(versions, conflicts, edits)
    orders = ([name for name in book if name in staying] for book in (versions.ours, versions.theirs))
    order = merged_order(list(versions.base), *orders).order
    renamed = dict(_renamed(versions, conflicts, edits))
    grids = {
        name: merged_grid(
            versions.base.get(name) or _empty(versions.ours[name]), versions.ours[name], versions.theirs[name]
        )
        for name in order
        if name in versions.ours and name in versions.theirs
    }
    return MergedBook(
        tuple((name, Side.OURS if name in versions.ours else Side.THEIRS) for name in order),
        grids,
        tuple(conflicts),
        tuple(edits),
        renamed,
    )


def _empty(grid: Grid) -> Grid:
    """The sheet as a base has it that does not have it."""
    return evolve(grid, rows={}, columns={}, cells={}, question=None)


def _staying(versions: Versions, conflicts: list[Conflict], edits: list[Edit]) -> set[str]:
    """The sheets that the merged workbook has."""
    base, ours, theirs = versions.base, versions.ours, versions.theirs
    staying = set(ours) | set(theirs)
    for name in dict.fromkeys((*ours, *theirs)):
        if name in ours and name in theirs:
            if name not in base:
                edits.append(Edit(Side.OURS, name, f'sheet "{name}" added'))
            continue
        side, other = (Side.OURS, Side.THEIRS) if name in ours else (Side.THEIRS, Side.OURS)
        book = ours if side is Side.OURS else theirs
        if name not in base:
            edits.append(Edit(side, name, f'sheet "{name}" added'))
            continue
        said = _changed(base[name], book[name])
        if said:
            texts = (said, REMOVED) if side is Side.OURS else (REMOVED, said)
            conflicts.append(Conflict(name, SHEET_REMOVED, "", *texts))
        else:
            edits.append(Edit(other, name, f'sheet "{name}" removed'))
        if side is Side.THEIRS or not said:
            staying.discard(name)
    edits += [
        Edit(Side.OURS, name, f'sheet "{name}" removed')
        for name in base
        if name not in ours and name not in theirs
    ]
    return staying


def _changed(base: Grid, side: Grid) -> str:
    """What a side has changed in a sheet, in words; nothing where it has changed nothing."""
    ordered = base.ordered or side.ordered
    found = [
        each.said for each in merged_grid(base, base, side).edits if not each.moved or (ordered and each.row)
    ]
    if base.name != side.name:
        found.insert(0, f'the sheet\'s name: "{base.name}" → "{side.name}"')
    more = len(found) - _NAMED
    return "\n".join(found[:_NAMED]) + (f"\nand {more} more" if more > 0 else "")


def _renamed(versions: Versions, conflicts: list[Conflict], edits: list[Edit]) -> Iterator[tuple[str, str]]:
    """The sheets of OURS whose tabs bear another name in THEIRS, with the new name."""
    for name, grid in versions.ours.items():
        base, theirs = versions.base.get(name), versions.theirs.get(name)
        former = base.name if base else name
        if base and grid.name != former and (theirs is None or theirs.name in (former, grid.name)):
            edits.append(Edit(Side.OURS, name, f'sheet "{former}" renamed "{grid.name}"'))
        if theirs is None or theirs.name in (former, grid.name):
            continue
        taken = any(plain_word(theirs.name) == plain_word(each) for each in versions.ours if each != name)
        if grid.name == former and not taken:
            edits.append(Edit(Side.THEIRS, name, f'sheet "{former}" renamed "{theirs.name}"'))
            yield name, theirs.name
        else:
            conflicts.append(Conflict(name, SHEET_NAME, former, grid.name, theirs.name))


def _sheet_names(
    base: Mapping[str, Grid], ours: Mapping[str, Grid], theirs: Mapping[str, Grid]
) -> tuple[dict[str, str], dict[str, str]]:
    """For each side its sheets that the base has too, with the base's name for them."""
    found = [_matched(base, side) for side in (ours, theirs)]
    for matches, others, other in ((found[0], theirs, found[1]), (found[1], ours, found[0])):
        taken = {plain_word(name): name for name in others}
        for name, former in list(matches.items()):
            rival = taken.get(plain_word(name))
            if plain_word(name) != plain_word(former) and rival is not None and rival not in other:
                del matches[name]  # the other side has added a sheet of that name
    return found[0], found[1]


def _matched(base: Mapping[str, Grid], side: Mapping[str, Grid]) -> dict[str, str]:
    """Sheets of one name; of those left over the ones that are much alike were renamed."""
    found = _namesakes(side, base)
    pairs = [
        (name, former)
        for name in side
        if name not in found
        for former in base
        if former not in found.values() and _alike(base[former], side[name])
    ]
    counts: Sequence[Counter[str]] = [Counter(pair[half] for pair in pairs) for half in (0, 1)]
    return found | {name: former for name, former in pairs if counts[0][name] == counts[1][former] == 1}


def _namesakes(names: Collection[str], others: Iterable[str]) -> dict[str, str]:
    """The names that stand among others too, letter case and blanks left aside, which Excel tells apart.

    Each of the others is one's at most: those that are spelt alike first.
    """
    found = {name: name for name in others if name in names}
    free: dict[str, list[str]] = {}
    for other in others:
        if other not in found:
            free.setdefault(plain_word(other), []).append(other)
    for name in names:
        left = free.get(plain_word(name))
        if name not in found and left:
            found[name] = left.pop(0)
    return found


def _alike(base: Grid, side: Grid) -> bool:
    if base.kind is not side.kind:
        return False
    if base.kind in (SheetKind.TABLE, SheetKind.CRITERIA):
        names = [folded(grid.at(head_row(1), CORNER).text) for grid in (base, side)]
        before, after = ({row for row in grid.rows if not row.head} for grid in (base, side))
        shared = len(before & after)
        return (shared > 0 and shared >= _ALIKE * max(len(before | after), 1)) or names[0] == names[1] != ""
    said = [sorted(cell.text for cell in grid.cells.values()) for grid in (base, side)]
    return bool(said[0]) and said[0] == said[1]
