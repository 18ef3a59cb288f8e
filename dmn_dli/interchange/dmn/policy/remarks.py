"""What a policy of a model says of it besides: the tables of which nothing can be proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dmn_dli.feel import children, syntax
from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.policy.inline import inlined
from dmn_dli.interchange.dmn.policy.tables import Logic, Tables
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell
from dmn_dli.model.dmn_policy_codes import INNER_TABLE, WHOLE_TABLE
from dmn_dli.model.finding import Finding


def remarks(file: str, model: LoweredModel, tables: Tables, logics: Mapping[str, Logic]) -> Iterator[Finding]:
    """A finding for each decision or function with a table that is not looked into."""
    for element in model.of_kind("decision"):
        table = tables.tables[element.name]
        reporter = Reporter(file, element.name, element.name)
        logic = logics[element.name].expression
        if not table.columns and isinstance(logic, DecisionTable) and logic.inputs:
            message = (
                f'The value of the table "{element.name}" is brought to the type of its decision as a whole; '
                "it is decided, but not proven."
            )
            reporter.add(WHOLE_TABLE, table.rules[0].cell, message)
        else:
            found = _tables_in(_inside(logics[element.name].tree, table=isinstance(logic, DecisionTable)))
            _tell(
                found,
                f'The decision "{element.name}"',
                table.rules[0].cell if table.rules else None,
                reporter,
            )
        yield from reporter.findings
    used = {name for element in model.of_kind("decision") if (name := _inlined(element, model))}
    for element in model.of_kind("function"):
        if element.name in used:
            continue  # its table was looked into where it is invoked
        reporter = Reporter(file, element.name, element.name)
        _tell(_tables_in([element.tree]), f'The function "{element.name}"', None, reporter)
        yield from reporter.findings


def _inlined(element: LoweredElement, model: LoweredModel) -> str:
    found = inlined(element, model)
    return "" if found is None else found.function


def _tell(count: int, subject: str, cell: Cell | None, reporter: Reporter) -> None:
    if count:
        tables = "a decision table" if count == 1 else f"{count} decision tables"
        reporter.add(INNER_TABLE, cell, f"{subject} holds {tables} inside other logic; not proven.")


def _inside(tree: syntax.Node, *, table: bool) -> list[syntax.Node]:
    """The tree; of a decision that is a table what stands in its clauses and cells."""
    if not table:
        return [tree]
    while not isinstance(tree, syntax.DecisionTable):
        below = children(tree)
        if len(below) != 1:
            return [tree]
        tree = below[0]
    return children(tree)


def _tables_in(trees: Iterable[syntax.Node]) -> int:
    """How many decision tables stand in the trees; the rows of a relation are none."""
    count, waiting = 0, list(trees)
    while waiting:
        tree = waiting.pop()
        count += isinstance(tree, syntax.DecisionTable) and bool(tree.inputs)
        waiting += children(tree)
    return count
