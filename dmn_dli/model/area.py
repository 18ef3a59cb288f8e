"""Rectangles of cells."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.model.cell import column_letters


@frozen
class Area:
    """A rectangle of cells, both ends included, 1-based."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def reference(self) -> str:
        """`B5:C6`."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def meets(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def widened(self, row: int, column: int) -> Area:
        """The smallest area that holds this one and a cell."""
        return Area(
            min(self.top, row), min(self.left, column), max(self.bottom, row), max(self.right, column)
        )
