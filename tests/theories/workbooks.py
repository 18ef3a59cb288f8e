"""Random small policies full of clauses that clinicians write, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from attrs import evolve, frozen

from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import linked, table
from tests.theories.clauses import MAKERS
from tests.theories.clinical_facts import FACTS, Drawn, of_type
from tests.theories.hard_clauses import HARD_MAKERS
from tests.theories.splits import Maker, Split, View, bands, values_of

_LABELS = ("a", "b", "c")
_HIT_POLICIES = ("U",) * 8 + ("F", "F", "A", "A", "P", "P", "C", "R", "O", "C#")

# Facts that are of use together.
_TOGETHER = (
    ("weight_kg", "height_m"), ("baseline", "current"), ("dose_mg", "weight_kg", "cycles"),
    ("birth", "seen"), ("birth", "seen", "stop"), ("start", "stop"),
    ("seen", "start"), ("score", "level"), ("score", "level", "lab"),
    ("age", "weight_kg"), ("visits", "cycles"), ("code", "diagnosis"), ("remark",),
    ("urgent", "score", "level"), ("birth", "seen", "start"), ("lab", "score"),
    ("age", "visits", "cycles"), ("plan", "remark"),
)  # fmt: skip


@frozen
class Made:
    """A random policy.

    kinds: of each table by name, the kinds of clauses in it; `behind` among them where a table that it reads
    has such. built: the tables that are complete and free of overlaps as they were put together.
    """

    seed: int
    policy: LinkedPolicy
    facts: tuple[Drawn, ...]
    kinds: dict[str, frozenset[str]]
    built: frozenset[str]


@frozen
class _Table:
    table: DecisionTable
    kinds: frozenset[str]
    built: bool
    splits: tuple[Split, ...]


@frozen
class _Size:
    """Which clauses, how many tables above the last, how large, and how often row 4 says what may arrive."""

    makers: tuple[Maker, ...]
    above: tuple[int, ...]
    columns: tuple[int, ...]
    cuts: tuple[int, ...]
    rules: int
    stated: float


_USUAL = _Size(MAKERS, (0, 0, 1, 1, 2), (1, 2, 2, 3), (1, 2, 2, 3, 3, 4), 8, 0)
_HARD = _Size((*MAKERS, *HARD_MAKERS * 4), (0, 1, 2, 3), (1, 2, 3, 5), (1, 2, 3, 5, 8), 20, 0.15)


def workbook(seed: int, *, hard: bool = False) -> Made:
    """The policy of a seed, of one to three tables over two to five facts.

    hard: larger ones, up to four tables, with clauses that combine several things, and with row 4 of some.
    """
    size = _HARD if hard else _USUAL
    chance = Random(seed)
    names = set(chance.choice(_TOGETHER))
    names |= {each.name for each in chance.sample(FACTS, k=chance.choice((0, 1, 1, 2, 3)))}
    if chance.random() < 0.3 or len(names) < 2:
        names |= set(chance.choice(_TOGETHER))
    facts = tuple(each for each in FACTS if each.name in names)[:5]
    made: list[_Table] = []
    for name in ("T1", "T2", "T3")[: chance.choice(size.above)]:
        made.append(_table(name, facts, made, chance, size))
    made.append(_table("Final", facts, made, chance, size))
    payer = {"payer": "acme"} if chance.random() < 0.7 else {}
    return Made(
        seed,
        linked([each.fact for each in facts], *[each.table for each in made], **payer),
        facts,
        {each.table.name: each.kinds for each in made},
        frozenset(each.table.name for each in made if each.built),
    )


def _table(name: str, facts: Sequence[Drawn], above: Sequence[_Table], chance: Random, size: _Size) -> _Table:
    splits = _splits(facts, above, chance, size)
    rows = _tree(splits, chance, size)
    columns, cells = _laid_out(splits, rows, chance)
    allowed = {view.clause: view.stated for split in splits for view in split.views}
    built = chance.random() < 0.6
    if not built:
        for _ in range(chance.choice((1, 1, 2))):
            _spoil(cells, chance)
    hit_policy = chance.choice(_HIT_POLICIES)
    if hit_policy == "F" and chance.random() < 0.5:
        cells.append(["-"] * len(columns))
        built = False
    outputs, entries, row_4 = _outputs(name, facts, len(cells), hit_policy, chance)
    headings = [*[f"IF {clause}" for clause in columns], f"THEN {outputs}"]
    rules = [
        (f"{name[0]}-{number}", *row, entry)
        for number, (row, entry) in enumerate(zip(cells, entries, strict=True))
    ]
    above_4 = [
        allowed[clause] if size.stated and chance.random() < size.stated else None for clause in columns
    ]
    kinds = frozenset(split.kind for split in splits)
    return _Table(
        table(name, hit_policy, headings, [*above_4, row_4], *rules),
        kinds,
        built,
        _readings(name, hit_policy, row_4, entries, facts, kinds, chance),
    )


def _splits(facts: Sequence[Drawn], above: Sequence[_Table], chance: Random, size: _Size) -> list[Split]:
    """So many splits, no two of which ask the same clause."""
    wanted = chance.choice(size.columns)
    found: list[Split] = []
    if above and chance.random() < 0.85:
        found.append(chance.choice([split for each in above for split in each.splits]))
    clauses = {view.clause for split in found for view in split.views}
    for _ in range(40):
        if len(found) >= wanted:
            break
        split = chance.choice(size.makers)(chance, facts)
        if split is not None and clauses.isdisjoint(view.clause for view in split.views):
            found.append(split)
            clauses |= {view.clause for view in split.views}
    return found


def _tree(splits: Sequence[Split], chance: Random, size: _Size) -> list[dict[int, int]]:
    """Rows that name a piece of some splits each, and together hold each case once."""
    rows: list[dict[int, int]] = [{}]
    for _ in range(chance.choice(size.cuts)):
        at = chance.randrange(len(rows))
        open_ones = [number for number in range(len(splits)) if number not in rows[at]]
        if not open_ones:
            continue
        number = open_ones[0] if rows == [{}] else chance.choice(open_ones)
        pieces = range(len(splits[number].views[0].cells))
        if len(rows) + len(pieces) - 1 > size.rules:
            continue
        rows[at : at + 1] = [{**rows[at], number: piece} for piece in pieces]
    return rows


def _laid_out(
    splits: Sequence[Split], rows: Sequence[dict[int, int]], chance: Random
) -> tuple[list[str], list[list[str]]]:
    """The rows as cells, each piece in one view of its split."""
    chosen = [
        {number: (chance.choice(splits[number].views), piece) for number, piece in row.items()}
        for row in rows
    ]
    used = {view.clause: None for row in chosen for view, _ in row.values()}
    cells = []
    for row in chosen:
        by_clause = {view.clause: view.cells[piece] for view, piece in row.values()}
        cells.append([by_clause.get(clause, "-") for clause in used])
    return list(used), cells


_ENDS = {"<= ": "< ", "< ": "<= ", ">= ": "> ", "> ": ">= ", "[": "(", "(": "[", "]": ")", ")": "]"}


def _spoil(cells: list[list[str]], chance: Random) -> None:
    """A row left out, a cell opened, one that says what that of another row does, or an end more or less."""
    row = chance.randrange(len(cells))
    column = chance.randrange(len(cells[row]))
    cell = cells[row][column]
    what = chance.random()
    if what < 0.3 and len(cells) > 1:
        del cells[row]
    elif what < 0.5:
        cells[row][column] = "-"
    elif what < 0.75:
        cells[row][column] = chance.choice(cells)[column]
    elif ".." in cell and cell[-1] in _ENDS and chance.random() < 0.5:
        cells[row][column] = cell[:-1] + _ENDS[cell[-1]]
    else:
        begins = next((each for each in _ENDS if cell.startswith(each)), "")
        cells[row][column] = _ENDS.get(begins, "") + cell.removeprefix(begins)


_AMOUNTS = ("{n}", "{n} * 0.1", "{n} + 5", "{n} * 2", "12")


def _outputs(
    name: str, facts: Sequence[Drawn], count: int, hit_policy: str, chance: Random
) -> tuple[str, list[Any], str]:
    """An output's name, its entries and its row 4: labels, or for others to read an amount."""
    numbers = of_type(facts, "number", "integer", nullable=False)
    if name != "Final" and hit_policy in "UF" and numbers and chance.random() < 0.3:
        entries = [chance.choice(_AMOUNTS).format(n=chance.choice(numbers).name) for _ in range(count)]
        return f"{name} value", entries, "expression"
    return f"{name} value", [chance.choice(_LABELS) for _ in range(count)], ", ".join(_LABELS)


