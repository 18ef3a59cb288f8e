"""Boxed decision tables as FEEL nodes (DMN 1.5, chapter 8 and section 10.3.4)."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from dmn_dli.feel import syntax
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.syntax import Node, UnaryTests
from dmn_dli.interchange.dmn.expressions import DecisionTable, InputClause, OutputClause, Rule, Texts
from dmn_dli.interchange.dmn.hit_policies import hit_policy_of
from dmn_dli.interchange.dmn.lower_scope import Scope, converted
from dmn_dli.runtime.hit_policy import HitPolicy

_NOTHING = syntax.NullLiteral()
_NEVER = UnaryTests((syntax.ComparisonTest("<", _NOTHING),))


def lower_table(table: DecisionTable, scope: Scope, expected: ItemType = ANY) -> syntax.DecisionTable:
    """The table as a node; expected: the type of the variable that takes its value."""
    policy = hit_policy_of(table)
    inputs = [_input(clause, scope) for clause in table.inputs]
    types = [scope.type_of(each.expression) for each in inputs]
    given = [_output_type(clause, scope, table, policy, expected) for clause in table.outputs]
    columns = [_Column(type_, scope) for type_ in types]
    return syntax.DecisionTable(
        policy.value,
        tuple(inputs),
        tuple(_output(clause, type_, scope) for clause, type_ in zip(table.outputs, given, strict=True)),
        tuple(_rule(rule, columns, given, scope) for rule in table.rules),
    )


def _input(clause: InputClause, scope: Scope) -> syntax.TableInput:
    expression = clause.expression
    tree = _NOTHING if expression is None else scope.expression(expression)
    if expression is not None:
        tree = scope.as_type(tree, expression.type_ref)
    allowed = scope.tests(clause.values, scope.type_of(tree))
    return syntax.TableInput(tree, allowed if allowed is not None and allowed.tests else None)


def _output_type(
    clause: OutputClause, scope: Scope, table: DecisionTable, policy: HitPolicy, expected: ItemType
) -> ItemType:
    """The clause's own type, else what is due of it where the whole is put."""
    if clause.type_ref:
        return scope.types.of(clause.type_ref)
    one = expected
    if policy.gives_list and one.basic is FeelType.LIST:
        one = one.item or ANY
    if policy.own_values:
        return ANY
    return one if len(table.outputs) == 1 else dict(one.fields or ()).get(clause.name, ANY)


def _output(clause: OutputClause, type_: ItemType, scope: Scope) -> syntax.TableOutput:
    values = scope.tests(clause.values, type_)
    if values is None or not values.tests:
        values = type_.allowed
    default = None
    if clause.default is not None and clause.default.text.strip():
        default = converted(scope.expression(clause.default), type_)
    return syntax.TableOutput(clause.name, _ordered(values), default)


def _ordered(values: UnaryTests | None) -> tuple[Node, ...]:
    """The allowed values in priority order, as far as they are single values."""
    tests = values.tests if values is not None and not values.negated else ()
    return tuple(
        test.expression
        for test in tests
        if isinstance(test, syntax.ValueTest) and not isinstance(test.expression, syntax.Range)
    )


@define
class _Column:
    """The cells of one input; those that are written alike are read once."""

    type: ItemType
    scope: Scope
    _known: dict[tuple[str, str | None], UnaryTests] = field(factory=dict)

    def tests(self, cell: Texts) -> UnaryTests:
        """What the cell lets pass: nothing where it cannot be read, which is told."""
        key = cell.text, cell.language
        found = self._known.get(key) or self.scope.tests(cell, self.type)
        if found is None:
            return _NEVER
        self._known[key] = found
        return found


def _rule(rule: Rule, inputs: Sequence[_Column], outputs: list[ItemType], scope: Scope) -> syntax.TableRule:
    """A cell that cannot be read lets nothing pass, and was told; a missing one lets everything pass."""
    tests = [column.tests(cell) for cell, column in zip(rule.inputs, inputs, strict=False)]
    tests += [UnaryTests(())] * (len(inputs) - len(tests))
    entries = [
        converted(scope.expression(cell), type_) for cell, type_ in zip(rule.outputs, outputs, strict=False)
    ]
    entries += [_NOTHING] * (len(outputs) - len(entries))
    return syntax.TableRule(tuple(tests), tuple(entries))
