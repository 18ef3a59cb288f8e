"""What a merge of three tables must give, written down once more: slow, and by the letter of the docs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations

from attrs import evolve, frozen

from tests.merge.models import CORNER, HEADS, Book, Table

Found = tuple[str, str, str]
"""The kind of a conflict, its row and its column."""


@frozen
class Expected:
    """The merged table and its conflicts."""

    table: Table
    conflicts: frozenset[Found]


def merged_table(base: Table, ours: Table, theirs: Table) -> Expected:
    """The table that has the edits of both; OURS where they do not go together."""
    ours, theirs = recognized(base, ours, theirs), recognized(base, theirs, ours)
    ordered = any(side.at("#2", CORNER) == "F" for side in (ours, theirs))
    found: set[Found] = set()
    rows, columns = _staying(base, ours, theirs, found, ordered=ordered)
    cells = _cells(base, ours, theirs, rows, columns, found)
    question = _value("question", "#1", "", (base.question, ours.question, theirs.question), found)

    def differ(one: str, other: str) -> bool:
        """Whether a new row of OURS gives something else than one of THEIRS."""
        results = [each for each in {*ours.columns, *theirs.columns} if each[:2] not in ("if", CORNER)]
        said = [(ours.at(one, e) if e in ours.columns else "") for e in results]
        return said != [(theirs.at(other, e) if e in theirs.columns else "") for e in results]

    base_rows, our_rows, their_rows = ([e for e in s.rows if e in rows] for s in (base, ours, theirs))
    order, clashes = naive_order(base_rows, our_rows, their_rows, differ)
    if ordered:
        found |= {("row order", clash, "") for clash in clashes}
    old, new, newer = ([e for e in s.columns if e in columns] for s in (base, ours, theirs))
    across, _ = naive_order(old, new, newer)
    return Expected(Table(ours.tab, question, tuple(order), tuple(across), cells), frozenset(found))


def recognized(base: Table, side: Table, other: Table) -> Table:
    """A side in which what was renamed bears its new name, unless it is plain that it is the same.

    It is where its cells tell something, and the other side uses the new name for nothing else.
    """
    new_rows, new_columns = {}, {}
    kept = [row for row in base.rows if row in side.rows and base.at(row, CORNER) == side.at(row, CORNER)]
    for column in side.columns:
        name = _column_name(side, column)
        told = any(side.at(row, column) not in ("", "-") for row in kept if row not in HEADS)
        taken = any(_column_name(other, each) == name and each != column for each in other.columns)
        if column in base.columns and name != column and (taken or not told):
            new_columns[column] = name
    shared = [
        each for each in base.columns if each in side.columns and each != CORNER and each not in new_columns
    ]
    for row in side.rows:
        name = side.at(row, CORNER)
        told = any(side.at(row, column) not in ("", "-") for column in shared)
        taken = any(other.at(each, CORNER) == name and each != row for each in other.rows)
        if row in base.rows and row not in HEADS and name != row and (taken or not told):
            new_rows[row] = name
    return evolve(
        side,
        rows=tuple(new_rows.get(each, each) for each in side.rows),
        columns=tuple(new_columns.get(each, each) for each in side.columns),
        cells={(new_rows.get(r, r), new_columns.get(c, c)): text for (r, c), text in side.cells.items()},
    )


def _column_name(of: Table, column: str) -> str:
    return column if column == CORNER else f"{of.at('#2', column).lower()} {of.at('#3', column)}"


def _staying(
    base: Table, ours: Table, theirs: Table, found: set[Found], *, ordered: bool
) -> tuple[set[str], set[str]]:
    rows, columns = set(ours.rows), set(ours.columns)
    for side, other in ((ours, theirs), (theirs, ours)):
        changed = {
            (row, column)
            for row in set(base.rows) & set(side.rows)
            for column in set(base.columns) & set(side.columns)
            if base.at(row, column) != side.at(row, column)
        }
        common = [row for row in base.rows if row in side.rows]
        moved = moved_surely(common, [row for row in side.rows if row in base.rows]) if ordered else ()
        for row in set(side.rows) - set(other.rows):
            if row in base.rows and (row in {each for each, _ in changed} or row in moved):
                found.add(("row removed", row, ""))
            elif row in base.rows:
                rows.discard(row)
            else:
                rows.add(row)
        for column in set(side.columns) - set(other.columns):
            new = (row for row in side.rows if row not in base.rows)
            silent = ("", "-") if column.startswith("if") else ("",)
            said = any(side.at(row, column) not in silent for row in new)
            if column in base.columns and (column in {each for _, each in changed} or said):
                found.add(("column removed", "", column))
            elif column in base.columns:
                columns.discard(column)
            else:
                columns.add(column)
    return rows, columns


def _cells(
    base: Table,
    ours: Table,
    theirs: Table,
    rows: Collection[str],
    columns: Collection[str],
    found: set[Found],
) -> dict[tuple[str, str], str]:
    cells = {}
    for row in rows:
        new = row in ours.rows and row in theirs.rows and row not in base.rows
        shared = [each for each in columns if each in ours.columns and each in theirs.columns]
        pairs = [(ours.at(row, each), theirs.at(row, each)) for each in shared]
        apart = new and any(one and other and one != other for one, other in pairs)
        for column in columns:
            sides = [side for side in (ours, theirs) if row in side.rows and column in side.columns]
            if len(sides) == 1:
                cells[row, column] = sides[0].at(row, column)
            elif sides:
                texts = base.at(row, column), ours.at(row, column), theirs.at(row, column)
                if row not in base.rows or column not in base.columns:
                    texts = "", *texts[1:]
                if apart and texts[1] != texts[2]:
                    found.add(("row added twice", row, column))
                    cells[row, column] = texts[1]
                else:
                    cells[row, column] = _value("cell", row, column, texts, found)
    return cells


def _value(kind: str, row: str, column: str, texts: tuple[str, str, str], found: set[Found]) -> str:
    base, ours, theirs = texts
    if ours != theirs and base not in (ours, theirs):
        found.add((kind, row, column))
    return theirs if ours == base else ours


def naive_order(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    may_differ: Callable[[str, str], bool] = lambda *_: True,
) -> tuple[list[str], list[str]]:
    """All of OURS and THEIRS in order, and the first of each lot about whose order they do not agree."""
    clashes: list[str] = []
    common = [each for each in base if each in ours and each in theirs]
    sides = [[each for each in side if each in common] for side in (ours, theirs)]
    spine: list[str] = []
    start = 0
    for end in range(1, len(common) + 1):
        block = set(common[start:end])
        if all(set(side[start:end]) == block for side in sides):
            spine += _block(common[start:end], sides[0][start:end], sides[1][start:end], clashes)
            start = end
    by_both = [each for each in ours if each in theirs and each not in base]
    gaps = [{each: _gap(spine, side, each) for each in by_both} for side in (ours, theirs)]
    ranks = [
        {
            each: [e for e in side if e in by_both and gap[e][0] == gap[each][0]].index(each)
            for each in by_both
        }
        for side, gap in zip((ours, theirs), gaps, strict=True)
    ]
    for each in by_both:
        places = [(gap[each][0], rank[each]) for gap, rank in zip(gaps, ranks, strict=True)]
        if places[0] != places[1] or not (gaps[0][each][1] and gaps[1][each][1]):
            clashes.append(each)
    spine = _inserted(spine, [(gaps[0][each][0], each) for each in by_both])
    placed: list[tuple[int, str]] = []
    new: dict[int, list[str]] = {}
    for side, other in ((ours, theirs), (theirs, ours)):
        for each in side:
            if each not in other:
                gap, fits = _gap(spine, side, each)
                placed.append((gap, each))
                if not fits:
                    clashes.append(each)
                if each not in base:
                    new.setdefault(gap, []).append(each)
    for run in new.values():
        mine, other = ([each for each in run if (each in ours) is own] for own in (True, False))
        if any(may_differ(one, two) for one in mine for two in other):
            clashes.append(mine[0])
    return _inserted(spine, placed), clashes


def _block(base: list[str], ours: list[str], theirs: list[str], clashes: list[str]) -> list[str]:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs

    def first(one: str, other: str) -> bool:
        side = theirs if _first(theirs, one, other) != _first(base, one, other) else ours
        return _first(side, one, other)

    left, order = list(base), []
    while left:
        least = [each for each in left if all(first(each, other) for other in left if other != each)]
        if not least:
            clashes.append(ours[0])
            return ours
        order.append(least[0])
        left.remove(least[0])
    if _moved_apart(base, ours, theirs):
        clashes.append(ours[0])
        return ours
    return order


def _first(order: Sequence[str], one: str, other: str) -> bool:
    return order.index(one) < order.index(other)


def _moved_apart(base: list[str], ours: list[str], theirs: list[str]) -> bool:
    perhaps = [set().union(*_fewest(base, side)) for side in (ours, theirs)]
    surely = [moved_surely(base, side) for side in (ours, theirs)]
    alone = (surely[0] - perhaps[1]) | (surely[1] - perhaps[0])

    def passed(side: list[str], row: str) -> set[str]:
        return {e for e in base if e != row and _first(side, row, e) != _first(base, row, e)} - alone

    return any(passed(ours, row) != passed(theirs, row) for row in perhaps[0] & perhaps[1])


def moved_surely(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """What every explanation by the fewest moves takes for moved."""
    return set.intersection(*_fewest(old, new))


def _fewest(old: Sequence[str], new: Sequence[str]) -> list[set[str]]:
    """The smallest sets without which two orders are one."""
    for number in range(len(old) + 1):
        found = [
            set(chosen)
            for chosen in combinations(old, number)
            if [e for e in old if e not in chosen] == [e for e in new if e not in chosen]
        ]
        if found:
            return found
    raise AssertionError


def _gap(spine: Sequence[str], side: Sequence[str], row: str) -> tuple[int, bool]:
    """Before which of the spine a row stands, and whether what stands around it leaves room for it."""
    place = side.index(row)
    above = [each for each in side[:place] if each in spine]
    below = [each for each in side[place + 1 :] if each in spine]
    start = spine.index(above[-1]) + 1 if above else 0
    end = spine.index(below[0]) if below else len(spine)
    fits = [
        gap
        for gap in range(start, end + 1)
        if all(each in above for each in spine[start:gap]) and all(each in below for each in spine[gap:end])
    ]
    return (fits[0], True) if fits else (start, False)


def _inserted(spine: Sequence[str], placed: Sequence[tuple[int, str]]) -> list[str]:
    return [
        each
        for gap in range(len(spine) + 1)
        for each in (*(row for place, row in placed if place == gap), *spine[gap : gap + 1])
    ]


def _changed(base: Table, side: Table) -> bool:
    """Whether more was changed than an order that means nothing."""
    if "F" in (base.at("#2", CORNER), side.at("#2", CORNER)) and base.rows != side.rows:
        return True
    return (base.tab, base.question, {*base.rows}, {*base.columns}, base.cells) != (
        side.tab,
        side.question,
        {*side.rows},
        {*side.columns},
        side.cells,
    )


def merged_book(
    base: Book, ours: Book, theirs: Book
) -> tuple[list[str], dict[str, str], set[tuple[str, str]]]:
    """The merged workbook's sheets in order, what their tabs say, and the conflicts about whole sheets."""
    found: set[tuple[str, str]] = set()
    staying = {each for each in ours if each in theirs or each not in base}
    staying |= {each for each in theirs if each not in base}
    for side, other in ((ours, theirs), (theirs, ours)):
        for name in set(side) & set(base) - set(other):
            if _changed(base[name], side[name]):
                found.add(("sheet removed", name))
                staying |= {name} & set(ours)
    old, new, newer = ([e for e in book if e in staying] for book in (base, ours, theirs))
    order, _ = naive_order(old, new, newer)
    tabs = {}
    for name in order:
        sides = [book[name].tab if name in book else "" for book in (base, ours, theirs)]
        if name in ours and name in theirs and name in base:
            told: set[Found] = set()
            tabs[name] = _value("sheet name", name, "", (sides[0], sides[1], sides[2]), told)
            if tabs[name] != sides[1] and any(tabs[name] == of.tab for of in ours.values()):
                told.add(("sheet name", name, ""))
                tabs[name] = sides[1]
            found |= {(kind, each) for kind, each, _ in told}
        else:
            tabs[name] = sides[1] or sides[2]
    return order, tabs, found
