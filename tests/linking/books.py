"""Workbooks made in memory, cell by cell as a sheet would show them, without any file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from dmn_dli.diagrams.build import STEP_LIMIT, build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Assumption, Dictionary, Fact, FactType
from dmn_dli.model.table import Annotation, DecisionTable, InputClause, OutputClause, Rule
from dmn_dli.model.workbook import PolicyFields, Workbook
from dmn_dli.policy import Policy
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import LinkedPolicy

FIRST_RULE_ROW = 5

_KINDS = {
    bool: CellKind.BOOLEAN,
    int: CellKind.NUMBER,
    Decimal: CellKind.NUMBER,
    date: CellKind.DATE,
    str: CellKind.TEXT,
}


def cell(value: Any, row: int = 5, column: int = 2) -> Cell:
    """A cell as the reader gives it: None is blank; a Cell keeps its content and takes the place."""
    if isinstance(value, Cell):
        return Cell(row, column, value.kind, value.text, value.number_format)
    if value is None:
        return Cell(row, column)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Cell(row, column, _KINDS[type(value)], text)


def fact(
    name: str,
    type_: str = "string",
    allowed: str | None = None,
    *,
    nullable: bool = False,
    label: str = "",
    unit: str = "",
) -> Fact:
    """A row of the dictionary; the label is the name in words."""
    return Fact(
        name=name,
        label=label or name.replace("_", " ").capitalize(),
        type=FactType(type_),
        allowed=None if allowed is None else cell(allowed, 2, 4),
        unit=unit,
        nullable=nullable,
        question=f"What is {name}?",
    )


def table(
    name: str,
    hit_policy: str,
    headings: Sequence[str],
    values: Sequence[Any] | None,
    *rules: Sequence[Any],
    sheet: str = "",
) -> DecisionTable:
    """A decision table.

    headings: `IF clause`, `THEN output` or `NOTE annotation` for each column; values: row 4
    (`default: …` on the last line of an output), None where it is blank throughout.
    rules: a cell for each column, in front of them the rule's id if it is not to be `R-1`, `R-2` …
    """
    row_4 = list(values) if values is not None else [None] * len(headings)
    inputs, outputs, annotations = [], [], []
    kinds = [heading.partition(" ")[0] for heading in headings]
    for column, (heading, stated) in enumerate(zip(headings, row_4, strict=True), 2):
        kind, _, text = heading.partition(" ")
        top, below = cell(text or None, 3, column), cell(stated, 4, column)
        if kind == "IF":
            inputs.append(InputClause(top, None if below.blank else below))
        elif kind == "THEN":
            outputs.append(_output(text, top, below))
        else:
            annotations.append(Annotation(text, top))
    made = []
    for position, row in enumerate(rules):
        head = [f"R-{position + 1}"] if len(row) == len(headings) else []
        whole: list[Any] = [*head, *row]
        identifier, *entries = whole
        line = FIRST_RULE_ROW + position
        cells = [cell(entry, line, column) for column, entry in enumerate(entries, 2)]
        by_kind = {
            kind: tuple(each for each, its in zip(cells, kinds, strict=True) if its == kind)
            for kind in ("IF", "THEN", "NOTE")
        }
        retired = any(note.text == "retired" for note in by_kind["NOTE"])
        made.append(
            Rule(
                identifier,
                cell(identifier, line, 1),
                by_kind["IF"],
                by_kind["THEN"],
                by_kind["NOTE"],
                retired,
            )
        )
    return DecisionTable(
        name=name,
        sheet=sheet or name,
        question=f"{name}?",
        hit_policy=HitPolicy(hit_policy),
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        annotations=tuple(annotations),
        rules=tuple(made),
    )


def _output(name: str, heading: Cell, row_4: Cell) -> OutputClause:
    lines = row_4.text.split("\n")
    default = None
    if lines[-1].startswith("default:"):
        default = lines.pop().removeprefix("default:").strip()
    return OutputClause(name, heading, " ".join(lines), None if row_4.blank else row_4, default)


def workbook(*tables: DecisionTable, final: str = "", **fields: Any) -> Workbook:
    """A workbook of these tables; the last one is the final decision where none is named."""
    chosen = PolicyFields(final_decision=final or tables[-1].name, **fields)
    return Workbook("book.xlsx", "book.xlsx", "0" * 64, chosen, tables)


def linked(facts: Sequence[Fact], *tables: DecisionTable, final: str = "", **fields: Any) -> LinkedPolicy:
    """The tables linked with a dictionary of the facts."""
    return link(workbook(*tables, final=final, **fields), Dictionary(tuple(facts), "facts.xlsx"))


def assuming(policy: LinkedPolicy, *conditions: str) -> LinkedPolicy:
    """The policy linked once more, with these conditions as the sheet Assumptions says them."""
    rows = enumerate(conditions, 2)
    made = tuple(Assumption(Cell(row, 1, CellKind.TEXT, text), "it is so") for row, text in rows)
    return link(evolve(policy.workbook, assumptions=made), policy.dictionary)


def kernel(policy: LinkedPolicy, limit: int = STEP_LIMIT) -> PolicyKernel:
    """A linked policy, free of errors, compiled; `limit` is how many steps a decision's diagram may take."""
    assert not [finding.text for finding in policy.findings if finding.is_error]
    return PolicyKernel(compile_policy(build(policy, limit)))


def policy(facts: Sequence[Fact], *tables: DecisionTable, final: str = "", **fields: Any) -> Policy:
    """A policy ready to be asked."""
    return Policy(kernel(linked(facts, *tables, final=final, **fields)))
