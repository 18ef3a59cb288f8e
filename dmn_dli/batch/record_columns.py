"""A record's keys as columns: what the rows of a batch have under each, from the states of the decisions.

What is said of a state is the kernel's: the same functions that put a single case's record together, asked
once for each state. Rows that states do not settle are asked of the kernel one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.assumed import AssumedRows
from dmn_dli.batch.coded import ITSELF, Coded, Concatenated, Merged, RowColumn, instead
from dmn_dli.batch.criteria_columns import Criteria
from dmn_dli.batch.criteria_texts import CriteriaTexts
from dmn_dli.batch.hanging_texts import HangingTexts
from dmn_dli.batch.notes_columns import NotesColumns
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.settled import settled_by_states
from dmn_dli.batch.state_values import Combinations, Constant, KernelStates, RowStates, StateValues
from dmn_dli.batch.transitions import Numbers
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.record_fields import KEYS, RULE, field, joined_ids
from dmn_dli.runtime.criteria import NOTHING_SAID, texts_of
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.record import LISTS, TEXT_KEYS, no_policy_record
from dmn_dli.runtime.residual import Residual

Column = Callable[[RowStates], RowColumn]
"""Makes a column of the rows' states."""

OF_CASE = ("format_version", "case_id", "payer")
"""The keys that follow from the case and the payer alone, of which there are no columns."""

_KEYS = frozenset({*KEYS, RULE}.difference(OF_CASE))


