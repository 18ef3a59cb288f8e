"""Runs a pattern's program over a text, all ways at once, in steps that grow with the text alone.

A state is the list of instructions at which the ways stand, the better way first; no instruction is there
twice, since the better of two ways that meet is all that counts. So no text takes more steps than its
characters times the program's instructions, whatever the pattern. States and the moves between them are
made when they are first met, and kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from dmn_dli.feel.budget import FeelLimit, charge
from dmn_dli.feel.patterns.program import ANCHOR, CHARACTER, MATCH, SAVE, Program

MAXIMUM_VISITS = 5_000_000
"""How many instructions one search may visit."""

_VISITS_A_STEP = 4
_KEEP = 50_000

Span = tuple[int, ...]
"""Where the match and each group start and end; -1 where a group took no part."""


@define(eq=False)
class State:
    """Instructions that await a character, the better way first; `moves` by what comes."""

    waiting: tuple[int, ...]
    moves: dict[tuple[int, int, bool], Move] = field(factory=dict)


@frozen
class Move:
    """What a character, or the start, makes of a state.

    ways: for each instruction of the new state the one of the old that it comes from (by its position,
    -1: starts here), and the slots that are set on the way. match: the same of a match that is reached here.
    visits: how many instructions were looked at.
    """

    state: State
    ways: tuple[tuple[int, tuple[int, ...]], ...]
    match: tuple[int, tuple[int, ...]] | None
    visits: int


_AT_START, _AT_END = 1, 2
_NO_CHARACTER = -1


class Automaton:
    """A program that can be asked for its matches in a text."""

    def __init__(self, program: Program) -> None:
        """Take a program; nothing is worked out yet."""
        self.program = program
        self._start = State(())
        self._states: dict[tuple[int, ...], State] = {}
        self._kinds: dict[str, int] = {}
        self._kept = 0

    @property
    def groups(self) -> int:
        """How many groups the pattern has."""
        return self.program.slots // 2 - 1

    def occurs(self, text: str) -> bool:
        """Whether there is a match anywhere in the text. Raises FeelLimit where that takes too long."""
        return self._run(text, 0, spans=False) is not None

    def search(self, text: str, start: int = 0) -> Span | None:
        """The first match that begins at `start` or behind it. Raises FeelLimit where that takes too long."""
        return self._run(text, start, spans=True)

    def _run(self, text: str, start: int, *, spans: bool) -> Span | None:
        visits = charged = 0
        found: Span | None = None
        held: list[Span] = []
        move = self._move(self._start, _NO_CHARACTER, place_of(self.program, text, start), begins=True)
        for position in range(start, len(text) + 1):
            visits += 1 + move.visits
            if visits - charged > 1_000:
                charge((visits - charged) // _VISITS_A_STEP)
                charged = visits
                if visits > MAXIMUM_VISITS:
                    raise FeelLimit("matching the pattern with this text takes too many steps")
            if move.match is not None:
                if not spans:
                    found = (position, position)
                    break
                found = self._moved(held, position, move.match)
            if spans:
                held = [self._moved(held, position, way) for way in move.ways]
            if position == len(text) or (found is not None and not move.ways):
                break
            place = place_of(self.program, text, position + 1)
            move = self._move(move.state, self._kind(text[position]), place, begins=found is None)
        charge(1 + (visits - charged) // _VISITS_A_STEP)
        return found

    def _moved(self, held: Sequence[Span], position: int, way: tuple[int, tuple[int, ...]]) -> Span:
        origin, slots = way
        before = (-1,) * self.program.slots if origin < 0 else held[origin]
        if not slots:
            return before
        after = list(before)
        for slot in slots:
            after[slot] = position
        return tuple(after)

    def _kind(self, character: str) -> int:
        """Which of the program's sets hold the character, as a mask: all that tells characters apart."""
        kind = self._kinds.get(character)
        if kind is None:
            kind = sum(1 << number for number, each in enumerate(self.program.sets) if character in each)
            if len(self._kinds) < _KEEP:
                self._kinds[character] = kind
        return kind

    def _move(self, state: State, kind: int, place: int, *, begins: bool) -> Move:
        key = kind, place, begins
        move = state.moves.get(key)
        if move is None:
            move = self._made(state, kind, place, begins=begins)
            self._kept += 1 + len(move.ways)
            if self._kept > _KEEP:
                self._start, self._states, self._kept = State(()), {}, 0
            state.moves[key] = move
        return move

    def _made(self, state: State, kind: int, place: int, *, begins: bool) -> Move:
        instructions = self.program.instructions
        # What is to be looked at: instruction, the way it is on, the slots set so far; the best is the last.
        stack: list[tuple[int, int, tuple[int, ...]]] = [(0, -1, ())] if begins else []
        for position in range(len(state.waiting) - 1, -1, -1):
            instruction = instructions[state.waiting[position]]
            if kind >> instruction.argument & 1:
                stack.append((instruction.target, position, ()))
        seen: set[int] = set()
        waiting: list[int] = []
        ways: list[tuple[int, tuple[int, ...]]] = []
        match = None
        while stack:
            number, origin, slots = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            instruction = instructions[number]
            if instruction.kind == CHARACTER:
                waiting.append(number)
                ways.append((origin, slots))
            elif instruction.kind == MATCH:
                match = origin, slots
                break
            elif instruction.kind == SAVE:
                stack.append((instruction.target, origin, (*slots, instruction.argument)))
            elif instruction.kind == ANCHOR:
                if place & instruction.argument:
                    stack.append((instruction.target, origin, slots))
            else:
                stack.append((instruction.other, origin, slots))
                stack.append((instruction.target, origin, slots))
        after = self._states.setdefault(tuple(waiting), State(tuple(waiting)))
        return Move(after, tuple(ways), match, len(seen) + len(state.waiting))


def place_of(program: Program, text: str, position: int) -> int:
    """Whether `^` and `$` hold at the position: 1, 2, or both added."""
    if not program.anchored:
        return 0
    lines, end = program.multiline, len(text)
    # A line break that ends the text starts no line behind it.
    starts = position == 0 or (lines and position < end and text[position - 1] == "\n")
    ends = position == end or (lines and text[position] == "\n")
    return (_AT_START if starts else 0) | (_AT_END if ends else 0)
