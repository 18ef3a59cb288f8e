"""Sheets of criteria made in memory, cell by cell as a sheet would show them, without any file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from dmn_dli.linking.link import link
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.table import Annotation, DecisionTable, InputClause
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import FIRST_RULE_ROW, cell, workbook

_FIXED = 4
"""Columns before the IF columns: Criterion, Part of, Needs, Means."""


def criteria(
    clauses: Sequence[str | tuple[str, Any]],
    *rows: Sequence[Any],
    name: str = "Criteria",
    sheet: str = "",
) -> CriteriaSheet:
    """A sheet of criteria with the columns Requirement, Evidence, Citation and Status.

    clauses: those of the IF columns, each alone or with what row 4 says.
    rows: id, part of, needs, means and a cell for each clause; then, where they are given, requirement,
    evidence, citation and status. None is a blank cell.
    """
    headings = [each if isinstance(each, tuple) else (each, None) for each in clauses]
    inputs = []
    for column, (text, stated) in enumerate(headings, _FIXED + 1):
        below = cell(stated, 4, column)
        inputs.append(InputClause(cell(text, 3, column), None if below.blank else below))
    notes = _FIXED + len(inputs) + 3
    annotations = (
        Annotation("Citation", cell("Citation", 3, notes)),
        Annotation("Status", cell("Status", 3, notes + 1)),
    )
    made = tuple(_row(line, row, len(inputs)) for line, row in enumerate(rows, FIRST_RULE_ROW))
    return CriteriaSheet(name, sheet or name, f"{name}?", tuple(inputs), annotations, made)


def _row(line: int, row: Sequence[Any], clauses: int) -> CriterionRow:
    whole = [*row, *[None] * (_FIXED + clauses + 4 - len(row))]
    cells = [cell(entry, line, column) for column, entry in enumerate(whole, 1)]
    number, part_of, needs, means, *inputs = cells[: _FIXED + clauses]
    texts = cells[_FIXED + clauses :]
    identifier = str(row[0])
    if texts[0].blank:
        texts[0] = cell(f"What {identifier} asks for", line, texts[0].column)
    return CriterionRow(
        identifier,
        number,
        part_of,
        needs,
        means,
        tuple(inputs),
        texts[0],
        texts[1],
        tuple(texts[2:]),
        texts[3].text == "retired",
    )


def linked(
    facts: Sequence[Fact],
    sheets: Sequence[CriteriaSheet],
    *tables: DecisionTable,
    final: str = "",
    **fields: Any,
) -> LinkedPolicy:
    """The tables and the sheets of criteria linked with a dictionary of the facts."""
    book = evolve(workbook(*tables, final=final, **fields), criteria=tuple(sheets))
    return link(book, Dictionary(tuple(facts), "facts.xlsx"))
