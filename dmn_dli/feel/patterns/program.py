"""A pattern as a program: one character after the other, and where two ways lead on, the better one first."""

from __future__ import annotations

from attrs import define, field

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.patterns.characters import CharacterSet
from dmn_dli.feel.patterns.syntax import (
    Anchor,
    Choice,
    Group,
    One,
    Pattern,
    Reference,
    Repeat,
    Sequence,
    Tree,
)

MAXIMUM_SIZE = 10_000
"""How many instructions a pattern may have: `{n,m}` repeats those of its part."""

CHARACTER, SPLIT, SAVE, ANCHOR, MATCH, REFERENCE = range(6)


@define
class Instruction:
    """What to do, and at which instruction to go on.

    argument: of CHARACTER the number of the set, of SAVE that of the slot, of REFERENCE that of the group, of
        ANCHOR 1 for `^` and 2 for `$`.
    target: where to go on; of SPLIT the better way, `other` being the other one.
    """

    kind: int
    argument: int = 0
    target: int = 0
    other: int = 0


@define
class Program:
    """The instructions, the first being the start, and the sets that they test.

    slots: two for the whole match and two for each group, where it starts and ends.
    refers: whether it refers back to a group; any_case: whether letter case does not count there.
    """

    multiline: bool
    slots: int
    instructions: list[Instruction] = field(factory=list)
    sets: list[CharacterSet] = field(factory=list)
    anchored: bool = False
    refers: bool = False
    any_case: bool = False


def compile_program(pattern: Pattern) -> Program:
    """The pattern's program. Raises FeelLimit where it is too large."""
    if _size(pattern.tree) > MAXIMUM_SIZE:
        raise FeelLimit("the pattern is too large; let it be shorter, or repeat less often")
    compiler = _Compiler(Program(pattern.multiline, 2 * pattern.groups + 2, any_case=pattern.any_case))
    compiler.tree(Group(0, pattern.tree))
    compiler.add(Instruction(MATCH))
    return compiler.program


def _size(tree: Tree) -> int:
    """At least as many as the tree has instructions."""
    match tree:
        case Sequence(parts):
            return 1 + sum(_size(part) for part in parts)
        case Choice(branches):
            return sum(_size(branch) + 2 for branch in branches)
        case Group(inner=inner):
            return 2 + _size(inner)
        case Repeat(part, least, most):
            return (_size(part) + 1) * max(1, least, most or least + 1)
    return 1


@define
class _Compiler:
    program: Program
    _numbers: dict[CharacterSet, int] = field(factory=dict)

    @property
    def _end(self) -> int:
        return len(self.program.instructions)

    def add(self, instruction: Instruction) -> Instruction:
        """Put an instruction at the end; it goes on at the one behind it."""
        self.program.instructions.append(instruction)
        instruction.target = instruction.other = self._end
        return instruction

    def tree(self, tree: Tree) -> None:
        """Put the tree's instructions at the end."""
        match tree:
            case One(characters):
                number = self._numbers.setdefault(characters, len(self._numbers))
                if number == len(self.program.sets):
                    self.program.sets.append(characters)
                self.add(Instruction(CHARACTER, number))
            case Anchor(at_start):
                self.program.anchored = True
                self.add(Instruction(ANCHOR, 1 if at_start else 2))
            case Reference(number):
                self.program.refers = True
                self.add(Instruction(REFERENCE, number))
            case Sequence(parts):
                for part in parts:
                    self.tree(part)
            case Choice(branches):
                self._choice(branches)
            case Group(number, inner):
                self.add(Instruction(SAVE, 2 * number))
                self.tree(inner)
                self.add(Instruction(SAVE, 2 * number + 1))
            case Repeat():
                self._repeat(tree)

    def _choice(self, branches: tuple[Tree, ...]) -> None:
        ends = []
        for branch in branches[:-1]:
            split = self.add(Instruction(SPLIT))
            self.tree(branch)
            ends.append(self.add(Instruction(SPLIT)))
            split.other = self._end
        self.tree(branches[-1])
        for end in ends:
            end.target = end.other = self._end

    def _repeat(self, tree: Repeat) -> None:
        for _ in range(tree.least):
            self.tree(tree.part)
        splits = []
        if tree.most is None:
            start = self._end
            splits.append(self.add(Instruction(SPLIT)))
            self.tree(tree.part)
            back = self.add(Instruction(SPLIT))
            back.target = back.other = start
        else:
            for _ in range(tree.most - tree.least):
                splits.append(self.add(Instruction(SPLIT)))
                self.tree(tree.part)
        for split in splits:
            split.other = self._end
            if not tree.greedy:
                split.target, split.other = split.other, split.target
