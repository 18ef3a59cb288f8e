"""What a table holds without use: input columns that never matter, results that are never reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, Firing, TableView
from dmn_dli.analysis.redundancy import Effects
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.linked import Constant
from dmn_dli.tables.masks import members


def open_columns(seen: TableView) -> Iterator[int]:
    """Input columns of which every rule accepts whatever arrives."""
    for position, accepting in enumerate(seen.grid.accepting):
        if accepting == (seen.logic.all_rules,) and seen.columns[position].sure:
            yield position


def columns_without_effect(seen: TableView, fired: Firing) -> Iterator[int]:
    """Input columns that could be deleted without changing any result, though their cells differ."""
    if seen.table.computed or len(seen.columns) < 2:
        return
    store = seen.diagrams.store
    effects = Effects(seen)

    def effect(mask: Any) -> int:
        return store.terminal(mask, ("effect", effects.of(mask)) if isinstance(mask, int) else None)

    left_open = set(open_columns(seen))
    store.allow(FEASIBILITY_STEPS)
    try:
        whole = store.map(fired.root, effect)
        for position in range(len(seen.columns)):
            if position in left_open:
                continue
            others = [each for each in range(len(seen.columns)) if each != position]
            if store.map(seen.meeting(others), effect) == whole:
                yield position
    except TooLarge:
        return


def unreached_results(seen: TableView, position: int, idle: int) -> tuple[object, ...]:
    """The allowed values of an output (row 4) that no case leads to.

    idle: the mask of the rules that never fire or never win.
    """
    output = seen.table.outputs[position]
    if output.allowed is None or output.allowed.values is None:
        return ()
    entries = [output.entries[rule] for rule in members(seen.logic.all_rules & ~idle)]
    if seen.table.has_default and output.default is not None:
        entries.append(output.default)
    if not all(isinstance(entry, Constant) for entry in entries):
        return ()
    given = {freeze(entry.value) for entry in entries if isinstance(entry, Constant)}
    return tuple(value for value in output.allowed.values if freeze(value) not in given)
