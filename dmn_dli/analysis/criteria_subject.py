"""What checks of sheets of criteria are asked of: the rows, and all that is proven of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from dmn_dli.analysis.claims import broken_claims, unclaimed_necessity
from dmn_dli.analysis.criteria_view import CriteriaView, Row, Verdict, judged
from dmn_dli.analysis.place import HIT_POLICY_CELL
from dmn_dli.analysis.reasons import unreasoned
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY


@frozen
class Claim:
    """A group's claim: its sheet's name in A1, its id, the determination as JSON; holds: None: not known."""

    sheet: str
    id: str
    means: Any
    holds: bool | None


@frozen(slots=False)
class CriteriaSubject:
    """The sheets of criteria of a policy; labels: of facts. What several checks rest on is found once."""

    diagrams: PolicyDiagrams
    labels: Mapping[str, str] = field(eq=False)

    @cached_property
    def view(self) -> CriteriaView:
        """The rows and the final decision as sets of cases."""
        return CriteriaView(self.diagrams, self.labels)

    @cached_property
    def judged_claims(self) -> tuple[tuple[Row, Verdict], ...]:
        """The groups that claim a determination, each with what is known of the claim."""
        view = self.view
        return tuple(
            (row, judged(view, row.place, row.means, broken_claims(view, row)))
            for row in view.rows
            if row.criterion.means is not None
        )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is proven of each claim, in the order of the sheets."""
        return tuple(
            Claim(row.criterion.sheet, row.criterion.id, row.criterion.means, verdict.holds)
            for row, verdict in self.judged_claims
        )

    @cached_property
    def necessity(self) -> Verdict:
        """Whether medical necessity is claimed by one group wherever the policy speaks, and nowhere else."""
        if not self._payers:
            return Verdict()
        rows = self.view.rows
        claiming = [row for row in rows if row.criterion.means == MEDICALLY_NECESSARY]
        first = (claiming or rows)[0]
        return judged(self.view, first.place, first.means, unclaimed_necessity(self.view, claiming))

    @cached_property
    def reasons(self) -> Verdict:
        """Whether each rule of a payer's final decision comes with a reason."""
        if not self._payers:
            return Verdict()
        return judged(self.view, self.view.final.place, HIT_POLICY_CELL, unreasoned(self.view))

    @cached_property
    def values_of_criteria(self) -> tuple[tuple[Row, frozenset[bool | None]], ...]:
        """The criteria, groups left out, each with all that it may be; without those too large to tell."""
        return tuple(
            (row, frozenset(self.view.values(row)))
            for row in self.view.rows
            if row.criterion.needs is None and row.decision.root is not None
        )

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All that is asked of the sheets."""
        return (*(verdict for _, verdict in self.judged_claims), self.necessity, self.reasons)

    @property
    def _payers(self) -> bool:
        """Whether these are criteria of a payer's policy."""
        return bool(self.view.rows) and not self.diagrams.policy.workbook.generic
