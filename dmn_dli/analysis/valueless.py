"""Rules that decide a case and give no value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView, Witness
from dmn_dli.diagrams.cases import where
from dmn_dli.tables.firing import Firing
from dmn_dli.tables.linked import Constant


def valueless(seen: TableView) -> Iterator[tuple[int, Witness]]:
    """Such rules of a table without computed outputs, each with a case. Raises TooLarge."""
    entries = seen.table.outputs[0].entries
    null = [rule for rule, entry in enumerate(entries) if entry == Constant(None)]
    if not null or seen.table.computed:
        return
    store = seen.diagrams.store
    fired = seen.firing
    for rule in null:
        store.allow(FEASIBILITY_STEPS)
        if fired is None:
            witness = seen.witness(seen.grid.rules[rule])
        else:
            masks = {mask for mask in fired.masks if seen.logic.outcome(mask).rules[:1] == (rule,)}
            root = where(store, fired.root, masks.__contains__)
            witness = seen.witness_of(root, partial(_among, masks))
        if witness is not None:
            yield rule, witness


def _among(masks: set[int], firing: Firing) -> bool:
    return firing.unlisted is None and firing.fired in masks
