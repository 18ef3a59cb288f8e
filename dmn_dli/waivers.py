"""Accepted findings: which of them a workbook's Accepted sheet waives, and which have come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from attrs import evolve

from dmn_dli.analysis.catalogue import CATALOGUE
from dmn_dli.excel.accepted import ACCEPTED_ROW, IDLE_WAIVER, REFUSED_WAIVER, UNTIED_WAIVER
from dmn_dli.excel.criteria import MEANS, NEEDS, PART_OF, REQUIREMENT
from dmn_dli.excel.place import short
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable, InputClause, Rule
from dmn_dli.model.waiver import Waiver
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.nearest import did_you_mean

BETWEEN = " // "
"""What parts several texts in a cell of the column `as it stood`; a line break does as well."""


def waive(
    findings: Iterable[Finding], workbook: Workbook, forbidding: Iterable[Finding], today: date
) -> tuple[Finding, ...]:
    """The findings of a workbook, those waived that it accepts, and what is to be said of its Accepted sheet.

    forbidding: those that keep the workbook from being evaluated; no one can accept them. A waiver holds on
    its last day, and as long as what was accepted stands as it stood.
    """
    kept = [*findings, *_unknown_codes(workbook)]
    firm = set(map(_key, forbidding))
    waived: set[_Key] = set()
    said: list[Finding] = []
    for waiver in workbook.accepted:
        if waiver.code not in CATALOGUE:
            continue
        met = [finding for finding in kept if meets(waiver, finding, workbook)]
        if any(_key(finding) in firm for finding in met):
            message = f"{waiver.code} at {waiver.where} keeps the workbook from being evaluated."
            said.append(_about(waiver.cell, workbook, REFUSED_WAIVER, message))
        elif waiver.until is not None and waiver.until < today:
            message = f"{waiver.code} at {waiver.where} was accepted until {waiver.until}, which has passed."
            said.append(_about(waiver.cell, workbook, IDLE_WAIVER, message))
        elif not met:
            message = f"There is no finding {waiver.code} at {waiver.where}."
            said.append(_about(waiver.cell, workbook, IDLE_WAIVER, message))
        else:
            standing = [finding for finding in met if _stands(waiver, finding, workbook)]
            waived.update(map(_key, standing))
            said += _changes(waiver, met, standing, workbook)
    return (*(evolve(each, waived=True) if _key(each) in waived else each for each in kept), *said)


_Key = tuple[str, str, str, str]


def _key(finding: Finding) -> _Key:
    """What tells a finding from all others of its workbook."""
    return finding.code.code, finding.sheet, finding.cell, finding.message


def as_it_stands(finding: Finding, workbook: Workbook) -> str:
    """What a finding is about, in one line: its rules or criteria as `show` words them, else its message.

    A waiver that holds this text comes to nothing as soon as one of them is edited.
    """
    texts = [text() for _, text in _rows(finding, workbook)]
    return " / ".join(map(_one_line, texts)) if texts else _one_line(finding.message)


def _rows(finding: Finding, workbook: Workbook) -> list[tuple[str, Callable[[], str]]]:
    """The rules or criteria that a finding names, with their texts; else the one in whose row it stands."""
    rows: list[tuple[Rule | CriterionRow, Callable[[], str]]] = [
        *(
            (rule, partial(_rule_text, table, rule))
            for table in workbook.tables
            if table.sheet == finding.sheet
            for rule in table.rules
        ),
        *(
            (row, partial(_criterion_text, sheet, row))
            for sheet in workbook.criteria
            if sheet.sheet == finding.sheet
            for row in sheet.rows
        ),
    ]
    number = finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    named = [(row.id, text) for row, text in rows if row.id in finding.rules]
    return named or [(row.id, text) for row, text in rows if str(row.cell.row) == number]


def _rule_text(table: DecisionTable, rule: Rule) -> str:
    """The rule's id, its conditions that do not accept everything, and its results."""
    outputs = [
        f"THEN {clause.name}: {cell.text}" for clause, cell in zip(table.outputs, rule.outputs, strict=True)
    ]
    return " | ".join([rule.id, *_conditions(table.inputs, rule.inputs), *outputs])


def _criterion_text(sheet: CriteriaSheet, row: CriterionRow) -> str:
    """The criterion's id, its group and what it needs and claims, its conditions, and what it requires."""
    words = {PART_OF: row.part_of, NEEDS: row.needs, MEANS: row.means}
    groups = [f"GROUP {heading}: {cell.text}" for heading, cell in words.items() if cell.text]
    conditions = _conditions(sheet.inputs, row.inputs)
    return " | ".join([row.id, *groups, *conditions, f"THEN {REQUIREMENT}: {row.requirement.text}"])


def _conditions(clauses: Iterable[InputClause], cells: Iterable[Cell]) -> list[str]:
    return [
        f"IF {clause.cell.text}: {cell.text}"
        for clause, cell in zip(clauses, cells, strict=True)
        if cell.text != "-"
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def meets(waiver: Waiver, finding: Finding, workbook: Workbook) -> bool:
    """Whether a waiver speaks of a finding: the same code at the same place."""
    if (waiver.code, waiver.sheet) != (finding.code.code, finding.sheet):
        return False
    if waiver.target:
        return waiver.target == finding.cell
    if not waiver.rule:
        return True
    return any(row_id == waiver.rule for row_id, _ in _rows(finding, workbook))


def _stands(waiver: Waiver, finding: Finding, workbook: Workbook) -> bool:
    """Whether what was accepted is as it stood; always where nobody noted how it stood."""
    noted = waiver.as_it_stood
    pieces = [noted, *noted.splitlines(), *noted.split(BETWEEN)]
    standing = comparable(as_it_stands(finding, workbook))
    return not noted or any(comparable(piece) == standing for piece in pieces)


def comparable(text: str) -> str:
    """A text without what Excel changes while it is pasted: curly quotes, dashes, blanks, letter case."""
    return plain_word(_one_line(text))


def _changes(
    waiver: Waiver, met: Sequence[Finding], standing: Sequence[Finding], workbook: Workbook
) -> Iterator[Finding]:
    """That a waiver does not know what it accepts, or that this has changed."""
    texts = BETWEEN.join(dict.fromkeys(as_it_stands(finding, workbook) for finding in met))
    if not waiver.as_it_stood:
        message = f"{waiver.code} at {waiver.where} is accepted whatever becomes of it. "
        message += f'Its column as it stood is blank; what is accepted stands as "{texts}".'
        yield _about(waiver.cell, workbook, UNTIED_WAIVER, message)
    elif len(standing) < len(met):
        message = (
            f"What was accepted by {waiver.code} at {waiver.where} has changed. "
            f'It stood as "{_one_line(waiver.as_it_stood)}"; it stands as "{texts}".'
        )
        yield _about(waiver.cell, workbook, IDLE_WAIVER, message)


def _unknown_codes(workbook: Workbook) -> Iterator[Finding]:
    """Codes on the Accepted sheet that no finding has."""
    for cell in workbook.accepted_codes:
        code = cell.text.upper()
        if code not in CATALOGUE:
            hint = did_you_mean(code, CATALOGUE)
            message = f'The code is "{short(cell.text)}", and no finding has it.{hint}'
            yield _about(cell, workbook, ACCEPTED_ROW, message)


def _about(cell: Cell, workbook: Workbook, code: Code, message: str) -> Finding:
    return Finding(code, message, code.remedy, workbook.file, workbook.accepted_sheet, cell.reference)
