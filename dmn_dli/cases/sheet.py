"""Run a workbook's Cases sheet through the workbook's own policy, and see what the cases try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

from attrs import evolve, field, frozen

from dmn_dli.cases.columns import CaseColumn, Role, column_findings, folded_names
from dmn_dli.cases.coverage import Coverage, CriteriaCoverage, Tried
from dmn_dli.cases.expectation import NOTHING, agrees, decision_value, facts_named, shown
from dmn_dli.cases.rows import ReadRow, RefusedCell, read_sheet, read_with
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, Version
from dmn_dli.linking import codes
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.criterion import STATUSES
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.nearest import did_you_mean


@frozen
class Failure:
    """One expectation that was not met: what it is about, what was expected, what came out, and the cell."""

    expectation: str
    expected: str
    actual: str
    cell: str


@frozen
class CaseResult:
    """A row of the Cases sheet; `cell` is where its name stands, `seconds` (no result) what it took."""

    case: str
    cell: str
    failures: tuple[Failure, ...]
    seconds: float = field(default=0.0, eq=False)

    @property
    def passed(self) -> bool:
        """Whether every expectation was met."""
        return not self.failures


@frozen
class WorkbookResult:
    """A workbook's cases. problems: what kept them from being run, or makes them doubtful as a whole."""

    file: str
    sheet: str
    problems: tuple[str, ...] = ()
    cases: tuple[CaseResult, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    criteria: tuple[CriteriaCoverage, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there is nothing to object to."""
        return not self.problems and all(case.passed for case in self.cases)


def run_cases(workbook: Workbook, version: Version) -> WorkbookResult:
    """Run every case of the workbook through its own policy, whatever the policy's status.

    version: the same workbook's policy. Rules of conflicting cases and of dates outside the version count as
    not covered.
    """
    sheet = workbook.cases.sheet if workbook.cases else ""
    if isinstance(version, BrokenVersion):
        return WorkbookResult(workbook.file, sheet, tuple(each["reason"] for each in version.problems))
    if not isinstance(version, PolicyKernel):
        raise TypeError(f"cases need a compiled policy, not {type(version).__name__}")
    runner = _Runner(workbook, version)
    problems = tuple(f"{found.place}: {found.text}" for found in runner.heading_findings())
    results = tuple(_timed(runner, row, position) for position, row in enumerate(runner.rows))
    rules, criteria = tuple(runner.tried.rules()), tuple(runner.tried.criteria())
    return WorkbookResult(workbook.file, sheet, problems, results, rules, criteria)


def _timed(runner: _Runner, row: ReadRow, position: int) -> CaseResult:
    begun = perf_counter()
    result = runner.run(row, position)
    return evolve(result, seconds=perf_counter() - begun)


def case_findings(workbook: Workbook, kernel: PolicyKernel) -> tuple[Finding, ...]:
    """What is wrong with the headings of the Cases sheet, and with the values of its facts."""
    runner = _Runner(workbook, kernel)
    return (*runner.heading_findings(), *_value_findings(workbook, runner.rows))


def findings_without_tables(
    workbook: Workbook, readers: Mapping[str, FactReader], decisions: Sequence[str]
) -> tuple[Finding, ...]:
    """As `case_findings`, for a workbook whose tables cannot be compiled.

    readers: of the dictionary's facts, by name; decisions: the names of the tables, read or not.
    """
    found = read_with(workbook, readers, decisions)
    headings = column_findings(workbook, found.columns, readers.values())
    return (*headings, *_value_findings(workbook, found.rows))


def _value_findings(workbook: Workbook, rows: Iterable[ReadRow]) -> Iterator[Finding]:
    for read in rows:
        for refused in read.refused:
            yield Finding(
                codes.CASE_VALUE,
                f'The case "{read.row.name}": {refused.reason}.',
                codes.CASE_VALUE.remedy,
                workbook.file,
                workbook.cases.sheet if workbook.cases else "",
                refused.cell.reference,
            )


class _Runner:
    """Runs the rows of one Cases sheet, and remembers what they try."""

    def __init__(self, workbook: Workbook, kernel: PolicyKernel) -> None:
        self.workbook = workbook
        self.kernel = kernel
        self.facts = kernel.case_reader.facts
        self.decisions = {each.name: each for each in kernel.tables}
        self.sheet = workbook.cases.sheet if workbook.cases else ""
        found = read_sheet(workbook, kernel)
        self.columns, self.rows = found.columns, found.rows
        self._names = folded_names(self.facts.values())
        self._in_order = {table.name for table in workbook.tables if table.hit_policy.order_counts}
        self.tried = Tried(kernel)

    def heading_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the headings."""
        return tuple(column_findings(self.workbook, self.columns, self.facts.values()))

    def run(self, read: ReadRow, position: int) -> CaseResult:
        """The result of one case; position: its place among the cases."""
        row = read.row
        failures = [*_formal(read), *map(self._refused, read.refused)]
        if not any(each.given for each in read.refused):
            try:
                record = self.kernel.determine(read.facts, row.name)
            except EvaluationError as error:
                reasons = "\n".join(each["reason"] for each in error.problems)
                failures.append(Failure("a determination", "a determination", reasons, row.cell.reference))
            else:
                failures += self._compare(record, read)
                self.tried.add(record, read.facts, position)
        return CaseResult(row.name, cell_name(self.sheet, row.cell.reference), tuple(failures))

    def _refused(self, refused: RefusedCell) -> Failure:
        if refused.given:
            reader = self.facts[refused.column.name]
            allowed = reader.allowed or reader.type
        else:
            allowed = ", ".join(STATUSES)
        return Failure(refused.column.heading.text, allowed, refused.reason, refused.cell.reference)

    def _compare(self, record: Mapping[str, Any], read: ReadRow) -> Iterable[Failure]:
        for column, cell in read.expectations:
            match column.role:
                case Role.MISSING:
                    failure = self._compare_missing(record, column, cell)
                case Role.CRITERION:
                    failure = _compare_status(record, column, cell)
                case _:
                    failure = self._compare_value(record, column, cell)
            if failure is not None:
                yield failure

    def _compare_value(self, record: Mapping[str, Any], column: CaseColumn, cell: Cell) -> Failure | None:
        final = column.role is Role.DETERMINATION
        if final:
            actual = record["determination"]
        elif column.name in self.decisions:
            actual = decision_value(record, self.decisions[column.name].decision)
        else:
            actual = record["unmet_criteria"]
        if agrees(cell.text, actual, ordered=column.name in self._in_order):
            return None
        return Failure(column.heading.text, cell.text, shown(actual), cell.reference)

    def _compare_missing(self, record: Mapping[str, Any], column: CaseColumn, cell: Cell) -> Failure | None:
        missing = record["missing_facts"]
        nothing = cell.text.strip().casefold() == NOTHING
        named, unknown = ([], []) if nothing else facts_named(cell.text, self._names)
        if unknown:
            known = [word for fact in self.facts.values() for word in (fact.label, fact.name)]
            reasons = [f'"{word}" is no fact.{did_you_mean(word, known)}' for word in unknown]
            return Failure(column.heading.text, cell.text, " ".join(reasons), cell.reference)
        if sorted(set(named)) == missing:
            return None
        return Failure(column.heading.text, cell.text, shown(missing), cell.reference)


def _compare_status(record: Mapping[str, Any], column: CaseColumn, cell: Cell) -> Failure | None:
    """Whether a row of a sheet of criteria stands as a cell says; outside the version it does not stand."""
    statuses = [row["status"] for row in record["criteria"] if f"{row['sheet']}.{row['id']}" == column.name]
    actual = statuses[0] if statuses else NOTHING
    if plain_word(cell.text) == actual:
        return None
    return Failure(column.heading.text, cell.text, actual, cell.reference)


def _formal(read: ReadRow) -> Iterable[Failure]:
    """A case without a name, or without any expectation, tests nothing that anybody could tell."""
    place = read.row.cell.reference
    if not read.row.name:
        yield Failure("case", "a name", NOTHING, place)
    if not read.expectations and all(each.given for each in read.refused):
        yield Failure("expect determination", "at least one expectation", NOTHING, place)
