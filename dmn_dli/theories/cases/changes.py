"""One fact changes while all others stay: which of its values bring terms where they are to lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from dmn_dli.feel import FeelUnsupported, syntax
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.orders import order_of
from dmn_dli.theories.cases.candidates import Choice
from dmn_dli.theories.cases.crossings import Course, crossed, reached
from dmn_dli.theories.cases.scales import place_of
from dmn_dli.theories.cases.targets import Case, Target
from dmn_dli.theories.one_fact import cuts

CUTTING = 50
"""What it costs to work out where a term changes, counted in values of terms."""

_STARTED_FROM = 20
"""Between so many values of the fact crossings are looked for."""

_AIMED_AT = 3
"""How many places of an atom are aimed at."""


class Change:
    """A fact of a case that is free; targets: the terms that read it, and where they are to lie."""

    def __init__(self, choice: Choice, case: Case, targets: Sequence[Target]) -> None:
        self.choice = choice
        self.targets = targets
        self._name = choice.fact.name
        self._case = dict(case)
        self._known: list[dict[object, tuple[Fraction | None, bool]]] = [{} for _ in targets]
        self._distances: dict[tuple[int, object], tuple[Fraction | None, ...]] = {}

    def best(self, values: Sequence[object], number: int, chance: Random, *, exactly: bool) -> list[object]:
        """A value with which a term lies where it is to lie, and as many others as may be. Raises Spent.

        A list of that one value, empty where none is found. number: of the term among the targets. values:
        those to start from. exactly: whether to work out where the terms change, too, which is dear.
        """
        values = _some(values, chance)
        tried: dict[object, int] = {}
        for ways in (values, self._changing() if exactly else (), self._reaching(values, chance)):
            for value in ways:
                tried[value] = self._score(value)
                if tried[value] == len(self.targets):
                    return [value]
        for value in self._between(tried) if len(self.targets) > 1 else ():
            tried[value] = self._score(value)
        reached = {value: score for value, score in tried.items() if self._asked(number, value)[1]}
        most = max(reached.values(), default=0)
        best = [value for value, score in reached.items() if score == most]
        return [chance.choice(best)] if best else []

    def _score(self, value: object) -> int:
        """How many of the terms lie where they are to lie if the fact has that value."""
        return sum(self._asked(number, value)[1] for number in range(len(self.targets)))

    def nearest(self, number: int) -> list[object]:
        """Of the values asked for that with which a term comes nearest to its atom; empty where none does.

        number: of the term among the targets.
        """
        aims = self.targets[number].aims
        if not aims:
            return []
        low, high = min(aims), max(aims)
        distances = {
            value: low - place if place < low else place - high
            for value, (place, _) in self._known[number].items()
            if place is not None and self.choice.holds(value)
        }
        return [min(distances, key=lambda value: distances[value])] if distances else []

    def _asked(self, number: int, value: object) -> tuple[Fraction | None, bool]:
        known = self._known[number]
        if value not in known:
            known[value] = self.targets[number].asked(self._with(value))
        return known[value]

    def _with(self, value: object) -> Case:
        self._case[self._name] = value
        return self._case

    def _reaching(self, values: Sequence[object], chance: Random) -> Iterator[object]:
        """The values at which a term reaches what it is to reach, or at which what it compares is equal."""
        scale = self.choice.scale
        if scale is None:
            return
        places = sorted({place for value in values if (place := place_of(value)) is not None})
        for number, target in enumerate(self.targets):
            course = self._course(number)
            points = [(place, course(place)) for place in places] if target.aims else []
            for aim in chance.sample(target.aims, min(len(target.aims), _AIMED_AT)):
                for stretch in crossed(points, aim):
                    yield from self._at(stretch, course, aim, self._done(number))
            for pair in range(len(target.clause.compared)):
                distance = self._distance(number, pair)
                points = [(place, distance(place)) for place in places]
                for stretch in crossed(points, Fraction(0)):
                    yield from self._at(stretch, distance, Fraction(0), _equal(distance))

    def _at(
        self,
        stretch: tuple[Fraction, Fraction],
        course: Course,
        aim: Fraction,
        done: Callable[[Fraction], bool],
    ) -> Iterator[object]:
        """The values that are found at the crossing of an aim, the roundest of them that are done."""
        scale = self.choice.scale
        assert scale is not None, "only what has places is crossed"
        found = reached(course, stretch, aim, done, scale.grid)
        if len(found) == 1:
            low, high = stretch
            rounder = next(
                (place for place in scale.rounder(found[0]) if low <= place <= high and done(place)),
                found[0],
            )
            beside = scale.steps[0]
            found = (rounder, found[0], rounder - beside, rounder + beside)
        yield from (value for place in found if (value := self.choice.at(place)) is not None)

    def _course(self, number: int) -> Course:
        return lambda place: None if (value := self._value(place)) is None else self._asked(number, value)[0]

    def _done(self, number: int) -> Callable[[Fraction], bool]:
        return lambda place: (value := self._value(place)) is not None and self._asked(number, value)[1]

    def _distance(self, number: int, pair: int) -> Course:
        def distance(place: Fraction) -> Fraction | None:
            value = self._value(place)
            if value is None:
                return None
            key = number, value
            if key not in self._distances:
                self._distances[key] = tuple(self.targets[number].distances(self._with(value)))
            return self._distances[key][pair]

        return distance

    def _value(self, place: Fraction) -> object:
        """What stands at a place, whether or not the fact may have it."""
        assert self.choice.scale is not None, "only what has places is crossed"
        return self.choice.scale.value(place)

    def _between(self, values: Iterable[object]) -> list[object]:
        """A value between each two neighbours."""
        places = sorted({place for value in values if (place := place_of(value)) is not None})
        between = [self.choice.at((low + high) / 2) for low, high in pairwise(places)]
        return [value for value in between if value is not None]

    def _changing(self) -> Iterator[object]:
        """The values at which a term changes, and one between each two neighbours of them."""
        fact = self.choice.fact
        points: set[Any] = set()
        for target in self.targets:
            term = target.clause.term
            others: dict[str, syntax.Node] = {
                name: syntax.Known(self._case[name]) for name in term.reads if name != self._name
            }
            constants = [atom.representative for atom in term.domain.atoms if atom.single]
            ends = [end for atom in term.domain.atoms for end in (atom.low, atom.high)]
            known = {
                value for value in (*constants, *ends) if value is not None and value.__class__ is not bool
            }
            target.budget.spend(CUTTING)
            try:
                points |= cuts(with_nodes(term.tree, others), fact, known)
            except (NotAnalysable, FeelUnsupported):
                continue
        order = order_of(self.choice.domain.type)
        sorted_points = sorted(points) if order is not None else []
        yield from filter(self.choice.holds, sorted_points)
        if order is not None and sorted_points:
            for low, high in pairwise([None, *sorted_points, None]):
                value = order.between(low, high)
                if value is not None and self.choice.holds(value):
                    yield value


def _some(values: Sequence[object], chance: Random) -> Sequence[object]:
    """Values by chance, and null where it is one of them: no other stands for it."""
    if len(values) <= _STARTED_FROM:
        return values
    return [*chance.sample(values, _STARTED_FROM), *([None] if None in values else [])]


def _equal(distance: Course) -> Callable[[Fraction], bool]:
    return lambda place: distance(place) == 0
