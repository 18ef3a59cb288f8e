"""How the cells of a policy take a value of a fact: by naming it, by a range, or because they catch all."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from dmn_dli.feel import compile_unary_tests, constant_value, is_plain, syntax
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.tables.linked import Column, ExpressionSource, FactSource, LinkedTable


class Taken(Enum):
    """How an input cell takes a value."""

    NAMED = "named"
    """The value stands there."""
    WITHIN = "within"
    """A range or comparison holds it, or an expression that reads the fact."""
    CATCH_ALL = "catch-all"
    """`-` or `not(...)`: the cell takes it because it does not speak of it."""
    REFUSED = "refused"
    """The cell names other values."""

    @property
    def on_purpose(self) -> bool:
        """Whether the cell speaks of the value."""
        return self in (Taken.NAMED, Taken.WITHIN)


@frozen
class Reading:
    """An input cell that reads a fact, and how it takes a value of it.

    decision: the table, or the row of a sheet of criteria (`Criteria.2.c`). rule: the rule's id, "" of a
    criterion. text: the cell's own; place: where it stands (`Criteria!K18`).
    """

    decision: str
    rule: str
    heading: str
    text: str
    place: str
    taken: Taken


def readings(table: LinkedTable, fact: str, value: object) -> Iterator[Reading]:
    """The cells of a table or criterion that read a fact themselves, rule by rule.

    Of a criterion its own cell, and that of a group above it which says when it applies; `-` of its own is
    no cell that asks.
    """
    criterion = table.criterion
    for column in table.columns:
        if not _reads(column, fact):
            continue
        if criterion is not None:
            cell = column.cells[0]
            tests = column.tests[column.rules[0]]
            yield _reading(table, criterion.name, "", column, cell, tests, fact, value)
            continue
        for position, rule in enumerate(table.rules):
            tests = column.tests[column.rules[position]]
            yield _reading(table, table.name, rule.id, column, column.cells[position], tests, fact, value)


def _reads(column: Column, fact: str) -> bool:
    match column.source:
        case FactSource(source):
            own = source.name == fact
        case ExpressionSource(names=names):
            own = fact in names
        case _:
            own = False
    return own or fact in column.reads


def _reading(
    table: LinkedTable,
    decision: str,
    rule: str,
    column: Column,
    cell: Cell,
    tests: syntax.UnaryTests,
    fact: str,
    value: object,
) -> Reading:
    plain = isinstance(column.source, FactSource) and column.source.fact.name == fact and not column.reads
    return Reading(
        decision,
        rule,
        column.clause.text.strip() or column.label,
        cell.text.strip(),
        cell_name(table.table.sheet, cell.reference),
        _taken(tests, value) if plain or not tests.tests else Taken.WITHIN,
    )


def _taken(tests: syntax.UnaryTests, value: object) -> Taken:
    if not tests.tests:
        return Taken.CATCH_ALL
    if compile_unary_tests(tests)(value, {}) is not True:
        return Taken.REFUSED
    if tests.negated:
        return Taken.CATCH_ALL
    named = [
        constant_value(each.expression)
        for each in tests.tests
        if isinstance(each, syntax.ValueTest)
        and is_plain(each.expression)
        and not isinstance(each.expression, syntax.Range)
    ]
    return Taken.NAMED if value in named else Taken.WITHIN
