"""Random small policies whose decisions compute their outputs, and read those of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from dmn_dli.model.table import DecisionTable
from tests.linking.books import linked, table
from tests.theories.clinical_facts import FACTS
from tests.theories.workbooks import Made

_NAMES = ("score", "level", "visits", "urgent", "lab", "plan")

_HALVES = {
    "score": ("< 10", ">= 10"),
    "level": ("<= 3.5", "> 3.5"),
    "visits": ("[2..8]", "not([2..8])"),
    "urgent": ("true", "false"),
    "lab": ("< 20", ">= 20, null"),
    "score > level": ("true", "not(true)"),
    "level * 2": ("< 30", ">= 30, null"),
}
_AMOUNTS = (
    "score",
    "level * 2",
    "visits + 1",
    "score - level",
    "if urgent then score else 4",
    "if score > level then score - level else 0",
    "lab",
    "7",
    "12.5",
    "null",
)
_BEHIND = (
    "{n}",
    "{n} * 2",
    "{n} + score",
    "if {n} > 10 then {n} else 3",
    'if urgent then {n} else "r"',
    "{n} - {n}",
)
_BANDS = (("< 5", "[5..20]", "> 20, null"), ("<= 12", "> 12", "null"), ("null", "not(null)"))
_SHARED = ("U", "U", "F", "F", "A", "A", "P", "C+", "C<", "C>", "C#", "R")


def computed_workbook(seed: int) -> Made:
    """The policy of a seed: one or two decisions that compute amounts, and a final one that reads them."""
    chance = Random(seed)
    facts = tuple(each for each in FACTS if each.name in _NAMES)
    made: list[DecisionTable] = []
    for name in ("T1", "T2")[: chance.choice((1, 1, 2))]:
        made.append(_amounts(name, [each.name for each in made], chance))
    made.append(_final(made, chance))
    read = {word for each in made for word in _words(each)}
    used = tuple(each for each in facts if each.name in read)
    payer = {"payer": "acme"} if chance.random() < 0.5 else {}
    return Made(
        seed,
        linked([each.fact for each in used], *made, **payer),
        used,
        {each.name: frozenset({f"{each.hit_policy.value}"}) for each in made},
        frozenset(),
    )


def _words(made: DecisionTable) -> set[str]:
    cells = [each.cell.text for each in made.inputs]
    for rule in made.rules:
        cells += [each.text for each in (*rule.inputs, *rule.outputs)]
    signs = str.maketrans(dict.fromkeys("()[],<>=+-*/", " "))
    return {word for text in cells for word in text.translate(signs).split()}


def _amounts(name: str, above: Sequence[str], chance: Random) -> DecisionTable:
    """A decision that computes an amount, at times beside a label."""
    hit_policy = chance.choice(_SHARED)
    columns = chance.sample(sorted(_HALVES), k=chance.choice((1, 1, 2)))
    pool = [*_AMOUNTS, *[each.format(n=other) for other in above for each in _BEHIND[:4]]]
    if hit_policy in ("C+", "C<", "C>"):
        pool = [each for each in pool if each not in ("null", "lab")]
    entries = chance.sample(pool, k=min(len(pool), 3))
    labels = hit_policy == "P" or (hit_policy in "UFAR" and chance.random() < 0.25)
    rows = _rows(columns, hit_policy, chance)
    outputs = [("amount", "expression", entries)]
    if labels:
        outputs.insert(0, ("label", "a, b, c", ["a", "b", "c"]))
    return _made(name, hit_policy, columns, rows, outputs, chance)


def _final(made: Sequence[DecisionTable], chance: Random) -> DecisionTable:
    """A decision that reads amounts: by bands, in an expression, beside a fact, or in its entries."""
    named = [(each.name, f"{each.name}.amount" if len(each.outputs) > 1 else each.name) for each in made]
    _, amount = chance.choice(named)
    clause, cells = chance.choice(
        [
            (amount, chance.choice(_BANDS)),
            (f"{amount} * 2 + 1", chance.choice(_BANDS)),
            (f"{amount} > level", ("true", "not(true)")),
            (f"{amount} - score", chance.choice(_BANDS)),
            ("level", (f"< {amount}", f"not(< {amount})")),
        ]
    )
    columns = [clause]
    halves = {**_HALVES, clause: cells}
    if chance.random() < 0.5:
        columns.append(chance.choice(sorted(_HALVES)))
    hit_policy = chance.choice(("U", "U", "U", "F", "A", "P", "C", "C#", "C+", "R"))
    rows = _rows(columns, hit_policy, chance, halves)
    numbers = hit_policy in ("C+", "C#")
    pool: list[Any] = ["1", "2", "3"] if numbers else ["a", "b", "c"]
    row_4 = "number" if numbers else "a, b, c"
    if hit_policy != "P" and chance.random() < 0.4:
        row_4 = "expression"
        computed = [each.format(n=amount) for each in _BEHIND]
        if numbers:
            pool = [*pool, *computed[:3]]
        else:
            pool = [*[f'"{each}"' for each in pool], *computed, *_AMOUNTS[:3]]
    outputs = [("Final value", row_4, chance.sample(pool, k=3))]
    if hit_policy in "PUFC" and not numbers and chance.random() < 0.3:
        outputs.append(("amount", "expression", [amount, "score + 1", "3"]))
    return _made("Final", hit_policy, columns, rows, outputs, chance)


def _rows(
    columns: Sequence[str], hit_policy: str, chance: Random, halves: Mapping[str, Sequence[str]] | None = None
) -> list[list[str]]:
    """Rows that hold each case once, or rows as they come."""
    cells = {**_HALVES, **(halves or {})}
    if hit_policy == "U" or chance.random() < 0.5:
        rows = [[cell, *["-"] * (len(columns) - 1)] for cell in cells[columns[0]]]
        if len(columns) > 1:
            at = chance.randrange(len(rows))
            rows[at : at + 1] = [[rows[at][0], cell] for cell in cells[columns[1]]]
        if chance.random() < 0.2:
            del rows[chance.randrange(len(rows))]
        return rows
    rows = [[chance.choice(["-", *cells[each]]) for each in columns] for _ in range(chance.choice((2, 3)))]
    return [*rows, ["-"] * len(columns)]


def _made(
    name: str,
    hit_policy: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    outputs: Sequence[tuple[str, str, Sequence[Any]]],
    chance: Random,
) -> DecisionTable:
    rules = [
        (f"{name[0]}-{number}", *row, *[chance.choice(entries) for _, _, entries in outputs])
        for number, row in enumerate(rows)
    ]
    headings = [*[f"IF {each}" for each in columns], *[f"THEN {each}" for each, _, _ in outputs]]
    return table(
        name, hit_policy, headings, [*[None] * len(columns), *[row_4 for _, row_4, _ in outputs]], *rules
    )
