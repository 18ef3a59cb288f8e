"""Where rows or columns are once some were put in, taken out or brought into another order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from attrs import evolve, field, frozen
from attrs.validators import ge

from dmn_dli.model.area import Area
from dmn_dli.ooxml.places import LAST_COLUMN, LAST_ROW

Place = tuple[int, int]
"""Row and column of a cell, 1-based."""

Span = tuple[int, int]
"""The first and the last of some rows or columns, 1-based."""


class Axis(Enum):
    """What is counted."""

    ROWS = "rows"
    COLUMNS = "columns"

    @property
    def limit(self) -> int:
        """The last that a sheet has."""
        return LAST_ROW if self is Axis.ROWS else LAST_COLUMN


@frozen
class Inserted:
    """Some were put in before one, of the look of another (`like`, as it was counted before)."""

    axis: Axis
    before: int = field(validator=ge(1))
    count: int = field(validator=ge(1))
    like: int | None = None

    def spans(self, first: int, last: int, *, reach: bool = False) -> tuple[Span, ...]:
        """Where a span is now; with `reach` it takes in new ones where it ends or begins at their like."""
        limit = self.axis.limit
        at_top = reach and self.like == self.before == first
        at_end = reach and self.like == self.before - 1 == last
        first += 0 if first < self.before or at_top or (first, last) == (1, limit) else self.count
        last += 0 if last < self.before and not at_end else self.count
        return () if first > limit else ((first, min(last, limit)),)

    def origin(self, number: int) -> int:
        """Which one stood where a number is now; of a new one the next that was there."""
        return number if number < self.before else max(self.before, number - self.count)


@frozen
class Removed:
    """Some were taken out."""

    axis: Axis
    first: int = field(validator=ge(1))
    count: int = field(validator=ge(1))

    def spans(self, first: int, last: int, *, reach: bool = False) -> tuple[Span, ...]:
        """Where a span is now; nothing where all of it is gone."""
        del reach
        after = self.first + self.count
        if self.first <= first and last < after:
            return ()
        limit = self.axis.limit
        first = first if first < self.first else max(self.first, first - self.count)
        if last < limit:
            last = last - self.count if last >= after else min(last, self.first - 1)
        return ((first, last),)

    def origin(self, number: int) -> int:
        """Which one stood where a number is now."""
        return number if number < self.first else number + self.count


@frozen
class Ordered:
    """Those from one on were brought into another order: at first + n is what stood at first + order[n]."""

    axis: Axis
    first: int = field(validator=ge(1))
    order: tuple[int, ...] = field()

    @order.validator
    def _each_once(self, _: object, order: tuple[int, ...]) -> None:
        if sorted(order) != list(range(len(order))):
            raise ValueError(f"The order {order} does not hold each of 0 … {len(order) - 1} once.")

    def spans(self, first: int, last: int, *, reach: bool = False) -> tuple[Span, ...]:
        """Where a span is now: itself where it holds all that were moved, else as many pieces as need be."""
        del reach
        end = self.first + len(self.order) - 1
        if last < self.first or end < first or (first <= self.first and end <= last):
            return ((first, last),)
        inside = [
            self.first + place
            for place, stood in enumerate(self.order)
            if first <= self.first + stood <= last
        ]
        outside = [span for span in ((first, self.first - 1), (end + 1, last)) if span[0] <= span[1]]
        return _joined([*outside, *((number, number) for number in inside)])

    def origin(self, number: int) -> int:
        """Which one stood where a number is now."""
        place = number - self.first
        return self.first + self.order[place] if 0 <= place < len(self.order) else number


Shift = Inserted | Removed | Ordered


def number_after(shift: Shift, number: int) -> int | None:
    """Where a row or column is now; None where it is gone."""
    spans = shift.spans(number, number)
    return spans[0][0] if spans else None


def place_after(shift: Shift, place: Place) -> Place | None:
    """Where a cell is now; None where it is gone."""
    number = number_after(shift, _along(shift, place))
    return None if number is None else _with(shift, place, number)


def origin_of(shift: Shift, place: Place) -> Place:
    """Which cell stood where one is now."""
    return _with(shift, place, shift.origin(_along(shift, place)))


def areas_after(shift: Shift, areas: Iterable[Area], *, reach: bool = False) -> tuple[Area, ...]:
    """Where areas are now; one may have been taken apart, and may be gone."""
    found = []
    for area in areas:
        for first, last in shift.spans(*span_of(shift, area), reach=reach):
            if shift.axis is Axis.ROWS:
                found.append(evolve(area, top=first, bottom=last))
            else:
                found.append(evolve(area, left=first, right=last))
    return tuple(found)


def joined_areas(shift: Shift, areas: Iterable[Area]) -> tuple[Area, ...]:
    """The same cells in fewer areas: those that touch along a shift's axis are one."""
    across: dict[Span, list[Span]] = {}
    for area in areas:
        other = (area.left, area.right) if shift.axis is Axis.ROWS else (area.top, area.bottom)
        across.setdefault(other, []).append(span_of(shift, area))
    return tuple(
        Area(span[0], other[0], span[1], other[1])
        if shift.axis is Axis.ROWS
        else Area(other[0], span[0], other[1], span[1])
        for other, spans in across.items()
        for span in _joined(spans)
    )


def span_of(shift: Shift, area: Area) -> Span:
    """The rows or columns of an area, whichever a shift is about."""
    return (area.top, area.bottom) if shift.axis is Axis.ROWS else (area.left, area.right)


def _along(shift: Shift, place: Place) -> int:
    return place[0] if shift.axis is Axis.ROWS else place[1]


def _with(shift: Shift, place: Place, number: int) -> Place:
    return (number, place[1]) if shift.axis is Axis.ROWS else (place[0], number)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in their order, those that touch made one."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and joined[-1][1] + 1 >= first:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
