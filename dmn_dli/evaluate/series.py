"""A payer's policy over time: the version in force on the date of service decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import Problem, TableError, problem
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.record import no_policy_record


class Version(Protocol):
    """What a series needs of a version."""

    payer: str
    workbook: str
    effective_from: str | None
    effective_to: str | None
    draft: bool

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """The record for a case."""


class BrokenVersion:
    """A workbook with errors: it decides nothing, and says why."""

    def __init__(
        self,
        payer: str,
        workbook: str,
        effective_from: str | None,
        effective_to: str | None,
        problems: Sequence[Problem],
        *,
        draft: bool = False,
    ) -> None:
        """Take what could be read of the Policy sheet, and the errors as problems."""
        self.payer = payer
        self.workbook = workbook
        self.effective_from = effective_from
        self.effective_to = effective_to
        self.problems = problems
        self.draft = draft

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:  # noqa: ARG002
        """Raise TableError, always; the arguments are those of every version."""
        raise TableError(self.problems)


class KernelSeries:
    """The versions of one payer, in the order in which they take effect."""

    def __init__(self, payer: str, versions: Sequence[Version]) -> None:
        """Take the versions in any order."""
        self.payer = payer
        self.versions = sorted(versions, key=lambda each: (each.effective_from or "", each.workbook))

    @property
    def deciding(self) -> list[PolicyKernel]:
        """The versions that can decide: all but broken ones."""
        return [version for version in self.versions if isinstance(version, PolicyKernel)]

    @property
    def facts(self) -> dict[str, FactReader]:
        """Each fact that some version knows, under its name, as the latest of them has it."""
        return {name: fact for kernel in self.deciding for name, fact in kernel.case_reader.facts.items()}

    def by_path(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts by the names that the latest version has for them. Raises CaseError."""
        for version in reversed(self.versions):
            if isinstance(version, PolicyKernel):
                return version.by_path(facts)
        return facts

    def select(self, day: str | None) -> Version | None:
        """The version in force on an ISO day; without a day the one with the greatest effective date.

        None where no version is in force. Raises TableError where two versions
        take effect on one day, or a broken one does not say when it does.
        """
        undated = [
            each for each in self.versions if isinstance(each, BrokenVersion) and not each.effective_from
        ]
        if undated:
            raise TableError([found for each in undated for found in each.problems])
        begun = [each for each in self.versions if day is None or (each.effective_from or "") <= day]
        if not begun:
            return None
        chosen = begun[-1]
        same = [each for each in begun if each.effective_from == chosen.effective_from]
        if len(same) > 1:
            names = " and ".join(each.workbook for each in same)
            raise TableError([problem(f"Two workbooks take effect on the same day: {names}.")])
        ended = day is not None and chosen.effective_to is not None and chosen.effective_to < day
        return None if ended else chosen

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """The record by the version in force on the case's date of service.

        Raises CaseError and TableError as `PolicyKernel.determine`.
        """
        version = self.select(self._day(facts))
        if version is None:
            return no_policy_record(self.payer, case_id)
        return version.determine(facts, case_id)

    def _day(self, facts: Mapping[str, Any]) -> str | None:
        dating = None if facts.get(DATE_FACT) is None else self.dating
        if dating is None:
            return None
        dating.case_reader.atoms(facts)
        return dating.case_reader.day(DATE_FACT, facts)

    @property
    def dating(self) -> PolicyKernel | None:
        """The version that reads dates of service, and refuses what it cannot read of a case that has one."""
        for version in self.versions:
            if isinstance(version, PolicyKernel) and DATE_FACT in version.case_reader.facts:
                return version
        return None
