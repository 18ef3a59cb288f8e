"""The hit policy applied while columns meet: the diagram ends in what decides, not in all that fires.

Rules that fire together are a set, and independent rules make as many sets as there are numbers of so many
bits. But a hit policy seldom needs the set. Once the cells of some columns are known to hold, a rule is
*certain* if its cells in all other columns say `-`, and what is certain can be settled at once:

    F, P      the rules behind the first certain one can no longer win, and are dropped
    C< C>     as P, by the size of the output
    C# C+     certain rules are added to a running number, and dropped
    A         what agrees with a certain rule and stands below it adds nothing, and is dropped

So there are few states, and a table of a hundred independent rules has a diagram of a few hundred nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from sys import maxsize
from typing import Any, TypeAlias

from dmn_dli.diagrams.store import Diagrams
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.runtime.hit_policy import exact_sum
from dmn_dli.tables.linked import Constant
from dmn_dli.tables.logic import TableLogic
from dmn_dli.tables.masks import ascending, members

Settle: TypeAlias = Callable[[Any, int, int], tuple[Any, int]]
"""From what is gathered, the rules that still have a say and those of them that are certain: what is gathered
then, and the rules that still have a say."""

_Place: TypeAlias = tuple[int, Any, int]
"""The number of the open columns, what is gathered, and the rules that still have a say."""


_END = maxsize


class Choice:
    """One way down through all columns of a table at once.

    Columns that are still open are kept as a chain, the next to be asked first, and each chain is known by a
    number: places are compared without going through a hundred columns.
    """

    def __init__(self, store: Diagrams, logic: TableLogic, columns: Sequence[int], settle: Settle) -> None:
        """Take the diagrams of the columns' masks; what is no mask, a problem, counts as no rule here."""
        self.store = store
        self.columns = columns
        self.settle = settle
        self.indifferent = logic.indifferent
        self._chains: list[tuple[int, int, int]] = [(0, 0, 0)]
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._certain = [logic.all_rules]
        """For each chain the rules whose cells in its columns say `-`."""

    def root(self, gathered: Any = None) -> int:
        """The diagram of `(gathered, rules)` at the end. Raises TooLarge; the caller grants the steps.

        First down, variable by variable, gathering the places to which some case leads, then up. All steps
        of a variable are spent before the first is gone, so that a search in vain ends early.
        """
        store = self.store
        start = self._answered(0, gathered, self._certain[0], enumerate(self.columns))
        waiting = {self._variable(start): {start: None}}
        levels: dict[int, list[tuple[_Place, list[_Place]]]] = {}
        while (variable := min(waiting)) < _END:
            places = waiting.pop(variable)
            chain = next(iter(places))[0]
            store.spend(len(places) * (len(store.nodes[self._chains[chain][1]]) - 1))
            levels[variable] = [(place, self._following(variable, place)) for place in places]
            for _, following in levels[variable]:
                for each in following:
                    waiting.setdefault(self._variable(each), {})[each] = None
        done = {place: store.terminal(place[1:], (freeze(place[1]), place[2])) for place in waiting[_END]}
        for variable in sorted(levels, reverse=True):
            for place, following in levels[variable]:
                done[place] = store.node(variable, [done[each] for each in following])
        return done[start]

    def _variable(self, place: _Place) -> int:
        """The variable that a place asks for; beyond all of them where it asks for none."""
        chain = place[0]
        return self.store.nodes[self._chains[chain][1]][0] if chain else _END

    def _following(self, variable: int, place: _Place) -> list[_Place]:
        """Where each atom of the next variable leads."""
        nodes = self.store.nodes
        chain, gathered, rules = place
        asked = []
        while chain and nodes[self._chains[chain][1]][0] == variable:
            column, number, chain = self._chains[chain]
            asked.append((column, nodes[number]))
        return [
            self._answered(chain, gathered, rules, [(column, node[atom]) for column, node in asked])
            for atom in range(1, len(asked[0][1]))
        ]

    def _answered(self, chain: int, gathered: Any, rules: int, columns: Iterable[tuple[int, int]]) -> _Place:
        """The place where some columns have come to these numbers, and the others are as they were."""
        for column, number in columns:
            if number >= 0:
                chain = self._opened(chain, column, number)
            else:
                mask = self.store.results[~number]
                rules &= mask if isinstance(mask, int) else 0
        certain = rules & self._certain[chain]
        gathered, rules = self.settle(gathered, rules, certain)
        if rules & ~certain == 0:
            return 0, gathered, rules
        # A column to which no rule is left that asks anything need not be asked either.
        while not rules & ~self.indifferent[self._chains[chain][0]]:
            chain = self._chains[chain][2]
        return chain, gathered, rules

    def _opened(self, chain: int, column: int, number: int) -> int:
        """The chain with one more column, in the order of the variables that are next."""
        nodes = self.store.nodes
        passed = []
        while chain and nodes[self._chains[chain][1]][0] < nodes[number][0]:
            passed.append(self._chains[chain])
            chain = self._chains[chain][2]
        for first, place, _ in [(column, number, 0), *reversed(passed)]:
            link = (first, place, chain)
            following = self._numbers.get(link)
            if following is None:
                following = self._numbers[link] = len(self._chains)
                self._chains.append(link)
                self._certain.append(self._certain[chain] & self.indifferent[first])
            chain = following
        return chain


