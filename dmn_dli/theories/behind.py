"""Behind computed outputs: what stands for a decision's name whose entries are computed from wide facts.

    Dose    weight <= 40    weight * 2        Dose > 90 is   if #which Dose = 1 then weight * 2 > 90
            (40..80)        weight * 1.5                     else if #which Dose = 2 then weight * 1.5 > 90
            -               130                              else #constant Dose > 90

Which entry decides is known wherever the rules that fire are, and a constant entry is a value like others.
So the name is taken for a case split over both, and what reads it is taken apart like any other condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import size
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import Computed, Constant, LinkedTable, OutputColumn
from dmn_dli.tables.logic import TableLogic
from dmn_dli.tables.masks import members

MOST_TREES = 40
"""How many different computed entries may stand behind one name."""

MOST_GATHERED = 3
"""How many rules a table may have whose outputs are gathered: each set of them comes to something else."""

MOST_NODES = 2_000
"""How large what is put in for a name may be, names behind names put in too."""


@frozen(slots=False)
class Behind:
    """An output of a decision with computed outputs, and what stands for its names.

    name: the decision's with the output's. logic: of the decision. numbers: for each set of rules that decide
    together (mostly one; none where the default does) the number of its tree, 0 where it comes to a constant.
    constants: that constant. tree: the case split over the trees.
    """

    name: str
    logic: TableLogic
    numbers: Mapping[int, int]
    constants: Mapping[int, object]
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
        constants: dict[object, object] = {freeze(None): None}
        constants |= {freeze(value): value for value in self.constants.values()}
        numbers = tuple(Decimal(number) for number in range(max(self.numbers.values()) + 1))
        return {self.which: numbers, self.constant: tuple(constants.values())}

    def value(self, name: str, mask: int) -> object:
        """What one of both names is where the rules of a mask fire."""
        deciding = _deciding(self.logic, mask)
        if name == self.constant:
            return self.constants.get(deciding)
        return Decimal(self.numbers[deciding])


def output_of(name: str, table: LinkedTable) -> OutputColumn | None:
    """The output that a name stands for; None where it stands for several together."""
    named = next((each for each in table.outputs if name == f"{table.name}.{each.name}"), None)
    return table.outputs[0] if len(table.outputs) == 1 else named


def behind(output: OutputColumn, table: LinkedTable, trees: Mapping[int, Node]) -> Behind | None:
    """What stands for an output of a table; None where that cannot be said.

    trees: of its entries, by their places in `all_entries`, those that are computed, with what stands behind
    names in them put in.
    """
    hit_policy, rules = table.hit_policy, len(table.rule_indexes)
    logic = TableLogic(table)
    if hit_policy.ranked and not logic.ranked_by_constants:
        return None
    if hit_policy.one_answer:
        sets = [1 << rule for rule in range(rules)]
    elif hit_policy.aggregates and rules <= MOST_GATHERED:
        sets = list(range(1, 1 << rules))
    else:
        return None
    name = f"{table.name}.{output.name}"
    known: dict[Node, int] = {}
    numbers: dict[int, int] = {}
    constants: dict[int, object] = {}
    for mask in (0, *sets):
        places = members(mask) or ([rules] if output.default is not None else [])
        entries = [output.all_entries[place] for place in places]
        if not any(isinstance(entry, Computed) for entry in entries):
            numbers[mask], constants[mask] = 0, _constant_of(logic, output, mask)
            continue
        found = _gathered(
            hit_policy,
            [
                syntax.Known(entry.value) if isinstance(entry, Constant) else trees[place]
                for place, entry in zip(places, entries, strict=True)
            ],
        )
        numbers[mask] = known.setdefault(found, len(known) + 1)
    if len(known) > MOST_TREES:
        return None
    plain = any(value is not None for value in constants.values())
    split: Node = syntax.Name(_constant(name)) if plain else syntax.NullLiteral()
    for tree, number in reversed(known.items()):
        decides = syntax.Comparison("=", syntax.Name(_which(name)), syntax.Known(Decimal(number)))
        split = syntax.If(decides, tree, split)
    if size(split, MOST_NODES) >= MOST_NODES:
        return None
    return Behind(name, logic, numbers, constants, split)


def _deciding(logic: TableLogic, mask: int) -> int:
    """The rules that decide together where those of a mask fire."""
    if not logic.table.hit_policy.one_answer:
        return mask
    rule = logic.deciding(mask)
    return 0 if rule is None else 1 << rule


def _constant_of(logic: TableLogic, output: OutputColumn, mask: int) -> object:
    """What the rules of a mask, or none, come to where all of their entries of an output are constants."""
    if logic.table.hit_policy.aggregates:
        return logic.outcome(mask).value
    entry = output.entries[members(mask)[0]] if mask else output.default
    return entry.value if isinstance(entry, Constant) else None


def _gathered(hit_policy: HitPolicy, trees: Sequence[Node]) -> Node:
    """The value that outputs have together; null where one is null, in picks since no order holds of it."""
    found, *others = dict.fromkeys(trees) if not hit_policy.adds else trees
    if hit_policy.adds and len(others) > 1:
        return syntax.Invocation(syntax.Name("sum"), tuple(trees))  # rounded once, as the hit policy does
    for each in others:
        if hit_policy.adds:
            found = syntax.Arithmetic("+", found, each)
        else:
            # Both comparisons ask for the same difference, and one of two values that are not null holds.
            less, more = (syntax.Comparison("<=", found, each), syntax.Comparison(">=", found, each))
            first, second = (less, more) if hit_policy.least_wins else (more, less)
            found = syntax.If(first, found, syntax.If(second, each, syntax.NullLiteral()))
    return found


def _which(name: str) -> str:
    return f"#which {name}"


def _constant(name: str) -> str:
    return f"#constant {name}"
