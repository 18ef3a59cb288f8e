"""Random decision tables for the analysis: partition trees with gaps and overlaps put in, and hard ones."""

from __future__ import annotations

import random
from collections.abc import Sequence

from attrs import frozen

from dmn_dli.analysis.grid import Box, Grid, grid_of
from dmn_dli.tables.masks import members

CLASSES = 24
"""How many classes of values each column has."""


@frozen
class Tree:
    """Rules that fill the domain, less those taken out, plus widened ones.

    removed: the boxes of the rules taken out; widened: positions of rules that reach into others.
    """

    rules: tuple[Box, ...]
    removed: tuple[Box, ...]
    widened: tuple[int, ...]


def partition_tree(columns: int, rules: int, seed: int, flaws: int = 10) -> Tree:
    """Split the domain at random until there are `rules` parts; then take some out and widen some."""
    chance = random.Random(seed)
    boxes: list[Box] = [((1 << CLASSES) - 1,) * columns]
    while len(boxes) < rules:
        at = chance.randrange(len(boxes))
        splittable = [each for each in range(columns) if boxes[at][each].bit_count() > 1]
        if not splittable:
            continue
        column = chance.choice(splittable)
        classes = members(boxes[at][column])
        lower = sum(1 << each for each in classes[: chance.randrange(1, len(classes))])
        box = boxes[at]
        boxes[at] = (*box[:column], lower, *box[column + 1 :])
        boxes.append((*box[:column], box[column] & ~lower, *box[column + 1 :]))
    chance.shuffle(boxes)
    removed = tuple(boxes.pop() for _ in range(flaws))
    widened = chance.sample(range(len(boxes)), flaws)
    for rule in widened:
        boxes[rule] = _wider(boxes[rule], chance)
    return Tree(tuple(boxes), removed, tuple(widened))


def _wider(box: Box, chance: random.Random) -> Box:
    narrow = [column for column, classes in enumerate(box) if classes.bit_count() < CLASSES]
    column = chance.choice(narrow)
    outside = [each for each in range(CLASSES) if not box[column] >> each & 1]
    return (*box[:column], box[column] | 1 << chance.choice(outside), *box[column + 1 :])


def grid(boxes: Sequence[Box], classes: int = CLASSES) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
    """The grid of these boxes, and for each column which of its classes holds each of the original ones."""
    columns = [
        [sum(1 << rule for rule, box in enumerate(boxes) if box[at] >> each & 1) for each in range(classes)]
        for at in range(len(boxes[0]))
    ]
    return grid_of(columns, len(boxes))


def clauses(variables: int, count: int, seed: int) -> Grid:
    """A table of two-valued columns in which each rule asks for three of them: a 3-CNF in disguise.

    A gap is an assignment that satisfies every clause, so that looking for one is hard.
    """
    chance = random.Random(seed)
    boxes = []
    for _ in range(count):
        box = [0b11] * variables
        for column in chance.sample(range(variables), 3):
            box[column] = chance.choice((0b01, 0b10))
        boxes.append(tuple(box))
    return grid(boxes, 2)[0]
