"""The notes of a record as a column: of the version, the plans, the deciding rule, and what is not given."""

from __future__ import annotations

from typing import Any

import numpy as np

from dmn_dli.batch.coded import Coded, Concatenated, RowColumn
from dmn_dli.batch.criteria_texts import CriteriaTexts
from dmn_dli.batch.state_values import KernelStates, RowStates, StateValues
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.facts import NotAValue
from dmn_dli.runtime.kernel import DATE_FACT, plan_notes
from dmn_dli.runtime.residual import Residual

FURTHER = ("notes", "unmet_criteria", "documentation", "procedure_codes")
"""Lists of which a note may say that further items depend on what is not given, in the order of the notes."""


class NotesColumns:
    """The notes of one policy's records."""

    def __init__(self, states: KernelStates, texts: CriteriaTexts | None) -> None:
        """Take the states that they follow from, and what hangs on criteria, where there are any."""
        kernel = self.kernel = states.kernel
        self._versions: list[list[str]] = []
        self._numbers: dict[str, int] = {}
        lists = kernel.lists
        plans = [StateValues(states, lists["notes"], plan_notes, [])] if "notes" in lists else []
        final = StateValues(
            states, kernel.final, lambda left: kernel.final_notes(left, decided=left.decided), []
        )
        self._parts = [each.of for each in (*plans, final)]
        for key in FURTHER:
            if key == "unmet_criteria" and texts is not None:
                self._parts.append(lambda rows: texts.of(rows).notes)
            elif key in lists:
                self._parts.append(StateValues(states, lists[key], self._lacking(key), []).of)

    def _lacking(self, key: str) -> Any:
        def notes(left: Residual) -> list[str]:
            return self.kernel.not_given({key: left.item_variables}) if left.may_lack_items else []

        return notes

    def of(self, rows: RowStates) -> RowColumn:
        """The notes of each row."""
        return Concatenated((self._version(rows), *[each(rows) for each in self._parts]))

    def _version(self, rows: RowStates) -> Coded:
        """The notes on the version, by the day of the service."""
        days = rows.placed.columns.get(DATE_FACT)
        numbers: Numbers = (
            np.full(rows.rows, self._noted(None), np.intp) if days is None else days.each(self._of_day)
        )
        return Coded(numbers, self._versions, len(self._versions))

    def _of_day(self, value: Any) -> int:
        try:
            return self._noted(self.kernel.case_reader.day(DATE_FACT, {DATE_FACT: value}))
        except NotAValue:  # the row is asked of the kernel alone
            return self._noted(None)

    def _noted(self, day: str | None) -> int:
        """The number of what is noted for a day."""
        notes = self.kernel.version_notes(day)
        if notes not in self._versions:
            self._versions.append(notes)
        return self._versions.index(notes)