class Order:
    """Rules in the order in which they win."""

    def __init__(self, rules: Sequence[int]) -> None:
        """Take all rules, the first to win first."""
        self.place = {rule: position for position, rule in enumerate(rules)}
        self.upto = dict(zip(rules, accumulate(1 << rule for rule in rules), strict=True))

    def __call__(self, gathered: Any, rules: int, certain: int) -> tuple[Any, int]:
        """Without the rules behind the first certain one."""
        if certain:
            rules &= self.upto[min(ascending(certain), key=self.place.__getitem__)]
        return gathered, rules


class Total:
    """Rules whose weights are added up; gathered: the exact sum (None once null is in it), if any fired."""

    def __init__(self, weights: Sequence[Decimal | None]) -> None:
        """Take the weight of each rule."""
        self.weights = weights

    def __call__(self, gathered: Any, rules: int, certain: int) -> tuple[Any, int]:
        """With the certain rules added, and dropped."""
        total, fired = gathered
        for rule in members(certain):
            weight, fired = self.weights[rule], 1
            total = None if total is None or weight is None else exact_sum((total, weight))
        return (total, fired), rules & ~certain


class Agreement:
    """Rules of which one stands for all with the same outputs; two are kept where rules disagree."""

    def __init__(self, logic: TableLogic) -> None:
        """Take a table whose outputs are constants."""
        self.logic = logic

    @cached_property
    def _alike(self) -> Mapping[int, int]:
        """For each rule those with the same outputs."""
        keys = [
            tuple([freeze(entry.value) for entry in entries if isinstance(entry, Constant)])
            for entries in zip(*[output.entries for output in self.logic.table.outputs], strict=True)
        ]
        masks: dict[Any, int] = {}
        for rule, key in enumerate(keys):
            masks[key] = masks.get(key, 0) | 1 << rule
        return {rule: masks[key] for rule, key in enumerate(keys)}

    def __call__(self, gathered: Any, rules: int, certain: int) -> tuple[Any, int]:
        """With one certain rule for each output, two at most, and none below it that agrees.

        One above that may still fire stays: it is the first, which is quoted.
        """
        kept: list[int] = []
        for rule in ascending(certain):
            if not any(self._alike[each] >> rule & 1 for each in kept):
                kept.append(rule)
            if len(kept) == 2:
                return gathered, 1 << kept[0] | 1 << kept[1]
        for rule in kept:
            rules &= ~self._alike[rule] | (2 << rule) - 1
        return gathered, rules


def two_of(gathered: Any, rules: int, certain: int) -> tuple[Any, int]:
    """Two certain rules contradict each other as all that fire do; which others fire is no longer told."""
    if certain.bit_count() > 1:
        first = certain & -certain
        others = certain ^ first
        rules = first | others & -others
    return gathered, rules
