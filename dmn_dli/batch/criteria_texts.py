"""What hangs on criteria in records: unmet criteria, reason and citation, and the note on what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded, Concatenated, RowColumn, Text, Where
from dmn_dli.batch.criteria_columns import SETS, STANDINGS, Criteria, CriteriaOfRows
from dmn_dli.batch.lasting import LastingArrays
from dmn_dli.batch.state_values import Combinations, Constant, RowStates, StateValues, derived
from dmn_dli.batch.texts import shown
from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.runtime.criteria import NOTHING_SAID, CriteriaSaid, either, texts_of
from dmn_dli.runtime.criterion import bears_out, cited, unmet_label, unsettled_by
from dmn_dli.runtime.residual import Residual

_BITS = 60
"""How many places are bits of one number."""

_OPEN, _QUOTED, _EITHER, _NOTHING = range(4)
"""What the rules that may decide say of the reason: not settled, one text, several, or none."""

_EMPTY = Constant("")

_BEARING = np.array([[bears_out(group, member) for member in STANDINGS] for group in STANDINGS])


Tell: TypeAlias = Callable[[Text, NDArray[np.bool_]], Text | Coded]
"""Takes a text, and the rows in which it is asked for."""


class CriteriaTexts:
    """What hangs on the criteria of one policy; what is worked out serves all further batches."""

    def __init__(self, criteria: Criteria) -> None:
        """Take the rows of criteria."""
        self.criteria = criteria
        states, sheets = criteria.states, criteria.sheets
        self.kernel = states.kernel
        final = states.kernel.final
        self.items = [(claim, item) for claim in sheets.claiming for item in sheets.items[claim]]
        """What may be unmet, each with the group that claims."""
        self.bearing = [
            (claim, member) for claim in sheets.claiming for member in sheets.criteria[claim].members
        ]
        """What may bear out a claim."""
        self.labels = [Constant(unmet_label(sheets.criteria[item.row])) for _, item in self.items]
        self.separator = Constant("; ")
        self._asked = States[tuple[tuple[bool, ...], tuple[bool, ...]]]()
        self._asked.number(((False,) * len(self.items), (False,) * len(self.bearing)))
        self.asked = StateValues(states, final, self._asked_beside, 0)
        """Of which items and members it is asked beside a determination, under a number."""
        self.reasons = StateValues(states, final, _by_rules, ("", _OPEN))
        self._reasons: list[str] = []
        self._kinds = LastingArrays()
        self._citing: list[Residual | None] = [None]
        self._citings = States[Any]()
        self._citings.number(None)
        self.citing = StateValues(states, final, self._cited_of, 0)
        self.citations = Combinations(self._citation)
        self.quoted = StateValues(states, final, _quoted_citation)
        self.hanging = StateValues(states, final, _citation_hangs, blank=False)
        self.unsettled = [
            StateValues(states, criteria.rows[item.row].decision, self._unsettled(item.failing), 0)
            for _, item in self.items
        ]
        self.notes = Combinations(self._notes)

    def of(self, rows: RowStates) -> TextsOfRows:
        """What the rows of a batch have of them."""
        return rows.once(self, lambda: TextsOfRows(self, rows))

    def asked_of(self, numbers: Numbers, kind: int) -> list[NDArray[np.bool_]]:
        """Where it is asked of each item (kind 0) or member (1), by the numbers of `asked`."""
        table = np.array([each[kind] for each in self._asked.all], bool).reshape(len(self._asked.all), -1)
        return [column.take(numbers) for column in table.T]

    def by_rules(self, rows: RowStates) -> tuple[Coded, NDArray[Any]]:
        """The reason by the rules alone, and of which kind it is in each row."""
        found = self.reasons.of(rows)
        kinds = self._kinds.of(found.values, found.settled, _kinds)
        return derived(found, self._reasons, itemgetter(0)), kinds.take(found.numbers)

    def _asked_beside(self, final: Residual) -> int:
        sheets = self.criteria.sheets
        determination = final.determinations[0] if final.decided else None
        claims, pairs = sheets.open_claims(determination), [*sheets.bearing(determination)]
        return self._asked.number(
            (
                tuple([claim in claims for claim, _ in self.items]),
                tuple([each in pairs for each in self.bearing]),
            )
        )

    def _cited_of(self, final: Residual) -> int:
        """A number for what the rules that may decide say of the citation; 0 where it is open."""
        if not final.decided:
            return 0
        number = self._citings.number((final.quoted["citation"], either(final, "citation")))
        if number == len(self._citing):
            self._citing.append(final)
        return number

    def _citation(self, numbers: Sequence[int]) -> str | None:
        """The citation; numbers: of what the rules say, then bits of what bears out, and of what is unmet."""
        number, *bits = numbers
        final = self._citing[number]
        if final is None:
            return None
        chunks = _chunks(len(self.bearing))
        criteria = self.criteria.sheets.criteria
        borne = [criteria[self.bearing[place][1]] for place in _places(bits[:chunks])]
        unmet = [criteria[self.items[place][1].row] for place in _places(bits[chunks:])]
        said = CriteriaSaid(unmet_cited=cited(unmet), bearing_out_cited=cited(borne))
        return texts_of(final, said, ())["citation"]

    @staticmethod
    def _unsettled(failing: bool) -> Any:
        return lambda left: sum(1 << each for each in unsettled_by(left, failing))

    def _notes(self, numbers: Sequence[int]) -> list[str]:
        """The note on further unmet criteria; numbers: the bits of variables, and the state of a decision."""
        bits, *states = numbers
        variables = [*_places([bits])]
        listed = self.kernel.lists.get("unmet_criteria")
        if not variables and listed is not None:
            left = self.criteria.states.of(listed).residuals[states[0]]
            variables = [*left.item_variables] if left.may_lack_items else []
        return self.kernel.not_given({"unmet_criteria": variables}) if variables else []


class TextsOfRows:
    """What the rows of one batch have of what hangs on criteria."""

    def __init__(self, texts: CriteriaTexts, rows: RowStates, tell: Tell = lambda text, _: text) -> None:
        """Take the batch. tell: makes of a text what stands where it is present."""
        self.texts = texts
        self._tell = tell
        self.rows = rows
        self.criteria: CriteriaOfRows = texts.criteria.of(rows)

    @cached_property
    def open(self) -> list[NDArray[np.bool_]]:
        """Where each item may be unmet."""
        return self.texts.asked_of(self.texts.asked.array(self.rows, np.intp), 0)

    @cached_property
    def unmet(self) -> list[NDArray[np.bool_]]:
        """Where each item is unmet in every completion."""
        return [
            asked & self.criteria.where(item.row, [each == {item.failing} for each in SETS])
            for asked, (_, item) in zip(self.open, self.texts.items, strict=True)
        ]

    @cached_property
    def borne(self) -> list[NDArray[np.bool_]]:
        """Where each member bears out the determination."""
        asked = self.texts.asked_of(self.texts.asked.array(self.rows, np.intp), 1)
        return [
            each & _BEARING[self.criteria.sets(group), self.criteria.sets(member)]
            for each, (group, member) in zip(asked, self.texts.bearing, strict=True)
        ]

    @cached_property
    def _unmet_texts(self) -> list[Text | Coded]:
        """The items, where they are unmet."""
        return [
            self._tell(Text((label.of(self.rows), self.criteria.finding(item.row))), present)
            if present.any()
            else _EMPTY.of(self.rows)
            for label, (_, item), present in zip(self.texts.labels, self.texts.items, self.unmet, strict=True)
        ]

    @cached_property
    def unmet_criteria(self) -> RowColumn:
        """The items of the list."""
        parts = [
            Where(present, text)
            for present, text in zip(self.unmet, self._unmet_texts, strict=True)
            if present.any()
        ]
        return Concatenated(tuple(parts)) if parts else Constant([]).of(self.rows)

    @cached_property
    def reason(self) -> Text:
        """The reason; by the rule of `runtime.criteria.texts_of`."""
        by_rules, kinds = self.texts.by_rules(self.rows)
        hanging = kinds >= _EITHER
        borne = [hanging & each for each in self.borne]
        bare = hanging & ~_any(borne, hanging)
        unmet = [bare & each for each in self.unmet]
        others = bare & ~_any(unmet, hanging)
        findings = [
            self._tell(self.criteria.finding(member), where) if where.any() else _EMPTY.of(self.rows)
            for (_, member), where in zip(self.texts.bearing, borne, strict=True)
        ]
        parts = [
            *self._joined([*borne, *unmet], [*findings, *self._unmet_texts]),
            *shown(by_rules, others | (kinds == _QUOTED)),
        ]
        null = (kinds == _OPEN) | (others & (kinds == _NOTHING))
        return Text(tuple(parts) or (_EMPTY.of(self.rows),), null)

    def _joined(
        self, present: Sequence[NDArray[np.bool_]], texts: Sequence[Text | Coded]
    ) -> Iterator[Coded | Text]:
        """The parts of texts that are present, joined by `; `."""
        before = np.zeros(self.rows.rows, bool)
        for where, text in zip(present, texts, strict=True):
            if where.any():
                yield from shown(self.texts.separator.of(self.rows), where & before)
                yield from shown(text, where)
                before |= where

    @cached_property
    def citation(self) -> Coded:
        """The citation; criteria are asked of the rows alone of which the rules do not say it: mostly few."""
        found = self.texts.quoted.of(self.rows)
        hanging = self.texts.hanging.where(self.rows)
        places = np.empty(0, np.intp) if hanging is None else np.flatnonzero(hanging)
        if not places.size:
            return found
        borne_out = TextsOfRows(self.texts, self.rows.some(places)).citation_on_criteria
        used, own_numbers = np.unique(borne_out.numbers, return_inverse=True)
        numbers = found.numbers.astype(np.intp)
        numbers[places] = found.settled + own_numbers
        return Coded(numbers, found.values, found.settled, [*map(borne_out.value, used.tolist())])

    @property
    def citation_on_criteria(self) -> Coded:
        """The citation of rows of which the rules do not say it."""
        number = self.texts.citing.array(self.rows, np.intp)
        borne, unmet = (_bits(found, number) for found in (self.borne, self.unmet))
        return self.texts.citations.of([number, *borne, *unmet])

    @cached_property
    def notes(self) -> Coded:
        """The note on further unmet criteria, in a list of its own."""
        bits = np.zeros(self.rows.rows, np.int64)
        for asked, each in zip(self.open, self.texts.unsettled, strict=True):
            bits |= np.where(asked, each.array(self.rows, np.int64), 0)
        listed = self.texts.kernel.lists.get("unmet_criteria")
        return self.texts.notes.of([bits, *([self.rows.numbers(listed)] if listed else [])])


def _by_rules(final: Residual) -> tuple[str, int]:
    """The reason by the rules alone, and of which kind it is."""
    if not final.decided:
        return "", _OPEN
    quoted = final.quoted["reason"]
    if quoted is not None:
        return quoted, _QUOTED
    found = either(final, "reason")
    return ("", _NOTHING) if found is None else (found, _EITHER)


def _kinds(reasons: Sequence[tuple[str, int]]) -> Numbers:
    return np.array([kind for _, kind in reasons], np.int8)


def _quoted_citation(final: Residual) -> str | None:
    """The citation by the rules alone."""
    return texts_of(final, NOTHING_SAID, ())["citation"] if final.decided else None


def _citation_hangs(final: Residual) -> bool:
    """Whether the citation is that of criteria."""
    return final.decided and final.quoted["citation"] is None


def _any(places: Sequence[NDArray[np.bool_]], like: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found = np.zeros(len(like), bool)
    for each in places:
        found |= each
    return found


def _chunks(places: int) -> int:
    return -(-places // _BITS)


def _bits(places: Sequence[NDArray[np.bool_]], like: Numbers) -> list[Numbers]:
    """Which of some places hold, as bits of as many numbers as they need."""
    found = []
    for start in range(0, len(places), _BITS):
        bits = np.zeros(len(like), np.int64)
        for bit, each in enumerate(places[start : start + _BITS]):
            bits |= each.astype(np.int64) << bit
        found.append(bits)
    return found


def _places(bits: Sequence[int]) -> Iterator[int]:
    """The places that hold, by such numbers."""
    for chunk, mask in enumerate(bits):
        for bit in range(mask.bit_length()):
            if mask >> bit & 1:
                yield chunk * _BITS + bit
