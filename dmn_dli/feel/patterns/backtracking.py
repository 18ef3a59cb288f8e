"""Runs a program that refers back to its groups: one way after the other, the better way first.

What a reference matches depends on what its group held, so that ways that meet are not alike and no run of
all at once will do. Which texts such a pattern matches may take any time to find out; so the ways that are
tried are counted, and there is an end in words.
"""

from __future__ import annotations

from functools import lru_cache

from dmn_dli.feel.budget import FeelLimit, charge
from dmn_dli.feel.patterns.automaton import Automaton, Span, place_of
from dmn_dli.feel.patterns.characters import any_case, of_characters
from dmn_dli.feel.patterns.program import ANCHOR, CHARACTER, MATCH, SAVE, SPLIT, Instruction

MAXIMUM_STATES = 100_000
"""How many choices one search may come to: each is remembered, since none need be tried twice."""

_CHARACTERS_A_STEP = 8


class Backtracker(Automaton):
    """A program that refers back, with the questions that every automaton answers."""

    def _run(self, text: str, start: int, *, spans: bool) -> Span | None:  # noqa: ARG002 - the spans are at hand
        left = MAXIMUM_STATES
        for begin in range(start, len(text) + 1):
            found, used = self._from(text, begin, left)
            charge(1 + used)
            left -= used
            if found is not None:
                return found
        return None

    def _from(self, text: str, begin: int, most: int) -> tuple[Span | None, int]:
        """The match that begins there, and how many choices it took."""
        tried: set[tuple[int, int, Span]] = set()
        ways: list[tuple[int, int, Span]] = [(0, begin, (-1,) * self.program.slots)]
        while ways:
            found = self._way(text, ways, tried)
            if found is not None:
                return found, len(tried)
            if len(tried) > most:
                raise FeelLimit("matching the pattern with this text takes too many steps")
        return None, len(tried)

    def _way(
        self, text: str, ways: list[tuple[int, int, Span]], tried: set[tuple[int, int, Span]]
    ) -> Span | None:
        """Follow the last of the ways to its end, the other ways that leave it being put behind them."""
        number, position, slots = ways.pop()
        while True:
            instruction = self.program.instructions[number]
            number = instruction.target
            if instruction.kind == MATCH:
                return slots
            if instruction.kind == SAVE:
                at = instruction.argument
                slots = (*slots[:at], position, *slots[at + 1 :])
            elif instruction.kind == SPLIT:
                if instruction.other == instruction.target:
                    continue
                choice = instruction.other, position, slots
                if choice in tried:
                    return None
                tried.add(choice)
                ways.append(choice)
            else:
                length = self._length(instruction, text, position, slots)
                if length is None:
                    return None
                position += length

    def _length(self, instruction: Instruction, text: str, position: int, slots: Span) -> int | None:
        """How many characters the instruction takes at the position; None where it does not hold there."""
        if instruction.kind == ANCHOR:
            return 0 if place_of(self.program, text, position) & instruction.argument else None
        if instruction.kind == CHARACTER:
            held = position < len(text) and text[position] in self.program.sets[instruction.argument]
            return 1 if held else None
        start, end = slots[2 * instruction.argument : 2 * instruction.argument + 2]
        if not 0 <= start <= end:
            return 0  # a group that took no part holds the empty text
        length = end - start
        charge(length // _CHARACTERS_A_STEP)
        same = _alike if self.program.any_case else str.__eq__
        return length if same(text[start:end], text[position : position + length]) else None


def _alike(one: str, other: str) -> bool:
    """Whether the texts differ in letter case alone, as flag `i` has it."""
    return len(one) == len(other) and all(map(_alike_characters, one, other))


@lru_cache(maxsize=1024)
def _alike_characters(one: str, other: str) -> bool:
    return one == other or other in any_case(of_characters(one))