class RecordColumns:
    """One policy's records as columns; what is worked out for one batch serves all further ones."""

    def __init__(self, kernel: PolicyKernel, keys: Sequence[str]) -> None:
        """keys: those of the record that are wanted, other than the case's own, and RULE.

        Raises KeyError for another.
        """
        self.kernel = kernel
        self.keys = tuple(keys)
        for key in self.keys:
            if key not in _KEYS:
                raise KeyError(key)
        self._finals = {(kernel.payer, kernel.workbook): kernel.final.name}
        self.by_states = settled_by_states(kernel)
        """Whether states settle rows; else each is asked of the kernel by itself."""
        if self.by_states:
            self._states = KernelStates(kernel)
            self._criteria = Criteria(self._states) if kernel.policy.criteria else None
            self._texts = CriteriaTexts(self._criteria) if self._criteria else None
            self._hanging = HangingTexts(self._texts) if self._texts and "criteria" not in self.keys else None
            self._assumed = AssumedRows(kernel.policy)
            self._troubled = [
                StateValues(self._states, each, lambda _: False, blank=True)
                for each in kernel.decisions
                if each.diagram is None or any(outcome.trouble for outcome in each.decision.outcomes)
            ]
            self._undetermined = self._of_final(lambda final: final.undetermined, blank=True)
            self._columns = {key: self._column(key) for key in self.keys}

    @property
    def full(self) -> bool:
        """Whether so much was worked out that new columns should serve the next batch in place of these."""
        criteria = self.by_states and self._criteria is not None and self._criteria.full
        return self.by_states and (self._states.full or self._assumed.full or criteria)

    def of(self, placed: PlacedBatch) -> tuple[Mapping[str, RowColumn], Mapping[int, EvaluationError]]:
        """The columns under the keys, and by row what is wrong with a case; it then has no record."""
        if not self.by_states:
            nothing = Coded(np.zeros(placed.rows, np.intp), (None,), 1)
            return self._with(dict.fromkeys(self.keys, nothing), placed, np.ones(placed.rows, bool), None)
        rows = RowStates(self._states, placed)
        alone = self._alone(rows)
        off = None if placed.inside.all() else ~placed.inside & placed.sound & ~alone
        columns = {key: make(rows) for key, make in self._columns.items()}
        if off is None and not alone.any():
            return columns, {}
        return self._with(columns, placed, alone, off)

    def _with(
        self,
        columns: Mapping[str, RowColumn],
        placed: PlacedBatch,
        alone: NDArray[np.bool_],
        off: NDArray[np.bool_] | None,
    ) -> tuple[Mapping[str, RowColumn], Mapping[int, EvaluationError]]:
        """The columns with what is said of rows asked alone, and of those of days that are `off`."""
        which = np.full(placed.rows, ITSELF, np.intp)
        outside: list[dict[str, Any]] = []
        if off is not None and off.any():
            which[off] = 0
            outside = [no_policy_record(self.kernel.payer, None)]
        records, errors = self._asked(placed, np.flatnonzero(alone))
        which[[*records]] = np.arange(len(outside), len(outside) + len(records))
        said = [*outside, *records.values()]
        if said:
            columns = {
                key: instead(column, which, [field(each, key, self._finals) for each in said])
                for key, column in columns.items()
            }
        return columns, errors

    def _asked(
        self, placed: PlacedBatch, rows: Numbers
    ) -> tuple[dict[int, dict[str, Any]], dict[int, EvaluationError]]:
        """The records of some rows, each asked of the kernel, and what is wrong with others."""
        records, errors = {}, {}
        for row in rows.tolist():
            try:
                records[row] = self.kernel.determine(placed.case(row))
            except EvaluationError as error:
                errors[row] = error
        return records, errors

    def _alone(self, rows: RowStates) -> NDArray[np.bool_]:
        """The rows that the kernel is to be asked: of bad or fine values, and of states that are errors."""
        placed = rows.placed
        errors: NDArray[np.bool_] | None = None
        if self.kernel.policy.assumptions:
            errors = ~self._assumed.possible(placed.atoms, placed.rows)
        for each in (*self._troubled, self._undetermined):
            found = each.where(rows)
            if found is not None:
                errors = found if errors is None else errors | found
        alone = ~placed.sound
        return alone if errors is None else alone | (errors & placed.inside)

    def _of_final(self, make: Callable[[Residual], Any], blank: Any = None) -> StateValues:
        return StateValues(self._states, self.kernel.final, make, blank)

    def _column(self, key: str) -> Column:
        """How the column under a key is made."""
        kernel = self.kernel
        if key == RULE:
            return self._of_final(lambda final: joined_ids(final.rules)).of
        match key:
            case "policy":
                return Constant(kernel.policy.reference).of
            case "determination" | "missing_facts" | "possible_determinations":
                return self._of_final(lambda final: kernel.determined(final)[key]).of
            case "rules":
                return self._parts(kernel.required, lambda left: [*map(dict, left.rules)], Concatenated)
            case "decisions":
                return self._parts(kernel.others, _named_value, Merged)
            case "notes":
                return NotesColumns(self._states, self._texts).of
            case "reason" | "citation" | "criteria" | "unmet_criteria" if self._criteria and self._texts:
                return self._on_criteria(key, self._criteria, self._texts)
            case "reason" | "citation":
                return self._text(key)
            case "criteria":
                return Constant([]).of
        if key in TEXT_KEYS:
            return self._of_final(lambda final: final.quoted[key] if final.decided else None).of
        if key in LISTS:
            return self._list(key)
        raise KeyError(key)

    def _on_criteria(self, key: str, criteria: Criteria, texts: CriteriaTexts) -> Column:
        """The columns that follow from the rows of criteria."""
        told = self._hanging or texts  # findings that `criteria` has of all rows need not be made again
        match key:
            case "criteria":
                return lambda rows: criteria.of(rows).records
            case "unmet_criteria":
                return lambda rows: told.of(rows).unmet_criteria
            case "reason":
                return lambda rows: told.of(rows).reason
        return lambda rows: texts.of(rows).citation

    def _parts(
        self,
        decisions: Sequence[DecisionKernel],
        make: Callable[[Residual], Any],
        kind: type[Concatenated | Merged],
    ) -> Column:
        """A column of a part for each decision."""
        blank: Any = [] if kind is Concatenated else {}
        parts = [StateValues(self._states, each, make, blank) for each in decisions]
        if not parts:
            return Constant(blank).of
        return lambda rows: kind(tuple([each.of(rows) for each in parts]))

    def _list(self, key: str) -> Column:
        """The items of a list that a decision fills."""
        listed = self.kernel.lists.get(key)
        if listed is None:
            return Constant([]).of
        return StateValues(self._states, listed, lambda left: list(left.items), []).of

    def _text(self, key: str) -> Column:
        """The reason or the citation where no sheets of criteria bear them out."""
        final, unmet = self.kernel.final, self.kernel.lists.get("unmet_criteria")

        def said(left: Residual, items: Sequence[Any]) -> str | None:
            return texts_of(left, NOTHING_SAID, items)[key] if left.decided else None

        if unmet is None:
            return self._of_final(lambda left: said(left, ())).of
        finals, unmets = self._states.of(final).residuals, self._states.of(unmet).residuals
        both = Combinations(lambda numbers: said(finals[numbers[0]], unmets[numbers[1]].items))
        return lambda rows: both.of([rows.numbers(final), rows.numbers(unmet)])


def _named_value(left: Residual) -> dict[str, Any]:
    return {left.decision.name: left.copied()} if left.one_value else {}
