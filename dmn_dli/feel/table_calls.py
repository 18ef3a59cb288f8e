"""From a decision table to Python: a call of `decision_tables.decision_table`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.python_nodes import feel_call, is_exactly, lambda_of, name_of, tuple_of
from dmn_dli.feel.scopes import Binding, Scope
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.unary_answers import Hidden, ToPython, tests_answer


def table_call(
    table: syntax.DecisionTable,
    scope: Scope,
    to_python: ToPython,
    hidden: Hidden,
    variable: Callable[[str], str],
) -> ast.expr:
    """The table's value. A rule is two functions of the inputs' values: whether it fires, and what it gives.

    variable: a new Python variable for what is named so.
    """
    return _Tables(scope, to_python, hidden, tuple(variable("input") for _ in table.inputs)).call(table)


@frozen
class _Tables:
    scope: Scope
    to_python: ToPython
    hidden: Hidden
    variables: tuple[str, ...]
    """What the inputs' values are called."""

    def call(self, table: syntax.DecisionTable) -> ast.expr:
        rules = [
            tuple_of([self._of_inputs(self._fires(rule.tests)), self._of_inputs(self._values(rule.entries))])
            for rule in table.rules
        ]
        return feel_call(
            "decision_table",
            ast.Constant(table.hit_policy),
            tuple_of([ast.Constant(output.name) for output in table.outputs]),
            lambda_of([], tuple_of([self._values(output.values) for output in table.outputs])),
            self._defaults(table.outputs),
            self._of_inputs(self._fires([each.allowed for each in table.inputs])),
            tuple_of(rules),
            *(self.to_python(each.expression, self.scope) for each in table.inputs),
        )

    def _of_inputs(self, body: ast.expr) -> ast.expr:
        return lambda_of(list(self.variables), body)

    def _fires(self, tests: Sequence[syntax.UnaryTests | None]) -> ast.expr:
        answers = [
            is_exactly(self._cell(test, variable), constant=True)
            for test, variable in zip(tests, self.variables, strict=True)
            if test is not None and test.tests
        ]
        return ast.BoolOp(ast.And(), answers) if len(answers) > 1 else [*answers, ast.Constant(value=True)][0]

    def _cell(self, tests: syntax.UnaryTests, variable: str) -> ast.expr:
        scope = (*self.scope, Binding("?", variable))
        return tests_answer(tests, name_of(variable), scope, self.to_python, self.hidden, in_cell=True)

    def _values(self, values: Sequence[Node]) -> ast.expr:
        return tuple_of([self.to_python(value, self.scope) for value in values])

    def _defaults(self, outputs: Sequence[syntax.TableOutput]) -> ast.expr:
        if all(output.default is None for output in outputs):
            return ast.Constant(None)
        nothing = syntax.NullLiteral()
        return lambda_of([], self._values([each.default or nothing for each in outputs]))
