"""Behind computed outputs: what stands for a decision's name whose entries are computed from wide facts.

    Dose    weight <= 40    weight * 2        Dose > 90 is   if #which Dose = 1 then weight * 2 > 90
            (40..80)        weight * 1.5                     else if #which Dose = 2 then weight * 1.5 > 90
            -               130                              else #constant Dose > 90

Which entry decides is known wherever the rules that fire are, and a constant entry is a value like others.
So the name is taken for a case split over both, and what reads it is taken apart like any other condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import size
from dmn_dli.tables.linked import Computed, Constant, LinkedTable, OutputColumn
from dmn_dli.tables.logic import TableLogic

MOST_TREES = 40
"""How many different computed entries may stand behind one name."""

MOST_NODES = 2_000
"""How large what is put in for a name may be, names behind names put in too."""


@frozen(slots=False)
class Behind:
    """An output of a decision with computed outputs, and what stands for its names.

    name: the decision's with the output's. logic: of the decision. numbers: for each of all entries the
    number of its tree, 0 where it is a constant. tree: the case split over the trees.
    """

    name: str
    logic: TableLogic
    output: OutputColumn
    numbers: tuple[int, ...]
    tree: Node

    @property
    def decision(self) -> str:
        """The decision's name."""
        return self.logic.table.name

    @property
    def which(self) -> str:
        """The name of the number of the tree that decides, from 1; 0 where a constant does."""
        return _which(self.name)

    @property
    def constant(self) -> str:
        """The name of the constant that decides; null where a tree does, and where there is no value."""
        return _constant(self.name)

    @property
    def values(self) -> Mapping[str, tuple[object, ...]]:
        """All values of both names."""
        entries = [entry for entry in self.output.all_entries if isinstance(entry, Constant)]
        constants: dict[object, object] = {None: None}
        constants |= {freeze(each.value): each.value for each in entries}
        numbers = tuple(Decimal(number) for number in range(max(self.numbers) + 1))
        return {self.which: numbers, self.constant: tuple(constants.values())}

    def value(self, name: str, mask: int) -> object:
        """What one of both names is where the rules of a mask fire, and one entry decides."""
        rule = self.logic.deciding(mask)
        entry = self.output.default if rule is None else self.output.entries[rule]
        if name == self.constant:
            return entry.value if isinstance(entry, Constant) else None
        return Decimal(self.numbers[-1 if rule is None else rule] if isinstance(entry, Computed) else 0)


def output_of(name: str, table: LinkedTable) -> OutputColumn | None:
    """The output that a name stands for; None where it stands for several together."""
    named = next((each for each in table.outputs if name == f"{table.name}.{each.name}"), None)
    return table.outputs[0] if len(table.outputs) == 1 else named


def behind(output: OutputColumn, table: LinkedTable, trees: Mapping[int, Node]) -> Behind | None:
    """What stands for an output of a table; None where that cannot be said.

    trees: of its entries, by their places in `all_entries`, those that are computed, with what stands behind
    names in them put in.
    """
    hit_policy = table.hit_policy
    logic = TableLogic(table)
    if not hit_policy.one_answer or (hit_policy.ranked and not logic.ranked_by_constants):
        return None
    name = f"{table.name}.{output.name}"
    known: dict[Node, int] = {}
    numbers = tuple(
        known.setdefault(trees[place], len(known) + 1) if place in trees else 0
        for place in range(len(output.all_entries))
    )
    if len(known) > MOST_TREES:
        return None
    which = syntax.Name(_which(name))
    split = reduce(
        lambda otherwise, each: syntax.If(
            syntax.Comparison("=", which, syntax.Known(Decimal(each[1]))), each[0], otherwise
        ),
        reversed(known.items()),
        _otherwise(name, output),
    )
    return None if size(split, MOST_NODES) >= MOST_NODES else Behind(name, logic, output, numbers, split)


def _otherwise(name: str, output: OutputColumn) -> Node:
    """What stands for the name where no tree decides."""
    plain = any(isinstance(entry, Constant) and entry.value is not None for entry in output.all_entries)
    return syntax.Name(_constant(name)) if plain else syntax.NullLiteral()


def _which(name: str) -> str:
    return f"#which {name}"


def _constant(name: str) -> str:
    return f"#constant {name}"
