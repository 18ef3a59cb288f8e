"""What each row of criteria is in every combination of the facts that it depends on, worked out once.

The brute force of `criteria`, for so many cases that it cannot be had anew for each: a case's completions are
then looked up. Without assumptions only, which would tie facts together that no row reads together.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any

from attrs import frozen

from tests.reference.criteria import STATUSES, Status
from tests.reference.policy import Oracle, known_as

_CODES: tuple[Status, ...] = (True, False, None)


@frozen
class _Grid:
    """A row's status for each combination of the values of `facts`; the last fact's changes fastest."""

    facts: tuple[str, ...]
    steps: Mapping[str, int]
    cells: bytes

    def possible(self, places: Mapping[str, int], sizes: Mapping[str, int]) -> set[Status]:
        """What the row may be; places: the position of each given fact's value."""
        offsets = [0]
        for name in self.facts:
            at = [places[name]] if name in places else range(sizes[name])
            offsets = [offset + self.steps[name] * each for offset in offsets for each in at]
        return {_CODES[code] for code in {*map(self.cells.__getitem__, offsets)}}


class EveryStatus:
    """All rows of a policy's sheets of criteria, for every combination of facts."""

    def __init__(self, oracle: Oracle) -> None:
        assert not oracle.policy.assumptions
        self.oracle = oracle
        self.sizes = {name: len(values) for name, values in oracle.domains.items()}
        self._places = {
            name: {(value.__class__, value): at for at, value in enumerate(values)}
            for name, values in oracle.domains.items()
        }
        self._grids: dict[str, _Grid] = {}
        for name in oracle.order:
            if name in oracle.criteria.rows:
                self._grids[name] = self._grid(name)

    def stands(self, facts: Mapping[str, Any]) -> dict[str, tuple[bool | None, str]]:
        """Of each row whether it applies (null where that is open) and its status, over all completions."""
        unknown = {*self.oracle.unknown(facts)}
        places = {
            name: self._places[name][value.__class__, value]
            for name, value in facts.items()
            if name in self._places and name not in unknown
        }
        return {
            name: _stands(self._grids[name].possible(places, self.sizes))
            for name in self.oracle.criteria.rows
        }

    def _grid(self, name: str) -> _Grid:
        oracle = self.oracle
        read = {each for need in oracle.requires(name) for each in _facts(oracle, need)}
        facts = tuple(each for each in oracle.names if each in read)
        steps = {each: prod(self.sizes[later] for later in facts[at + 1 :]) for at, each in enumerate(facts)}
        row, needs = oracle.criteria.rows[name], oracle.needs(name)
        cells = bytearray()
        for values in product(*(oracle.domains[each] for each in facts)):
            scope = dict(zip(facts, values, strict=True))
            for need in needs:
                scope |= self._value(need, scope)
            cells.append(_CODES.index(oracle.criteria.status(row, scope)))
        return _Grid(facts, steps, bytes(cells))

    def _value(self, name: str, scope: Mapping[str, Any]) -> dict[str, Any]:
        """A row or a decision in a scope of all facts that it depends on, by the names that read it."""
        if name not in self._grids:
            return known_as(self.oracle.by_name[name], self.oracle.decide(scope, name)[name].value)
        grid = self._grids[name]
        at = sum(
            self._places[fact][scope[fact].__class__, scope[fact]] * step for fact, step in grid.steps.items()
        )
        return {name: _CODES[grid.cells[at]]}


def _facts(oracle: Oracle, name: str) -> frozenset[str]:
    """The facts that a row or a decision itself names."""
    rows = oracle.criteria
    read = rows.reads(rows.rows[name]) if name in rows.rows else oracle.by_name[name].reads
    return read & {*oracle.names}


def _stands(found: set[Status]) -> tuple[bool | None, str]:
    applying = found - {None}
    applies = None if applying and None in found else bool(applying)
    return applies, "unknown" if len(applying) > 1 else STATUSES[applying.pop() if applying else None]
