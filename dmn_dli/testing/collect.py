"""Workbooks as pytest sees them: a file, its tables and its cases, each check a test of its own.

tables/molina-2025-02-12.xlsx::Scope::complete
tables/molina-2025-02-12.xlsx::Cases::relapse after allogeneic transplant
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from dmn_dli.cases.sheet import Failure, WorkbookResult, run_cases
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, Version
from dmn_dli.excel import read_workbook
from dmn_dli.model.workbook import Workbook
from dmn_dli.policy import Policy
from dmn_dli.runtime.plain import for_people
from dmn_dli.store.folder import find_workbooks
from dmn_dli.store.load import load_version
from dmn_dli.testing.assertions import (
    EXAMPLES,
    TableFailure,
    assert_claims,
    assert_complete,
    assert_determined,
    assert_hit_policy,
    assert_no_overlap,
)

_BRACKETS = str.maketrans("[]", "()")

NamedCheck: TypeAlias = tuple[str, Callable[[], None]]


class WorkbookFailure(AssertionError):
    """A workbook with errors, or a case whose expectations are not met; the message says which."""


class WorkbookCollection:
    """The plugin's part that is there only when tables are asked for."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Take the workbooks and folders to look at, absolute."""
        self.workbooks = {
            workbook.resolve()
            for path in paths
            for workbook in (find_workbooks(path) if path.is_dir() else [path])
        }

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Collect a workbook that was asked for."""
        if file_path.resolve() not in self.workbooks:
            return None
        file: pytest.Collector = WorkbookFile.from_parent(parent, path=file_path)
        return file


class WorkbookFile(pytest.File):
    """A workbook: its policy as a whole, its tables, its cases."""

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook as read."""
        return read_workbook(self.path, self.name)

    @cached_property
    def version(self) -> Version:
        """The workbook compiled, or what is wrong with it."""
        return load_version(self.path)

    @cached_property
    def policy(self) -> Policy | None:
        """The workbook's policy; None where it has errors."""
        return Policy(self.version) if isinstance(self.version, PolicyKernel) else None

    @cached_property
    def results(self) -> WorkbookResult:
        """What came of all cases, run together once."""
        return run_cases(self.workbook, self.version)

    @property
    def examples(self) -> int:
        """How many cases to try on each table."""
        number: int | None = self.config.getoption("dmn_examples")
        return EXAMPLES if number is None else number

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """One test for the policy as a whole, and a group for each table, sheet of criteria and the cases."""
        yield Group.of(self, "Policy", self._policy_checks())
        if self.policy is None:
            return
        for table in self.workbook.tables:
            yield Group.of(self, table.name, self._table_checks(self.policy, table.name))
        for name in _claiming_sheets(self.policy):
            yield Group.of(self, name, self._criteria_checks(self.policy, name))
        if self.workbook.cases is not None:
            yield Group.of(self, self.workbook.cases.sheet, self._case_checks())

    def _policy_checks(self) -> Iterator[NamedCheck]:
        yield "readable", self._check_readable
        policy = self.policy
        if policy is not None:
            yield "determined", lambda: assert_determined(policy, examples=self.examples)

    def _table_checks(self, policy: Policy, decision: str) -> Iterator[NamedCheck]:
        hit_policy = policy.linked.by_name[decision].hit_policy
        if hit_policy.one_answer:
            yield "complete", lambda: assert_complete(policy, decision, examples=self.examples)
        if hit_policy.forbids_overlap:
            yield "overlap-free", lambda: assert_no_overlap(policy, decision, examples=self.examples)
        yield "hit policy", lambda: assert_hit_policy(policy, decision, examples=self.examples)

    def _criteria_checks(self, policy: Policy, sheet: str) -> Iterator[NamedCheck]:
        yield "claims", lambda: assert_claims(policy, sheet, examples=self.examples)

    def _case_checks(self) -> Iterator[NamedCheck]:
        assert self.workbook.cases is not None, "asked only where there are cases"
        yield "headings", self._check_headings
        for position, row in enumerate(self.workbook.cases.rows):
            yield row.name or f"(no name, {row.cell.reference})", partial(self._check_case, position)

    def _check_readable(self) -> None:
        if isinstance(self.version, BrokenVersion):
            problems = [f"  {each['reason']}" for each in self.version.problems]
            raise WorkbookFailure("\n".join([f"{self.name} has errors, and decides nothing:", *problems]))

    def _check_headings(self) -> None:
        if self.results.problems:
            raise WorkbookFailure("\n".join(self.results.problems))

    def _check_case(self, position: int) -> None:
        case = self.results.cases[position]
        if not case.passed:
            failures = [line for failure in case.failures for line in _failure(failure)]
            raise WorkbookFailure("\n".join([f'The case "{case.case}" ({case.cell}) fails:', *failures]))


def _claiming_sheets(policy: Policy) -> tuple[str, ...]:
    """The sheets of criteria of which some group claims a determination."""
    rows = policy.kernel.policy.criteria
    return tuple(dict.fromkeys(row.sheet for row in rows if row.means is not None))


class Group(pytest.Collector):
    """A table of a workbook, a sheet of criteria, its cases, or its policy as a whole."""

    checks: Sequence[NamedCheck] = ()

    @classmethod
    def of(cls, parent: WorkbookFile, name: str, checks: Iterable[NamedCheck]) -> Group:
        """A group with its checks."""
        group: Group = cls.from_parent(parent, name=node_name(name))
        group.checks = tuple(checks)
        return group

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check."""
        for name, check in self.checks:
            item: Check = Check.from_parent(self, name=node_name(name))
            item.check = check
            yield item


class Check(pytest.Item):
    """One check; its failure is told in the words of the workbook."""

    check: Callable[[], None]

    def runtest(self) -> None:
        """Run the check. Raises TableFailure or WorkbookFailure."""
        self.check()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The message alone, without a line of Python, unless the failure is a defect."""
        if isinstance(excinfo.value, TableFailure | WorkbookFailure):
            return for_people(str(excinfo.value))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says that the test stands: the workbook and the path within it."""
        group = self.parent.name if self.parent is not None else ""
        return self.path, None, f"{group}: {self.name}"


def node_name(name: str) -> str:
    """A name as part of a node id that pytest takes back: one line, and none of its marks `::` and `[`."""
    line = "".join(each if each.isprintable() else " " for each in name)
    plain = re.sub(":(?=:)", ": ", " ".join(line.split())).translate(_BRACKETS)
    return plain.rstrip(": ") or "(no name)"


def _failure(failure: Failure) -> Iterator[str]:
    yield f"  {failure.expectation} ({failure.cell})"
    for heading, text in (("expected", failure.expected), ("came out", failure.actual)):
        for number, line in enumerate(text.splitlines() or [""]):
            yield f"    {'' if number else heading:<10}{line}"
