"""Explaining the cases of a payer: the version in force on the date of service explains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Explanation
from dmn_dli.runtime.errors import EvaluationError


class SeriesExplainer:
    """A payer's series of versions, ready to explain its cases; what was worked out for one is kept."""

    def __init__(self, series: KernelSeries) -> None:
        """Take a series."""
        self._series = series
        self._explainers: dict[str, Explainer] = {}

    def explain(self, facts: Mapping[str, Any], case_id: str | None = None) -> Explanation:
        """The explanation by the version in force. Raises CaseError and TableError as its `determine`."""
        record = self._series.determine(facts, case_id)
        explainer = self._version(record)
        return Explanation(record) if explainer is None else explainer.explain(facts, case_id)

    def explainer(self, facts: Mapping[str, Any]) -> Explainer | None:
        """The explainer of the version that these facts pick; None where they give no determination."""
        try:
            return self._version(self._series.determine(facts))
        except EvaluationError:
            return None

    def _version(self, record: Mapping[str, Any]) -> Explainer | None:
        """The explainer of the version that gave a record; None where no policy is on file."""
        if record["policy"] is None:
            return None
        name = record["policy"]["workbook"]
        if name not in self._explainers:
            kernel = next(each for each in self._series.deciding if each.workbook == name)
            self._explainers[name] = Explainer(kernel)
        return self._explainers[name]
