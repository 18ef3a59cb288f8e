"""Large generic workbooks: a hundred exclusions, a score, a count, a list, a chain of tables, random ones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

ITEMS = 100
CHAIN = 200


@frozen
class Case:
    """Facts, what may come out of them (one thing: the determination), and which facts are missing."""

    facts: Mapping[str, Any]
    possible: tuple[Any, ...]
    missing: frozenset[str] = frozenset()


@frozen
class Large:
    """A workbook with cases of which the answer is known; the first has no facts."""

    facts: Sequence[Fact]
    tables: Sequence[DecisionTable]
    cases: tuple[Case, ...]

    def linked(self) -> LinkedPolicy:
        """The workbook with its names resolved."""
        return linked(self.facts, *self.tables)


def exclusions() -> Large:
    """A hundred exclusions, any of which excludes, each with a reason of its own (F)."""
    names = _names("exclusion")
    rows: list[list[Any]] = [[*_one(at, "true"), "excluded", f"Exclusion {at}."] for at in range(ITEMS)]
    headings = [*_asked(names), "THEN answer", "NOTE Reason"]
    made = table("Final", "F", headings, None, *rows, [*["-"] * ITEMS, "covered", "None applies."])
    but_one = dict.fromkeys(names[1:], False)
    return Large(
        [fact(name, "boolean") for name in names],
        [made],
        (
            Case({}, ("covered", "excluded"), frozenset(names)),
            Case({names[50]: True}, ("excluded",)),
            Case(but_one, ("covered", "excluded"), frozenset(names[:1])),
            Case({**but_one, names[0]: False}, ("covered",)),
        ),
    )


def score() -> Large:
    """A score of a hundred items with weights 0 to 10 (C+), and what it means."""
    weights = [at * 7 % 11 for at in range(ITEMS)]
    names = _names("item")
    half = sum(weights) // 2
    score = _gathered("Score", "C+", names, "number\ndefault: 0", list(weights))
    final = table("Final", "F", ["IF Score", "THEN risk"], None, [f">= {half}", "high"], ["-", "low"])
    weighty = [name for name, weight in zip(names, weights, strict=True) if weight]
    most = dict.fromkeys(names[: ITEMS * 3 // 4], True)
    return Large(
        [fact(name, "boolean") for name in names],
        [score, final],
        (
            Case({}, ("high", "low"), frozenset(weighty)),
            Case(most, ("high",)),
            Case(dict.fromkeys(most, False), ("low",)),
        ),
    )


def at_least(k: int = 40) -> Large:
    """At least `k` of a hundred criteria are met (C#)."""
    names = _names("criterion")
    count = _gathered("Count", "C#", names, None, ["met"] * ITEMS)
    final = table("Final", "U", ["IF Count", "THEN answer"], None, [f">= {k}", "enough"], [f"< {k}", "few"])
    met = dict.fromkeys(names[:k], True)
    short = {**dict.fromkeys(names[: k - 1], True), **dict.fromkeys(names[k:], False)}
    return Large(
        [fact(name, "boolean") for name in names],
        [count, final],
        (
            Case({}, ("enough", "few"), frozenset(names)),
            Case(met, ("enough",)),
            Case(short, ("enough", "few"), frozenset(names[k - 1 : k])),
        ),
    )


def documents() -> Large:
    """A hundred documents, each due where a fact says so (C), beside a decision that reads none of them."""
    names = _names("needs")
    entries = [f"document {at}" for at in range(ITEMS)]
    lists = _gathered("Documentation", "C", names, None, entries)
    final = table("Final", "U", ["IF covered", "THEN answer"], None, ["true", "yes"], ["false", "no"])
    return Large(
        [fact(name, "boolean") for name in (*names, "covered")],
        [lists, final],
        (
            Case({}, ("no", "yes"), frozenset({"covered"})),
            Case({"covered": False}, ("no",)),
            Case({"covered": True, **dict.fromkeys(names[::2], True)}, ("yes",)),
        ),
    )


def chain() -> Large:
    """Two hundred tables, each of which reads the one before it: in turn both or either must hold."""
    names = _names("step", CHAIN)
    tables = []
    for at, name in enumerate(names):
        headings = [f"IF {name}", *([f"IF T{at - 1}"] if at else []), "THEN value"]
        either = [["true", "-", "yes"], ["-", "yes", "yes"]]
        both = [["true", *(["yes"] if at else []), "yes"]]
        otherwise = [*["-"] * (len(headings) - 1), "no"]
        tables.append(table(f"T{at}", "F", headings, None, *(either if at % 2 else both), otherwise))
    return Large(
        [fact(name, "boolean") for name in names],
        tables,
        (
            Case({}, ("no", "yes"), frozenset(names)),
            Case({names[-1]: True}, ("yes",)),
            Case({names[-1]: False, names[-2]: False}, ("no",)),
        ),
    )


def random_policy(seed: int, facts: int = 500, tables: int = 60) -> Large:
    """A tree of tables over facts of every kind, some of which two tables read; one case with 300 unknown.

    What may come out of the case is not said.
    """
    chance = random.Random(seed)
    known = [_fact(f"f{at}", chance) for at in range(facts)]
    waiting: dict[str, Sequence[str]] = {}
    made: list[DecisionTable] = []
    for at in range(tables):
        last = at == tables - 1
        again = [chance.choice(known)] if chance.random() < 0.2 else []
        columns: dict[str, Sequence[str]] = {
            each.name: _CELLS[each.type.value] for each in [*known[at::tables], *again]
        }
        # Towards the end two or three tables are read at a time, so that the last reads all that are left.
        reads = chance.choice((1, 2, 3)) if at > tables // 3 else 0
        for name in chance.sample(sorted(waiting), len(waiting) if last else min(len(waiting), reads)):
            columns[name] = waiting.pop(name)
        name, policy = ("Final", "F") if last else (f"T{at}", chance.choice(("F", "F", "F", "P", "C#", "C+")))
        made.append(_random_table(name, policy, columns, chance))
        waiting[name] = _CELLS[policy if policy in _CELLS else "string"]
    case = {each.name: chance.choice(_VALUES[each.type.value]) for each in chance.sample(known, facts - 300)}
    return Large(known, made, (Case(case, ()),))


_CELLS = {
    "boolean": ("true", "false"),
    "string": ("red", "green, blue", "not(red)"),
    "number": ("< 10", "[10..50)", ">= 50"),
    "C#": ("< 2", ">= 2", "3"),
    "C+": ("< 5", ">= 5", "[3..12]"),
}
"""What cells ask of a fact of a type, or of a table of a hit policy."""

_VALUES = {"boolean": (True, False), "string": ("red", "green", "blue"), "number": (5, 20, 50, 70)}


def _random_table(
    name: str, policy: str, columns: Mapping[str, Sequence[str]], chance: random.Random
) -> DecisionTable:
    """Rules of a few cells each, as people write them; the last of F and P answers what no other does."""
    adds = policy == "C+"
    rows: list[list[Any]] = []
    for _ in range(chance.randrange(4, 10)):
        asked = chance.sample(sorted(columns), min(len(columns), chance.randrange(1, 5)))
        cells = [chance.choice(tests) if each in asked else "-" for each, tests in columns.items()]
        rows.append([*cells, chance.randrange(1, 6) if adds else chance.choice(_VALUES["string"])])
    if policy in ("F", "P"):
        rows.append([*["-"] * len(columns), "blue"])
    row_4 = "number\ndefault: 0" if adds else "red, green, blue"
    headings = [*_asked(columns), f"THEN {name} value"]
    return table(name, policy, headings, [*[None] * len(columns), row_4], *rows)


def _fact(name: str, chance: random.Random) -> Fact:
    match chance.choice(("boolean", "boolean", "string", "number")):
        case "string":
            return fact(name, "string", "red, green, blue")
        case "number":
            return fact(name, "number", "[0..100]")
    return fact(name, "boolean")


def _names(stem: str, count: int = ITEMS) -> list[str]:
    return [f"{stem}_{at}" for at in range(count)]


def _asked(names: Iterable[str]) -> list[str]:
    return [f"IF {name}" for name in names]


def _one(position: int, test: str) -> list[str]:
    """The cells of a rule that asks for one fact."""
    return [test if at == position else "-" for at in range(ITEMS)]


def _gathered(
    name: str, hit_policy: str, names: Sequence[str], values: str | None, entries: Sequence[Any]
) -> DecisionTable:
    """A table in which each fact that is true contributes an entry."""
    rows = [[*_one(at, "true"), entry] for at, entry in enumerate(entries)]
    return table(name, hit_policy, [*_asked(names), f"THEN {name} value"], [*[None] * ITEMS, values], *rows)
