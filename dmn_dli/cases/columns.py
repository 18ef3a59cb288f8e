"""The columns of a Cases sheet: which heading is a fact, which an expectation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Protocol

from attrs import frozen

from dmn_dli.linking import codes
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.record import LISTS

EXPECT = "expect "
EXPECT_DETERMINATION = "expect determination"
EXPECT_MISSING = "expect missing"
EXPECT_CRITERION = "expect criterion "
WHY = "why"

_UNMET = LISTS["unmet_criteria"]
"""The list that follows from a sheet of criteria, where there is no table of this name."""


class NamedFact(Protocol):
    """What a heading may name a fact by."""

    @property
    def name(self) -> str:
        """The key in a case."""

    @property
    def label(self) -> str:
        """What people read."""


class Role(Enum):
    """What a column of the Cases sheet is for; `UNKNOWN` is one whose heading says nothing known."""

    FACT = "fact"
    DETERMINATION = "determination"
    DECISION = "decision"
    CRITERION = "criterion"
    MISSING = "missing"
    WHY = "why"
    UNKNOWN = "unknown"


@frozen
class CaseColumn:
    """A column: its heading's cell, its role, and the name of the fact, decision or criterion it is about."""

    heading: Cell
    role: Role
    name: str = ""


def folded_names(facts: Iterable[NamedFact]) -> dict[str, str]:
    """Folded labels and names to the facts' names; a name goes before another fact's label."""
    listed = tuple(facts)
    return {plain_word(fact.label): fact.name for fact in listed} | {
        plain_word(fact.name): fact.name for fact in listed
    }


@frozen
class _Names:
    """What headings may name, by the words as they are compared."""

    facts: Mapping[str, str]
    decisions: Mapping[str, str]
    criteria: Mapping[str, str]
    final: str


def read_columns(
    workbook: Workbook, facts: Iterable[NamedFact], decisions: Iterable[str]
) -> tuple[CaseColumn, ...]:
    """The columns of a workbook's Cases sheet, in its order; none where it has no such sheet.

    decisions: the names of all tables. The final one's first output is the determination.
    """
    criteria = {plain_word(name): name for name in criteria_names(workbook)}
    lists = [_UNMET] if criteria else []
    known = {plain_word(decision): decision for decision in (*lists, *decisions)}
    names = _Names(folded_names(facts), known, criteria, workbook.policy.final_decision or "")
    return tuple(_column(heading, names) for heading in (workbook.cases.headings if workbook.cases else ()))


def criteria_names(workbook: Workbook) -> Iterator[str]:
    """The rows in force of the workbook's sheets of criteria, as clauses know them."""
    for sheet in workbook.criteria:
        yield from (sheet.name_of(row.id) for row in sheet.in_force)


def _column(heading: Cell, names: _Names) -> CaseColumn:
    facts, decisions, final = names.facts, names.decisions, names.final
    text = plain_word(heading.text)
    if text == WHY:
        return CaseColumn(heading, Role.WHY)
    if text == EXPECT_DETERMINATION:
        return CaseColumn(heading, Role.DETERMINATION, final)
    if text == EXPECT_MISSING:
        return CaseColumn(heading, Role.MISSING)
    if text in facts:
        return CaseColumn(heading, Role.FACT, facts[text])
    if text.startswith(EXPECT_CRITERION):
        criterion = names.criteria.get(text.removeprefix(EXPECT_CRITERION).strip())
        if criterion is not None:
            return CaseColumn(heading, Role.CRITERION, criterion)
    decision = decisions.get(text.removeprefix(EXPECT).strip()) if text.startswith(EXPECT) else None
    if decision is not None:
        return CaseColumn(heading, Role.DETERMINATION if decision == final else Role.DECISION, decision)
    return CaseColumn(heading, Role.UNKNOWN)


def column_findings(
    workbook: Workbook, columns: Sequence[CaseColumn], facts: Iterable[NamedFact]
) -> Iterator[Finding]:
    """What is wrong with the headings: names that are not known, and columns that say the same twice."""
    facts = tuple(facts)
    words = [EXPECT_DETERMINATION, EXPECT_MISSING, WHY]
    words += [EXPECT + table.name for table in workbook.tables]
    words += [EXPECT_CRITERION + name for name in criteria_names(workbook)]
    words += [name for fact in facts for name in (fact.label, fact.name)]
    seen: dict[tuple[Role, str], CaseColumn] = {}
    for column in columns:
        text = column.heading.text
        if column.role is Role.UNKNOWN:
            message = f'The heading "{text}" names neither a fact nor an expectation.'
            yield _finding(workbook, column, message + did_you_mean(text, words))
            continue
        first = seen.setdefault((column.role, column.name), column)
        if first is not column:
            message = f'The headings "{first.heading.text}" and "{text}" mean the same.'
            yield _finding(workbook, column, message)


def _finding(workbook: Workbook, column: CaseColumn, message: str) -> Finding:
    return Finding(
        codes.CASE_HEADING,
        message,
        codes.CASE_HEADING.remedy,
        workbook.file,
        workbook.cases.sheet if workbook.cases else "",
        column.heading.reference,
    )
