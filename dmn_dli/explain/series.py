"""Explaining the cases of a payer: the version in force on the date of service explains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Explanation, Question, Step
from dmn_dli.explain.path import path
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.kernel import DATE_FACT


class SeriesExplainer:
    """A payer's series of versions, ready to explain its cases; what was worked out for one is kept."""

    def __init__(self, series: KernelSeries) -> None:
        """Take a series."""
        self._series = series
        self._explainers: dict[str, Explainer] = {}

    def explain(
        self, facts: Mapping[str, Any], case_id: str | None = None, *, across: bool = False
    ) -> Explanation:
        """The explanation by the version in force; `across` as `Explainer.explain` takes it.

        Raises CaseError and TableError as its `determine`.
        """
        record = self._series.determine(facts, case_id)
        explainer = self._version(record)
        return Explanation(record) if explainer is None else explainer.explain(facts, case_id, across=across)

    def question(
        self, facts: Mapping[str, Any], skipped: Collection[str] = (), *, criteria: bool = True
    ) -> tuple[Question, Explainer] | None:
        """The next question, and the explainer of the version that asks it; None where nothing need be asked.

        The date of service comes first where it chooses among versions. skipped, criteria: as
        `Explainer.question` takes them. None also where the facts give no determination.
        """
        dating = self._dating()
        if dating is not None and facts.get(DATE_FACT) is None and DATE_FACT not in skipped:
            return dating.asking(DATE_FACT), dating
        try:
            explainer = self._version(self._series.determine(facts))
        except EvaluationError:
            return None
        question = explainer and explainer.question(facts, skipped, criteria=criteria)
        return (question, explainer) if explainer and question else None

    def path(self, facts: Mapping[str, Any], record: Mapping[str, Any]) -> tuple[Step, ...]:
        """The way through the decisions to the record that the series gave for these facts."""
        explainer = self._version(record)
        return () if explainer is None else path(explainer.kernel, facts, record)

    def _dating(self) -> Explainer | None:
        """The explainer that asks for the date of service; None where that chooses among no versions."""
        deciding = self._series.deciding
        if len(self._series.versions) < 2 or not deciding:
            return None
        asking = deciding[-1]
        return self._of(asking) if DATE_FACT in asking.case_reader.facts else None

    def _version(self, record: Mapping[str, Any]) -> Explainer | None:
        """The explainer of the version that gave a record; None where no policy is on file."""
        if record["policy"] is None:
            return None
        name = record["policy"]["workbook"]
        return self._of(next(each for each in self._series.deciding if each.workbook == name))

    def _of(self, kernel: PolicyKernel) -> Explainer:
        return self._explainers.setdefault(kernel.workbook, Explainer(kernel))
