"""A sheet as the tests think of it: rows and columns are names in a list, and what lies on them keeps these.

Naive on purpose: it knows of no references, only of which rows and columns something lies on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from attrs import define, field

Token = int


@define
class Feature:
    """Something on some rows and columns: a merge, a dropdown, a format, a range in a formula."""

    name: str
    kind: str
    lines: tuple[set[Token], set[Token]]

    @property
    def reaches(self) -> bool:
        return self.kind != "merge"


@define
class Model:
    """rows and columns in their order (`lines`), cells by their names, features."""

    lines: tuple[list[Token], list[Token]]
    cells: dict[tuple[Token, Token], str] = field(factory=dict)
    features: list[Feature] = field(factory=list)
    points: dict[str, tuple[Token, Token] | None] = field(factory=dict)
    fresh: Iterator[int] = field(factory=lambda: count(10_000))

    def insert(self, axis: int, before: int, number: int, like: int | None) -> None:
        line = self.lines[axis]
        above = line[before - 2] if before > 1 else None
        below = line[before - 1]
        new = [next(self.fresh) for _ in range(number)]
        for feature in self.features:
            tokens = feature.lines[axis]
            if feature.kind == "range" and len(tokens) == 1 and not {above, below} <= tokens:
                continue
            spanned = above in tokens and below in tokens
            at_end = feature.reaches and like == before - 1 and above in tokens
            at_top = feature.reaches and like == before and below in tokens
            if spanned or at_end or at_top:
                tokens.update(new)
        line[before - 1 : before - 1] = new

    def remove(self, axis: int, first: int, number: int) -> None:
        gone = set(self.lines[axis][first - 1 : first - 1 + number])
        del self.lines[axis][first - 1 : first - 1 + number]
        self.cells = {place: text for place, text in self.cells.items() if place[axis] not in gone}
        self.points = {
            name: None if place is None or place[axis] in gone else place
            for name, place in self.points.items()
        }
        for feature in self.features:
            feature.lines[axis].difference_update(gone)
        self._settle()

    def order(self, axis: int, first: int, order: Sequence[int]) -> None:
        line = self.lines[axis]
        stood = list(line)
        for place, number in enumerate(order):
            line[first - 1 + place] = stood[first - 1 + number]
        moved = set(stood[first - 1 : first - 1 + len(order)])
        features = []
        for feature in self.features:
            runs = self.runs(feature, axis)
            if moved <= feature.lines[axis] or len(runs) == 1 or feature.kind == "list":
                features.append(feature)
            elif feature.kind == "merge":
                for run in runs:
                    lines = (run, set(feature.lines[1])) if axis == 0 else (set(feature.lines[0]), run)
                    features.append(Feature(feature.name, "merge", lines))
            else:  # A range in a formula stays where it is.
                kept = {line[place] for place, token in enumerate(stood) if token in feature.lines[axis]}
                lines = (kept, feature.lines[1]) if axis == 0 else (feature.lines[0], kept)
                features.append(Feature(feature.name, feature.kind, lines))
        self.features = features
        self._settle()

    def runs(self, feature: Feature, axis: int) -> list[set[Token]]:
        """The pieces in which a feature lies along an axis."""
        line = self.lines[axis]
        runs = groupby(line, lambda token: token in feature.lines[axis])
        return [set(tokens) for inside, tokens in runs if inside]

    def covered(self, feature: Feature) -> set[tuple[int, int]]:
        """The places of a feature's cells."""
        rows, columns = (
            [place for place, token in enumerate(self.lines[axis], 1) if token in feature.lines[axis]]
            for axis in (0, 1)
        )
        return {(row, column) for row in rows for column in columns}

    def place(self, tokens: tuple[Token, Token]) -> tuple[int, int]:
        return self.lines[0].index(tokens[0]) + 1, self.lines[1].index(tokens[1]) + 1

    def _settle(self) -> None:
        """A merge of one cell is none."""
        self.features = [
            feature
            for feature in self.features
            if feature.kind == "range" or len(self.covered(feature)) > (1 if feature.kind == "merge" else 0)
        ]
