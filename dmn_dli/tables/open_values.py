"""Values that are not told: of an output that is computed from facts whose atoms do not settle it."""

from __future__ import annotations

from attrs import evolve, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.walk import any_node
from dmn_dli.tables.linked import Computed, Constant, Entry, LinkedTable, OutputColumn


@frozen
class Open:
    """Stands for a value, or for a part of one, that is some value or other."""


OPEN = Open()

OPEN_TREE = syntax.Known(OPEN)
"""What stands in a tree for an expression whose value is not told."""


def holds_open(value: object) -> bool:
    """Whether a value is open, or part of it."""
    match value:
        case list() | tuple():
            return any(map(holds_open, value))
        case dict():
            return any(map(holds_open, value.values()))
    return isinstance(value, Open)


def told(value: object) -> object:
    """A value with null for what is open."""
    match value:
        case list():
            return [told(item) for item in value]
        case dict():
            return {name: told(item) for name, item in value.items()}
    return None if isinstance(value, Open) else value


def has_open(table: LinkedTable) -> bool:
    """Whether an entry of the table is open, be it in some cases only."""
    return any(
        holds_open(entry.value) if isinstance(entry, Constant) else any_node(entry.tree, _is_open)
        for output in table.outputs
        for entry in output.all_entries
    )


def _is_open(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Known) and isinstance(node.value, Open)


def without_computed(table: LinkedTable) -> LinkedTable:
    """The table with open values for what is computed."""

    def entry(each: Entry) -> Entry:
        return Constant(OPEN) if isinstance(each, Computed) else each

    def output(each: OutputColumn) -> OutputColumn:
        default = None if each.default is None else entry(each.default)
        return evolve(each, entries=tuple(map(entry, each.entries)), default=default)

    return evolve(table, outputs=tuple(map(output, table.outputs)))
