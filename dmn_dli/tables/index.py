"""The index of a column: for each atom of its domain the mask of the rules that accept it.

A test changes its answer only at constants of its own, so that it is asked
once for each stretch between these, not once for each atom:

    atoms   … {2} (2..4) {4} (4..7) {7} …
    [2..4)   0  1    1    0     0    0     two changes, whatever the others do
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import xor
from typing import Any

from dmn_dli.tables.domain import Domain, domain_of
from dmn_dli.tables.logic import ColumnLogic

_KEEP = 16
"""For how many domains a column's masks are held before it starts afresh: single cases bring their own."""


def atom_masks(logic: ColumnLogic, domain: Domain) -> tuple[int, ...]:
    """The mask of each atom, for a column whose cells read no names; worked out once for each domain."""
    if id(domain) not in logic.known_masks:
        if len(logic.known_masks) >= _KEEP:
            logic.known_masks.clear()
        logic.known_masks[id(domain)] = domain, _atom_masks(logic, domain)
    return logic.known_masks[id(domain)][1]


def _atom_masks(logic: ColumnLogic, domain: Domain) -> tuple[int, ...]:
    if not domain.slots:
        return tuple(logic.mask(atom.representative, {}) for atom in domain.atoms)
    by_slot = slot_masks(logic, domain)
    masks = [0] * len(domain.atoms)
    for slot, atom in enumerate(domain.slots):
        if atom >= 0:
            masks[atom] = by_slot[slot]
    if domain.null >= 0:
        masks[domain.null] = logic.mask(None, {})
    return tuple(masks)


def slot_masks(logic: ColumnLogic, domain: Domain) -> Sequence[int]:
    """The mask of each slot of a domain with cuts; every constant of the tests must be among the cuts."""
    changes = [0] * (2 * len(domain.cuts) + 2)
    for constants, function, rules in zip(logic.column.constants, logic.tests, logic.test_masks, strict=True):
        stretches = _stretches(constants, domain)
        if stretches is None:
            for slot, atom in enumerate(domain.slots):
                if atom >= 0 and function(domain.atoms[atom].representative, {}) is True:
                    changes[slot] ^= rules
                    changes[slot + 1] ^= rules
            continue
        for value, first, after in stretches:
            if function(value, {}) is True:
                changes[first] ^= rules
                changes[after] ^= rules
    return list(accumulate(changes, xor))[:-1]


def _stretches(constants: frozenset[object] | None, domain: Domain) -> list[tuple[Any, int, int]] | None:
    """A test's own stretches, by its constants: a value of each, its first slot, and that after its last."""
    if constants is None:
        return None
    own = domain_of(domain.type, None, constants, computed=True)
    cuts = domain.cuts
    places = [bisect_left(cuts, cut) for cut in own.cuts]
    if any(place == len(cuts) or cuts[place] != cut for place, cut in zip(places, own.cuts, strict=True)):
        return None
    stretches = []
    for slot, atom in enumerate(own.slots):
        position, exact = divmod(slot, 2)
        if exact:
            first = 2 * places[position] + 1
            after = first + 1
        else:
            first = 2 * places[position - 1] + 2 if position else 0
            after = 2 * places[position] + 1 if position < len(places) else 2 * len(cuts) + 1
        if atom >= 0:
            stretches.append((own.atoms[atom].representative, first, after))
    return stretches
