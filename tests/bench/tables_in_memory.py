"""Tables for the benchmarks: random rules as a policy and as a hand-written if/elif chain."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import CodeType, FunctionType
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Dictionary, Fact, FactType
from dmn_dli.model.finding import errors
from dmn_dli.model.table import DecisionTable, InputClause, OutputClause, Rule
from dmn_dli.model.workbook import PolicyFields, Workbook
from dmn_dli.policy import Policy
from dmn_dli.runtime.hit_policy import HitPolicy

Chain = Callable[[Mapping[str, Any]], str]


@frozen
class BenchColumn:
    """A fact with its values: strings or booleans, or numbers 0 to `upto` that cells test by range."""

    name: str
    values: tuple[Any, ...] = ()
    upto: int = 0


SMALL = (
    BenchColumn("service", ("infusion", "boost", "car", "other")),
    BenchColumn("transplant", ("allogeneic", "autologous", "none")),
    BenchColumn("malignancy", ("hematologic", "nonhematologic", "none")),
    BenchColumn("status", ("relapsed", "refractory", "persistent", "remission")),
    BenchColumn("prevent", (False, True)),
    BenchColumn("convert", (False, True)),
    BenchColumn("chimerism", upto=100),
)
"""Seven inputs, such as a payer's table has."""

LARGE = (
    BenchColumn("region", tuple(f"region {number}" for number in range(12))),
    BenchColumn("product", tuple(f"product {number}" for number in range(20))),
    BenchColumn("tier", ("gold", "silver", "bronze")),
    BenchColumn("member", (False, True)),
    BenchColumn("age", upto=120),
    BenchColumn("amount", upto=5_000),
)
"""Six inputs of many values."""

WIDE = (
    *[BenchColumn(f"kind_{at}", tuple(f"value {each}" for each in range(4 + at % 5))) for at in range(11)],
    BenchColumn("urgent", (False, True)),
    BenchColumn("again", (False, True)),
    BenchColumn("share", upto=100),
    BenchColumn("weight", upto=1_000),
)
"""Fifteen inputs."""


@frozen
class BenchRule:
    """For each column None (any value), a tuple of values, or a pair of bounds."""

    tests: tuple[Any, ...]
    output: str


def random_rules(columns: Sequence[BenchColumn], count: int, seed: int) -> list[BenchRule]:
    """Random rules; the last accepts everything."""
    chance = random.Random(seed)
    rules = []
    for number in range(count - 1):
        tests: list[Any] = []
        for column in columns:
            if chance.random() < 0.3:
                tests.append(None)
            elif column.upto:
                low = chance.randrange(column.upto)
                tests.append((low, low + chance.randrange(1, column.upto // 3)))
            else:
                tests.append(tuple(sorted(chance.sample(column.values, chance.choice((1, 1, 2))), key=str)))
        rules.append(BenchRule(tuple(tests), f"outcome {number}"))
    return [*rules, BenchRule((None,) * len(columns), "otherwise")]


def random_facts(columns: Sequence[BenchColumn], count: int, seed: int) -> list[dict[str, Any]]:
    """Random cases with every fact known."""
    chance = random.Random(seed)
    return [
        {
            column.name: chance.randrange(column.upto + 1) if column.upto else chance.choice(column.values)
            for column in columns
        }
        for _ in range(count)
    ]


def as_policy(columns: Sequence[BenchColumn], rules: Sequence[BenchRule]) -> Policy:
    """The rules as a generic policy with one table, hit policy F."""
    facts = tuple(
        Fact(column.name, column.name, _type(column), None if column.upto else _text(1, 1, _allowed(column)))
        for column in columns
    )
    inputs = tuple(InputClause(_text(3, place, column.name)) for place, column in enumerate(columns, 2))
    output = len(columns) + 2
    table = DecisionTable(
        "Result",
        "Result",
        "",
        HitPolicy.FIRST,
        inputs,
        (OutputClause("result", _text(3, output, "result")),),
        (),
        tuple(
            Rule(
                f"r{row}",
                _text(row, 1, f"r{row}"),
                tuple(
                    _text(row, place, _cell(column, test))
                    for place, (column, test) in enumerate(zip(columns, rule.tests, strict=True), 2)
                ),
                (_text(row, output, rule.output),),
            )
            for row, rule in enumerate(rules, 5)
        ),
    )
    workbook = Workbook("bench.xlsx", "bench.xlsx", "", PolicyFields(final_decision="Result"), (table,))
    linked = link(workbook, Dictionary(facts))
    assert not errors(linked.findings), linked.findings[:3]
    return Policy(PolicyKernel(compile_policy(build(linked))))


def as_chain(columns: Sequence[BenchColumn], rules: Sequence[BenchRule]) -> Chain:
    """The rules as an engineer would write them: facts into locals, then if after if."""
    body: list[ast.stmt] = [
        ast.Assign(
            [ast.Name(column.name, ast.Store())],
            ast.Subscript(ast.Name("facts", ast.Load()), ast.Constant(column.name), ast.Load()),
        )
        for column in columns
    ]
    for rule in rules:
        tests = [
            _condition(column, test)
            for column, test in zip(columns, rule.tests, strict=True)
            if test is not None
        ]
        answer = ast.Return(ast.Constant(rule.output))
        if not tests:
            body.append(answer)
        else:
            condition = ast.BoolOp(ast.And(), tests) if len(tests) > 1 else tests[0]
            body.append(ast.If(condition, [answer], []))
    arguments = ast.arguments([], [ast.arg("facts")], None, [], [], None, [])
    module = ast.Module([ast.FunctionDef("chain", arguments, body, [], None)], [])
    code = compile(ast.fix_missing_locations(module), "<chain>", "exec")
    return FunctionType(next(each for each in code.co_consts if isinstance(each, CodeType)), {})


def _condition(column: BenchColumn, test: Any) -> ast.expr:
    name = ast.Name(column.name, ast.Load())
    if column.upto:
        low, high = test
        return ast.Compare(ast.Constant(low), [ast.LtE(), ast.Lt()], [name, ast.Constant(high)])
    if len(test) == 1:
        return ast.Compare(
            name, [ast.Is() if isinstance(test[0], bool) else ast.Eq()], [ast.Constant(test[0])]
        )
    return ast.Compare(name, [ast.In()], [ast.Constant(test)])


def _type(column: BenchColumn) -> FactType:
    if column.upto:
        return FactType.NUMBER
    return FactType.BOOLEAN if isinstance(column.values[0], bool) else FactType.STRING


def _allowed(column: BenchColumn) -> str:
    return ", ".join(
        str(value).lower() if isinstance(value, bool) else f'"{value}"' for value in column.values
    )


def _cell(column: BenchColumn, test: Any) -> str:
    if test is None:
        return "-"
    if column.upto:
        return f"[{Decimal(test[0])}..{Decimal(test[1])})"
    return ", ".join(str(value).lower() if isinstance(value, bool) else value for value in test)


def _text(row: int, column: int, text: str) -> Cell:
    return Cell(row, column, CellKind.TEXT, text)
