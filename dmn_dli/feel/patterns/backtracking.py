"""Runs a pattern's program with back-references, one way after the other, the better way first.

What a group matched is part of a state, so that there may be as many states as texts: no matcher does this in
steps that grow with the text alone. Each state is looked at once, and their number is bounded.
"""

from __future__ import annotations

from dmn_dli.feel.budget import FeelLimit, charge
from dmn_dli.feel.patterns.automaton import Span
from dmn_dli.feel.patterns.program import ANCHOR, BACK, CHARACTER, MATCH, SAVE, Program

MAXIMUM_STATES = 200_000
"""How many states one search may come to."""

_STATE = 4
"""How many steps a state takes."""

_State = tuple[int, int, Span]
"""The instruction, the position in the text, and where the groups start and end so far."""


class Backtracker:
    """A program with back-references that can be asked for its matches in a text."""

    def __init__(self, program: Program) -> None:
        """Take a program."""
        self.program = program

    @property
    def groups(self) -> int:
        """How many groups the pattern has."""
        return self.program.slots // 2 - 1

    def occurs(self, text: str) -> bool:
        """Whether there is a match anywhere in the text. Raises FeelLimit where that takes too long."""
        return self.search(text) is not None

    def search(self, text: str, start: int = 0) -> Span | None:
        """The first match that begins at `start` or behind it. Raises FeelLimit where that takes too long."""
        seen: set[_State] = set()
        for begin in range(start, len(text) + 1):
            waiting: list[_State] = [(0, begin, (-1,) * self.program.slots)]
            while waiting:
                state = waiting.pop()
                if state in seen:
                    continue
                charge(_STATE)
                if len(seen) == MAXIMUM_STATES:
                    raise FeelLimit("matching the pattern with this text takes too many steps")
                seen.add(state)
                if self.program.instructions[state[0]].kind == MATCH:
                    return state[2]
                waiting += self._following(text, *state)
        return None

    def _following(self, text: str, number: int, position: int, slots: Span) -> list[_State]:
        """Where the instruction leads, the better way last."""
        instruction = self.program.instructions[number]
        target = instruction.target
        match instruction.kind:
            case kind if kind == CHARACTER:
                held = position < len(text) and text[position] in self.program.sets[instruction.argument]
                return [(target, position + 1, slots)] if held else []
            case kind if kind == SAVE:
                slot = instruction.argument
                return [(target, position, (*slots[:slot], position, *slots[slot + 1 :]))]
            case kind if kind == ANCHOR:
                return (
                    [(target, position, slots)] if self._holds(text, position, instruction.argument) else []
                )
            case kind if kind == BACK:
                length = self._repeated(text, position, slots, instruction.argument)
                return [] if length is None else [(target, position + length, slots)]
        return [(instruction.other, position, slots), (target, position, slots)]

    def _holds(self, text: str, position: int, which: int) -> bool:
        """Whether `^` (1) or `$` (2) holds at the position."""
        lines = self.program.multiline
        if which == 1:
            return position == 0 or (lines and position < len(text) and text[position - 1] == "\n")
        return position == len(text) or (lines and text[position] == "\n")

    def _repeated(self, text: str, position: int, slots: Span, group: int) -> int | None:
        """How long the group's text is where it stands here again; a group that took no part is empty."""
        start, end = slots[2 * group : 2 * group + 2]
        if start < 0 or end < start:
            return 0
        meant, found = text[start:end], text[position : position + end - start]
        charge((end - start) // 8)
        if meant == found:
            return end - start
        alike = self.program.any_case and len(meant) == len(found) and all(map(_same, meant, found))
        return end - start if alike else None


def _same(left: str, right: str) -> bool:
    """Whether two characters differ in their case alone."""
    return left.lower() == right.lower() or left.upper() == right.upper()
