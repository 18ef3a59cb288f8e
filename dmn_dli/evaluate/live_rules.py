"""Tables too large for a diagram, and cases that lack some of their facts: a diagram over these alone.

Known facts leave few rules that may still fire, and those that do follow from the unknown facts alone:

    without `member` the rules 3, 17 and 40 are live      member is true     3, 40     3 decides
                                                          member is false    17, 40    17 decides

Cases that lack the same facts and leave the same rules live are left with the same diagram. It is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import and_
from typing import NamedTuple, TypeAlias

from dmn_dli.evaluate.table_function import TableFunction
from dmn_dli.evaluate.table_outcomes import compiled_of_known
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.policy import Decision, Diagram
from dmn_dli.runtime.policy import Outcome as CompiledOutcome
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import FactSource, LinkedPolicy

_STEPS = 1_000_000
"""How many looks at a mask of rules a diagram may take; a tenth of a second."""

_KEEP = 2_000_000
"""How many numbers the diagrams hold that are remembered, before they are made afresh."""

Live: TypeAlias = tuple[tuple[int, ...], int]
"""The variables of unknown facts, ascending, and the mask of the rules that may still fire."""


class OpenDecision(NamedTuple):
    """A decision over unknown facts alone.

    values: the FEEL values of its outcomes, by their numbers. size: how many numbers its diagram holds.
    """

    decision: DecisionKernel
    values: Sequence[object]
    size: int


def asks_facts_alone(table: TableFunction, domains: Mapping[str, Domain]) -> bool:
    """Whether a table asks for facts alone, and their atoms tell which of its rules fire."""
    columns = table.table.columns
    return (
        table.plain
        and bool(columns)
        and all(
            isinstance(each.source, FactSource) and not domains[each.source.fact.name].whole
            for each in columns
        )
    )


def rules_by_atom(
    table: TableFunction, domains: Mapping[str, Domain], variables: Mapping[str, int]
) -> dict[int, list[int]]:
    """For each variable that a table asks for the rules that accept each of its atoms, 0 being unknown.

    variables: by the names of facts. Where a fact is unknown, no rule is refused for it.
    """
    found: dict[int, list[int]] = {}
    for column, logic in zip(table.table.columns, table.logic.columns, strict=True):
        assert isinstance(column.source, FactSource), "it asks for facts alone"
        name = column.source.fact.name
        masks = [table.logic.all_rules, *atom_masks(logic, domains[name])]
        had = found.get(variables[name], masks)
        found[variables[name]] = [one & other for one, other in zip(had, masks, strict=True)]
    return dict(sorted(found.items()))


def may_decide(live: int, sure: int, *, first_wins: bool) -> int:
    """Those of the live rules that may have a say: where the first wins, none behind a sure one."""
    return live & (2 * (sure & -sure) - 1) if first_wins and sure else live


class LiveRules:
    """One table that asks facts alone, and whose cases may lack some of them."""

    def __init__(
        self,
        table: TableFunction,
        decision: Decision,
        by_atom: Mapping[int, Sequence[int]],
        policy: LinkedPolicy,
    ) -> None:
        """decision: the table's, without a diagram. by_atom: of `rules_by_atom`."""
        self._table = table
        self._decision = decision
        self._policy = policy
        self.by_atom = by_atom
        self._sure = {variable: reduce(and_, masks) for variable, masks in by_atom.items()}
        """For each variable the rules that accept whatever it is."""
        self._made: dict[Live, OpenDecision | None] = {}
        self._size = 0

    def left(self, atoms: Sequence[int]) -> Live:
        """What a case leaves. atoms: of all variables, 0 where unknown."""
        live = self._table.logic.all_rules
        for variable, masks in self.by_atom.items():
            live &= masks[atoms[variable]]
        return self.lacking(tuple([each for each in self.by_atom if not atoms[each]]), live)

    def lacking(self, unknown: tuple[int, ...], live: int) -> Live:
        """The same, by the rules that known facts do not refuse; none is live behind a sure first one."""
        sure = live
        for variable in unknown:
            sure &= self._sure[variable]
        live = may_decide(live, sure, first_wins=self._table.table.hit_policy.first_wins)
        return unknown, live

    def of(self, live: Live) -> OpenDecision | None:
        """The decision over what is unknown; None where that would be too large, or is a list of parts."""
        if live in self._made:
            return self._made[live]
        listed = self._table.table.hit_policy.gives_list
        found = None if listed else self._decision_of(*live)
        self._size += 1 if found is None else found.size
        if self._size > _KEEP:
            self._made.clear()
            self._size = 0
        self._made[live] = found
        return found

    def _decision_of(self, unknown: Sequence[int], live: int) -> OpenDecision | None:
        levels: list[_Level] = []
        masks: Collection[int] = (live,)
        steps = 0
        for variable in unknown:
            level = _Level(variable, live, self.by_atom[variable][1:], masks)
            steps += len(level.after) * len(level.classes) + len(level.atoms)
            if steps > _STEPS:
                return None
            levels.append(level)
            masks = dict.fromkeys(chain.from_iterable(level.after.values()))
        outcomes: list[CompiledOutcome] = []
        values: list[object] = []
        ends: dict[int, int] = {}
        for mask in masks:
            deciding = mask & -mask if self._table.table.hit_policy.first_wins else mask
            if deciding not in ends:
                ends[deciding] = ~len(outcomes)
                outcome = self._table.logic.outcome(deciding)
                outcomes.append(compiled_of_known(self._table.table, outcome, self._policy))
                values.append(outcome.value)
            ends[mask] = ends[deciding]
        nodes: dict[tuple[int, ...], int] = {}
        numbers: Mapping[int, int] = ends
        for level in reversed(levels):
            numbers = level.numbers(numbers, nodes)
        diagram = Diagram(tuple(nodes), numbers[live], tuple(sorted({node[0] for node in nodes})))
        made = self._decision._replace(
            diagram=diagram, outcomes=tuple(outcomes), parts={}, items=(), nothing=None
        )
        return OpenDecision(DecisionKernel(made), values, sum(map(len, nodes)))


class _Level:
    """An unknown fact, and before it the sets of rules that may be live there."""

    def __init__(self, variable: int, live: int, accepting: Sequence[int], masks: Iterable[int]) -> None:
        """live: all rules that may be live at all. accepting: those that accept each atom. masks: sets."""
        self.variable = variable
        classes: dict[int, int] = {}
        self.atoms = [classes.setdefault(live & each, len(classes)) for each in accepting]
        """Of each atom its class: atoms of one class are accepted by the same live rules."""
        self.classes = tuple(classes)
        self.after = {mask: [mask & each for each in self.classes] for mask in masks}
        """For each set those that are left after the classes."""

    def numbers(self, after: Mapping[int, int], nodes: dict[tuple[int, ...], int]) -> Mapping[int, int]:
        """The node, or terminal, of each set; new nodes are put in. after: the same of those behind."""
        found: dict[int, int] = {}
        for mask, children in self.after.items():
            below = [after[each] for each in children]
            if below.count(below[0]) == len(below):
                found[mask] = below[0]
            else:
                node = (self.variable, *[below[each] for each in self.atoms])
                found[mask] = nodes.setdefault(node, len(nodes))
        return found
