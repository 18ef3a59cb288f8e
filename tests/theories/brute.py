"""Brute force: very many cases of a policy, above all where the answer of some cell changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from random import Random
from typing import Any

from attrs import define, field

from dmn_dli.model.facts import FactType
from dmn_dli.tables.firing import Firer
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.masks import members
from tests.reference.policy import Oracle
from tests.reference.tables import fired_rules
from tests.reference.values import literals
from tests.theories.clinical_facts import Drawn

Case = dict[str, Any]


@define
class Shown:
    """What cases show of a table: how many reach it, one without a rule, one for rules that share it."""

    reached: int = 0
    gap: Case | None = None
    overlaps: dict[tuple[int, int], Case] = field(factory=dict)

    def add(self, fired: int, case: Case) -> None:
        """One more case: the mask of the rules that fire."""
        self.reached += 1
        if not fired:
            self.gap = self.gap or case
        elif fired & (fired - 1):
            for pair in combinations(members(fired), 2):
                self.overlaps.setdefault(pair, case)


Marks = tuple[tuple[tuple[int, ...], int] | None, ...]
"""For each table the masks of its columns and of the rules that fire; None where it is not reached."""


class Brute:
    """All that many cases show of the tables of a policy."""

    def __init__(self, policy: LinkedPolicy, facts: Sequence[Drawn], seed: int) -> None:
        """Take the policy; facts: those that its tables may read."""
        self.policy, self.facts = policy, facts
        self.chance = Random(seed)
        self.names = [each.name for each in policy.tables]
        self.shown = {name: Shown() for name in self.names}
        self.cases = 0
        self._firer = Firer(policy)
        points = literals(policy)
        self._pools = {each.name: _pool(each, points) for each in facts}

    def search(self, count: int = 400, lines: int = 4) -> None:
        """Try cases: by chance, along lines through some of them, and by chance again with what was found."""
        for _ in range(count):
            self.ask(self.draw())
        for _ in range(lines):
            base = self.draw()
            for fact in self.facts:
                for case in self._turns(base, fact):
                    self._pools[fact.name].append(case[fact.name])
        for _ in range(count):
            self.ask(self.draw())

    def telling(self, base: Case, fact: Drawn, free: Sequence[str]) -> list[Any]:
        """Values of a fact by which answers change, with the facts `free` drawn anew, and some others."""
        found: dict[Any, None] = {}
        for _ in range(4):
            case = {**base, **{name: value for name, value in self.draw().items() if name in free}}
            found |= dict.fromkeys(each[fact.name] for each in self._turns(case, fact))
        return list(found | dict.fromkeys(self._value(fact) for _ in range(30)))

    def completing(self, facts: Case, count: int = 600, lines: int = 8) -> Iterator[Case]:
        """Many ways to fill in what is unknown of a case, along lines too."""
        for _ in range(count):
            yield {**self.draw(), **facts}
        for _ in range(lines):
            for fact in self.facts:
                if fact.name not in facts:
                    yield from self._turns({**self.draw(), **facts}, fact)

    def ask(self, case: Case) -> Marks:
        """One more case, and what the tables say of it."""
        self.cases += 1
        marks: list[tuple[tuple[int, ...], int] | None] = []
        for name in self.names:
            firing = self._firer.fire(name, case)
            if firing is None or firing.unlisted is not None:
                marks.append(None)
            else:
                marks.append((firing.masks, firing.fired))
                self.shown[name].add(firing.fired, case)
        return tuple(marks)

    def draw(self) -> Case:
        """A case by chance: values at and around what the tables name, of other facts, or any."""
        case = {each.name: self._value(each) for each in self.facts}
        if self.chance.random() < 0.4 and len(self.facts) > 1:
            one, other = self.chance.sample(list(self.facts), k=2)
            if one.fact.type is other.fact.type or {one.fact.type, other.fact.type} == {
                FactType.NUMBER,
                FactType.INTEGER,
            }:
                value = self._beside(case[other.name])
                if one.admits(value):
                    case[one.name] = value
        return case

    def _value(self, fact: Drawn) -> Any:
        if self.chance.random() < 0.75:
            return self.chance.choice(self._pools[fact.name])
        return fact.draw(self.chance, far=True)

    def _beside(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value + self.chance.choice((0, 0, 0, 1, -1, Decimal("0.01"), 5, -5))
        if isinstance(value, date) and date(200, 1, 1) < value < date(9000, 1, 1):
            if value.day < 29 and self.chance.random() < 0.3:
                value = value.replace(year=value.year + self.chance.choice((1, -1, 18, -18, -65)))
            return value + timedelta(self.chance.choice((0, 0, 1, -1, 30, 29, 366, -30)))
        return value

    def _turns(self, base: Case, fact: Drawn) -> Iterator[Case]:
        """Cases along a line on both sides of where an answer changes, and at a round value between."""
        if fact.fact.type in (FactType.STRING, FactType.BOOLEAN):
            return
        values = sorted({value for value in self._pools[fact.name] if value is not None})
        grid = sorted(self.chance.sample(values, k=min(len(values), 14)))
        asked = [self.ask({**base, fact.name: value}) for value in grid]
        steps = [
            (low, high)
            for (low, one), (high, other) in pairwise(zip(grid, asked, strict=True))
            if one != other
        ]
        for low, high in self.chance.sample(steps, k=min(len(steps), 3)):
            yield from self._bisected(base, fact, low, high)

    def _bisected(self, base: Case, fact: Drawn, low: Any, high: Any) -> Iterator[Case]:
        marks = self.ask({**base, fact.name: low})
        whole = fact.fact.type is not FactType.NUMBER
        for _ in range(45):
            middle = _middle(low, high, whole=whole)
            if middle is None:
                break
            if self.ask({**base, fact.name: middle}) == marks:
                low = middle
            else:
                high = middle
        found = {low, high}
        if isinstance(low, Decimal) and not whole:
            found |= {round(high, digits) for digits in (0, 1, 2, 3, 4, 6)}
        for value in sorted(found):
            if fact.admits(value):
                case = {**base, fact.name: value}
                self.ask(case)
                yield case


def _middle(low: Any, high: Any, *, whole: bool) -> Any:
    if isinstance(low, date):
        step = (high - low).days // 2
        return low + timedelta(step) if step else None
    middle = (low + high) / 2
    if whole:
        middle = middle.to_integral_value()
        return middle if low < middle < high else None
    middle = round(middle, 9)
    return middle if low < middle < high else None


def _pool(fact: Drawn, points: set[Any]) -> list[Any]:
    """Values of a fact near what the tables name, and some by chance."""
    chance = Random(len(points))
    match fact.fact.type:
        case FactType.BOOLEAN:
            found: list[Any] = [False, True]
        case FactType.STRING:
            found = [*fact.texts, *([] if fact.listed else _texts(points))]
        case FactType.DATE:
            days = sorted(point for point in points if type(point) is date)
            found = [day + timedelta(step) for day in days for step in (-366, -30, -1, 0, 1, 30, 366)]
        case _:
            found = _numbers(fact, sorted(point for point in points if isinstance(point, Decimal)))
    every = [*found, None, *[fact.draw(chance, far=True) for _ in range(12)]]
    return [value for value in dict.fromkeys(every) if fact.admits(value)]


def _texts(points: set[Any]) -> list[str]:
    named = sorted(point for point in points if isinstance(point, str))
    return [
        text for each in named for text in (each, f"{each}1", f"x{each}", each[:-1], each * 3, f"x{each}x")
    ]


def _numbers(fact: Drawn, points: list[Decimal]) -> list[Decimal]:
    near = [
        round(value, 3).normalize() + 0
        for point in points
        for value in (point, point * 2, point / 2, point / 12, point * Decimal("2.54"), point * point)
    ]
    edges = [edge for edge in (fact.low, fact.high) if edge is not None]
    ends = [] if edges else [Decimal(each) for each in (0, 1_000, -1_000, 10**6, -(10**6))]
    steps = (Decimal(0), Decimal("-0.5"), Decimal("0.01"), Decimal(1), Decimal(-1), Decimal("-0.01"))
    return [base + step for base in (*near, *edges, *ends) for step in steps]


def rules_that_fire(policy: LinkedPolicy, table: str, facts: Case) -> set[int] | None:
    """What the tables, read naively, make of a case; None where the table is not reached."""
    oracle = Oracle(policy)
    answers = oracle.decide(facts)
    if answers[table].trouble[:1] in (("arrival",), ("upstream",)):
        return None
    return set(fired_rules(policy.by_name[table], oracle.scope(facts, answers)))
