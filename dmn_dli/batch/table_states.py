"""Tables too large for a diagram, over columns of facts: what rows leave of them, by masks of rules.

A rule is a bit, and a column holds for each atom the rules that accept it: the rules that fire in a row are
what its atoms have in common. Columns of few atoms are joined beforehand, so that a row is looked up in fewer
of them. Where the first rule wins, rules are gone through in blocks, and few rows come to the later ones.

An unknown fact refuses no rule. Rows that lack the same facts and leave the same rules live are left with the
same diagram over these facts (`evaluate.live_rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.transitions import Numbers
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.live_rules import Live, asks_facts_alone
from dmn_dli.evaluate.table_outcomes import doubtful, of_known
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.residual import Residual

Words = NDArray[np.uint64]
"""Masks of rules, 64 a word; the first rule is the lowest bit of the first word."""

ALONE = 0
"""The number of rows that are to be asked as single cases; what is left of them is in doubt."""

_NEW = -1
"""Stands for the number of a state not met before."""

_CHUNK = 4_096
"""How many rows are looked up at once."""

_BLOCK = 4
"""How many words a block of rules has where the first rule wins."""

_OF_STATE, _MOST = 200, 8_000_000
"""How large a state is besides its diagram, in numbers of one, and how large all may be together.

Further rows that lack facts are then asked alone, and new states take the place of these with the next batch.
"""

_JOINED = 8_192
"""Up to how many combinations of atoms columns are joined."""


@frozen(eq=False)
class _Column:
    """Columns of facts taken together: a row's place is a number to mixed bases, an unknown fact being 0.

    facts: the variable of each and the number of its atoms, the unknown one among them. blocks: for each
    block of rules a row of words a place.
    """

    facts: tuple[tuple[int, int], ...]
    blocks: tuple[Words, ...]

    def places(self, atoms: Mapping[int, Numbers], rows: slice) -> Numbers:
        """Where each row stands."""
        found: Numbers = np.zeros(rows.stop - rows.start, np.intp)
        for variable, count in self.facts:
            found *= count
            found += atoms[variable][rows]
        return found


class TableStates:
    """The rules that rows let fire in one table, under numbers; they serve all further batches."""

    def __init__(self, kernel: PolicyKernel, decision: DecisionKernel) -> None:
        """Take a decision that `fits`."""
        self.decision = decision
        self.residuals: list[Residual] = [doubtful(decision.decision)]
        """What is left of the decision, by number."""
        self._policy = kernel.linked
        self._table = kernel.decider.table(decision.name)
        self._first_wins = self._table.table.hit_policy.first_wins
        live_rules = kernel.memory.live_rules(decision.decision, self._table)
        assert live_rules is not None, "it fits, and assumptions are for diagrams alone"
        self._live_rules = live_rules
        self._numbers: dict[int | Live, int] = {}
        self._by_rule: Numbers = np.full(len(self._table.table.rules) + 1, _NEW, np.intp)
        words = -(-len(self._table.table.rules) // 64)
        size = _BLOCK if self._first_wins else words
        self._count = kernel.policy.variables + 1
        self._columns = _joined(live_rules.by_atom, words, size)
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether so much was worked out that new states should take the place of these."""
        return self._size > _MOST

    @staticmethod
    def fits(kernel: PolicyKernel, decision: DecisionKernel) -> bool:
        """Whether the decision's table asks for facts alone, and atoms tell which rules fire in it."""
        return asks_facts_alone(kernel.decider.table(decision.name), kernel.memory.domains)

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number of each row; ALONE where it may be that no rule answers, or that rules conflict.

        atoms: of each variable, 0 where it is unknown; all unknown where it is not there.
        """
        found: Numbers = np.empty(rows, np.intp)
        nowhere = np.zeros(rows, np.int8)
        here = {variable: atoms.get(variable, nowhere) for variable in self._live_rules.by_atom}
        for start in range(0, rows, _CHUNK):
            chunk = slice(start, min(start + _CHUNK, rows))
            places = [column.places(here, chunk) for column in self._columns]
            known = np.ones(chunk.stop - start, bool)
            for column in here.values():
                known &= column[chunk] != 0
            if not known.all():
                lacking = ~known
                some = {variable: column[chunk][lacking] for variable, column in here.items()}
                found[chunk][lacking] = self._open(some, [each[lacking] for each in places])
                places = [each[known] for each in places]
            found[chunk][known] = self._first(places) if self._first_wins else self._all(places)
        return found

    def _open(self, atoms: Mapping[int, Numbers], places: list[Numbers]) -> list[int]:
        """The numbers of rows that lack facts; atoms, places: of these alone."""
        words = [self._fired(places, block) for block in range(len(self._columns[0].blocks))]
        masks = np.ascontiguousarray(np.concatenate(words, axis=1)).view(np.uint8)
        found = []
        for mask, *each in zip(masks, *[column.tolist() for column in atoms.values()], strict=True):
            unknown = tuple([variable for variable, atom in zip(atoms, each, strict=True) if not atom])
            live = self._live_rules.lacking(unknown, int.from_bytes(mask.tobytes(), "little"))
            number = self._numbers.get(live)
            if number is None and not self.full:
                left = self._live_rules.of(live)
                placed = [0] * self._count
                for variable, atom in zip(atoms, each, strict=True):
                    placed[variable] = atom
                number = ALONE if left is None else self._kept(left.decision.residual(placed), left.size)
                self._numbers[live] = number
            found.append(ALONE if number is None else number)
        return found

    def _kept(self, residual: Residual, size: int = 0) -> int:
        """The number of what is left; ALONE where something is wrong with it. size: of its own diagram."""
        self._size += _OF_STATE + size
        if residual.troubled:
            return ALONE
        self.residuals.append(residual)
        return len(self.residuals) - 1

    def _first(self, places: list[Numbers]) -> Numbers:
        """The numbers of known rows where the first rule that fires decides."""
        none = len(self._by_rule) - 1
        rules: Numbers = np.full(len(places[0]), none, np.intp)
        left: Numbers = np.arange(len(rules))
        for block in range(len(self._columns[0].blocks)):
            fired = self._fired(places, block)
            some = fired != 0
            word = some.argmax(axis=1)
            lowest = fired[np.arange(len(fired)), word]
            lowest &= ~lowest + np.uint64(1)
            hit = lowest != 0
            # A power of two is its own float, and that tells the exponent.
            bit = np.frexp(lowest[hit].astype(np.float64))[1] - 1
            rules[left[hit]] = block * _BLOCK * 64 + word[hit] * 64 + bit
            if hit.all():
                break
            left = left[~hit]
            places = [each[~hit] for each in places]
        numbers = self._by_rule.take(rules)
        new = np.unique(rules[numbers == _NEW])
        if new.size:
            for rule in new.tolist():
                self._by_rule[rule] = self._number(0 if rule == none else 1 << rule)
            numbers = self._by_rule.take(rules)
        return numbers

    def _all(self, places: list[Numbers]) -> Numbers:
        """The numbers of known rows where all rules that fire have a say."""
        fired = self._fired(places, 0)
        as_bytes = np.ascontiguousarray(fired).view(np.dtype((np.void, fired.shape[1] * 8))).ravel()
        each, rows = np.unique(as_bytes, return_inverse=True)
        numbers = [self._number(int.from_bytes(mask.tobytes(), "little")) for mask in each]
        return np.array(numbers, np.intp).take(rows)

    def _fired(self, places: Sequence[Numbers], block: int) -> Words:
        first, *others = zip(self._columns, places, strict=True)
        fired: Words = first[0].blocks[block].take(first[1], axis=0)
        for column, where in others:
            fired &= column.blocks[block].take(where, axis=0)
        return fired

    def _number(self, mask: int) -> int:
        """The number of the state that a mask of rules is."""
        number = self._numbers.get(mask)
        if number is None:
            outcome = self._table.logic.outcome(mask)
            residual = of_known(self.decision.decision, self._table.table, outcome, self._policy)
            number = self._numbers[mask] = self._kept(residual)
        return number


def _joined(by_atom: Mapping[int, Sequence[int]], words: int, size: int) -> tuple[_Column, ...]:
    """The columns of a table, those of few atoms together; size: of a block of words."""
    masks = {variable: _as_words(each, words) for variable, each in by_atom.items()}
    found: list[tuple[list[tuple[int, int]], Words]] = []
    for variable, here in sorted(masks.items(), key=lambda each: len(each[1])):
        if found and len(found[-1][1]) * len(here) <= _JOINED:
            facts, before = found.pop()
            both = (before[:, None, :] & here[None, :, :]).reshape(-1, words)
            found.append(([*facts, (variable, len(here))], both))
        else:
            found.append(([(variable, len(here))], here))
    return tuple(
        _Column(
            tuple(facts),
            _blocks(all_, size),
        )
        for facts, all_ in found
    )


def _blocks(masks: Words, size: int) -> tuple[Words, ...]:
    return tuple([np.ascontiguousarray(masks[:, at : at + size]) for at in range(0, masks.shape[1], size)])


def _as_words(masks: Iterable[int], words: int) -> Words:
    """Masks as rows of words."""
    data = b"".join([mask.to_bytes(words * 8, "little") for mask in masks])
    return np.frombuffer(data, "<u8").astype(np.uint64).reshape(-1, words)
