"""Where a table's findings stand: its sheet, its cells, its rules by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from dmn_dli.analysis.words import fact_text
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.table import Rule
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.linked import LinkedTable

HIT_POLICY_CELL = "A2"

TOLD = 10
"""How many gaps or overlaps of one table are told one by one."""

MOST = 30
"""How many findings of one code are told of one table."""


_MODEL_TERMS = (
    *(
        (f"{verb} {policy} in A2", f"{choose} hit policy {policy}")
        for policy in "UAF"
        for verb, choose in (("write", "choose"), ("Write", "Choose"))
    ),
    (" in A2", ""),
    ("row 4 of the column", "the input values of the clause"),
    ("from row 4", "from the output values"),
)
"""What the remedies of codes call parts of a sheet, and what DMN calls them."""


@frozen
class TablePlace:
    """A table of a workbook; labels: fact names to what people read."""

    file: str
    table: LinkedTable
    labels: Mapping[str, str]

    def rule(self, position: int) -> Rule:
        """A rule by its position among those in force."""
        return self.table.rules[position]

    def named(self, rules: Iterable[int]) -> str:
        """Rules by their ids and rows: `M-03 (row 7) and M-05 (row 9)`; a model's rules have no rows."""
        found = [self.rule(each) for each in rules]
        if self.of_model:
            return listed([f'"{each.id}"' for each in found])
        return listed([f'"{each.id}" (row {each.cell.row})' for each in found])

    @property
    def of_model(self) -> bool:
        """Whether the table is a DMN model's, so that a message names no cells and rows."""
        return self.table.table.of_model

    def worded(self, remedy: str) -> str:
        """A remedy that speaks of a sheet, in the terms of DMN where the table is a model's."""
        for sheet, model in _MODEL_TERMS if self.of_model else ():
            remedy = remedy.replace(sheet, model)
        return remedy

    @property
    def next_row(self) -> int:
        """The first row below the rules, 1-based."""
        return self.table.table.next_row

    def case(self, witness: Mapping[str, Any], words: Iterable[tuple[str, str]] = ()) -> str:
        """A sentence with a case, a blank before it; "" where `words` say the same already."""
        told = [(self.labels.get(name, name), fact_text(value)) for name, value in witness.items()]
        if not told or set(told) <= set(words):
            return ""
        return f" Such a case: {', '.join(f'{label} is {value}' for label, value in told)}."

    def finding(
        self,
        code: Code,
        cell: Cell | str,
        message: str,
        remedy: str = "",
        rules: Iterable[int] = (),
        witness: Mapping[str, Any] | None = None,
    ) -> Finding:
        """A finding about the table; without a remedy of its own it has the code's."""
        return Finding(
            code,
            message,
            remedy or self.worded(code.remedy),
            self.file,
            self.table.table.sheet,
            cell if isinstance(cell, str) else cell.reference,
            self.table.name,
            tuple(self.rule(each).id for each in rules),
            dict(witness or {}),
        )


def policy_finding(code: Code, workbook: Workbook, message: str, field: str = "") -> Finding:
    """A finding about a workbook as a whole, or about a field of its Policy sheet, be it blank."""
    cell = workbook.policy.places.get(field) or workbook.policy.blank.get(field)
    sheet, reference = ("Policy", cell.reference) if cell else ("", "")
    return Finding(code, message, code.remedy, workbook.file, sheet, reference)


def capped(findings: Iterable[Finding]) -> list[Finding]:
    """The first findings of each code; the last one that is kept says how many more there are."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code.code, []).append(finding)
    kept: list[Finding] = []
    for found in by_code.values():
        shown = found[:MOST]
        if len(found) > MOST:
            more = f" There are {len(found) - MOST} more findings of this kind in the table."
            shown[-1] = evolve(shown[-1], message=shown[-1].message + more)
        kept += shown
    return kept


def listed(items: Iterable[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = list(items) or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last


def when(words: Iterable[tuple[str, str]]) -> str:
    """A box in words, as the end of a sentence: ` when Service is other and ...`; "" for all cases."""
    told = [f"{label} is {text}" for label, text in words]
    return f" when {listed(told)}" if told else ""