def _readings(
    name: str,
    hit_policy: str,
    row_4: str,
    entries: Sequence[str],
    facts: Sequence[Drawn],
    kinds: frozenset[str],
    chance: Random,
) -> tuple[Split, ...]:
    """How later tables may ask for a decision."""
    kind = "behind" if kinds - {"plain"} else "behind plain"
    if hit_policy == "C#":
        return (Split(kind, (View(name, ("< 1", "1", "> 1")),)),)
    if hit_policy in ("C", "R", "O"):
        return (Split(kind, (View(f"count({name})", ("< 1", "1", "> 1")),)),)
    if row_4 == "expression":
        cells = bands([value for entry in entries for value in values_of(entry, facts, chance, 8)], chance)
        assert cells is not None
        return (Split(f"{kind}, an amount", (View(name, (*cells[:-1], f"{cells[-1]}, null")),)),)
    return (
        Split(kind, (View(name, ("a", "not(a)")),)),
        Split(kind, (View(name, ("a, b", "c, null")),)),
        Split(kind, (View(name, ("a", "b", "c, null")),)),
    )


def without_rule(made: Made, name: str, rule: int) -> Made:
    """The policy with one rule of a table fewer."""
    tables = [
        evolve(each, rules=(*each.rules[:rule], *each.rules[rule + 1 :])) if each.name == name else each
        for each in made.policy.workbook.tables
    ]
    payer = {} if made.policy.workbook.generic else {"payer": "acme"}
    return evolve(made, policy=linked(made.policy.dictionary.facts, *tables, **payer))
