"""The plain truth about a policy's tables: every case tried, every cell asked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from attrs import evolve, frozen

from dmn_dli.feel import compile_unary_tests
from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from tests.properties.oracle import Answer, answer_of, clause_value
from tests.properties.test_assumptions import AssumingOracle

SINGLE = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)


@frozen
class Tried:
    """A case as it reaches one table: the facts, all that the table can read, the rules that fire."""

    facts: dict[str, Any]
    scope: dict[str, Any]
    fired: frozenset[int]
    answer: Answer


class Truth:
    """All cases of a policy, table by table; those that never reach a table are left out."""

    def __init__(self, policy: LinkedPolicy) -> None:
        self.policy = policy
        self.oracle = AssumingOracle(policy)

    @property
    def size(self) -> int:
        """How many combinations there are to try."""
        return self.oracle.count({})

    def tables(self) -> dict[str, list[Tried]]:
        """For each table the cases that reach it."""
        tried: dict[str, list[Tried]] = {table.name: [] for table in self.policy.tables}
        for facts in self.oracle.completions({}):
            answers = self.oracle.decide(facts)
            scope = {**facts, **scope_of(self.policy, answers)}
            for table in self.policy.tables:
                trouble = answers[table.name].trouble
                if not trouble or trouble[0] == "conflict":
                    fired = fired_rules(table, scope)
                    tried[table.name].append(Tried(facts, scope, fired, answers[table.name]))
        return tried


def scope_of(policy: LinkedPolicy, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The decisions' values under every name by which tables read them."""
    scope: dict[str, Any] = {}
    for table in policy.tables:
        value = answers[table.name].value
        scope[table.name] = value
        for output in table.outputs:
            scope[f"{table.name}.{output.name}"] = part(value, output.name)
    return scope


def part(value: Any, output: str) -> Any:
    """The named output of a decision's value."""
    if isinstance(value, list):
        return [part(each, output) for each in value]
    return value.get(output) if isinstance(value, dict) else None


def fired_rules(table: LinkedTable, scope: Mapping[str, Any]) -> frozenset[int]:
    """The rules all of whose cells accept."""
    arriving = [clause_value(column, scope) for column in table.columns]
    return frozenset(
        rule
        for rule in range(len(table.rule_indexes))
        if all(
            _compiled(column.tests[column.rules[rule]])(value, scope) is True
            for column, value in zip(table.columns, arriving, strict=True)
        )
    )


_compiled = cache(compile_unary_tests)


def effect(table: LinkedTable, scope: Mapping[str, Any]) -> Hashable:
    """What a reader sees of a table's answer: the value, and where one rule speaks its notes."""
    answer = answer_of(table, scope)
    notes = None
    if table.hit_policy in SINGLE and not answer.trouble:
        notes = frozenset(
            tuple(cell.text for cell in table.table.rules[table.rule_indexes[rule]].annotations)
            for rule in answer.rules
        )
    return repr(answer.value), answer.trouble, notes


def without_rules(table: LinkedTable, rules: Iterable[int]) -> LinkedTable:
    """A linked table less some of its rules."""
    dropped = set(rules)
    kept = [rule for rule in range(len(table.rule_indexes)) if rule not in dropped]
    return evolve(
        table,
        columns=tuple(
            evolve(
                column,
                rules=tuple(column.rules[rule] for rule in kept),
                cells=tuple(column.cells[rule] for rule in kept),
            )
            for column in table.columns
        ),
        outputs=tuple(
            evolve(output, entries=tuple(output.entries[rule] for rule in kept)) for output in table.outputs
        ),
        rule_indexes=tuple(table.rule_indexes[rule] for rule in kept),
    )


def without_column(table: LinkedTable, position: int) -> LinkedTable:
    """A linked table less one of its inputs."""
    return evolve(table, columns=table.columns[:position] + table.columns[position + 1 :])


def relinked(policy: LinkedPolicy, table: DecisionTable) -> LinkedPolicy:
    """The policy with one of its tables exchanged, read anew from the cells."""
    tables = tuple(table if each.name == table.name else each for each in policy.workbook.tables)
    changed = link(evolve(policy.workbook, tables=tables), policy.dictionary)
    assert not [finding.text for finding in changed.findings if finding.is_error]
    return changed


def with_cell(cell: Cell, text: str) -> Cell:
    """The cell with a text typed into it."""
    return Cell(cell.row, cell.column, CellKind.TEXT, text)


def with_rules(table: DecisionTable, rows: Iterable[tuple[str, ...]]) -> DecisionTable:
    """The sheet with rules added whose input cells hold these texts; their results are the first rule's."""
    model = table.rules[0]
    added: list[Rule] = []
    for number, texts in enumerate(rows, 1):
        inputs = tuple(with_cell(cell, text) for cell, text in zip(model.inputs, texts, strict=True))
        added.append(evolve(model, id=f"added {number}", inputs=inputs, retired=False))
    return evolve(table, rules=(*table.rules, *added))


def pairs(tried: Iterable[Tried]) -> Iterator[tuple[int, int]]:
    """The pairs of rules that fire together in some case."""
    for each in tried:
        rules = sorted(each.fired)
        yield from ((first, second) for at, first in enumerate(rules) for second in rules[at + 1 :])
