"""The FEEL syntax tree: one frozen class for each construct of the DMN 1.5 grammar (section 10.3.1.2).

Every node carries the `Span` of the text it was read from, so that a message
can point into the cell. The tree holds no behaviour: the parser builds it, and
the type inference, the translation to Python and the analysis each read it
with a flat match over these classes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

ArithmeticOperator: TypeAlias = Literal["+", "-", "*", "/", "**"]
ComparisonOperator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]

RangeOperator: TypeAlias = Literal["", "=", "!="]


@frozen
class Span:
    """A stretch of the parsed text: 0-based offsets, `end` exclusive."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@frozen
class Node:
    """Base of all nodes. The span takes no part in equality."""

    span: Span = field(default=NOWHERE, kw_only=True, eq=False)


@frozen
class NumberLiteral(Node):
    value: Decimal


@frozen
class StringLiteral(Node):
    """A quoted string, or a bare word that the environment knows as a value."""

    value: str


@frozen
class BooleanLiteral(Node):
    value: bool


@frozen
class NullLiteral(Node):
    pass


@frozen
class TemporalLiteral(Node):
    """`@"2025-02-12"`, or a bare ISO date where the environment admits those; `text` is without quotes."""

    text: str


@frozen
class NoValue(Node):
    """What is null because it could not be read; reason: why, in words without a full stop."""

    reason: str


@frozen
class Name(Node):
    """A variable; `name` is the environment's canonical spelling, or as written where it is unknown."""

    name: str


@frozen
class Known(Node):
    """A value that stands beforehand, such as a function of a model; no text of FEEL gives one."""

    value: object


@frozen
class InputValue(Node):
    """`?`, the value of the input clause, inside a unary test."""


@frozen
class Path(Node):
    """`source.name`."""

    source: Node
    name: str


@frozen
class Negation(Node):
    """Arithmetic negation, `-operand`."""

    operand: Node


@frozen
class Arithmetic(Node):
    operator: ArithmeticOperator
    left: Node
    right: Node


@frozen
class Comparison(Node):
    operator: ComparisonOperator
    left: Node
    right: Node


@frozen
class Conjunction(Node):
    left: Node
    right: Node


@frozen
class Disjunction(Node):
    left: Node
    right: Node


@frozen
class Between(Node):
    value: Node
    low: Node
    high: Node


@frozen
class ComparisonTest(Node):
    """A positive unary test such as `< 100`: compares the input value with the operand."""

    operator: ComparisonOperator
    operand: Node


@frozen
class ValueTest(Node):
    """A positive unary test that is an expression.

    True where the input value equals it, lies in it (a range or a list), or,
    where it mentions `?` or is otherwise boolean for a non-boolean input,
    where it is itself true (DMN 1.5, section 10.3.2.15 on unary tests).
    """

    expression: Node


@frozen(cache_hash=True)
class UnaryTests(Node):
    """A whole input cell: any of `tests`, or none of them where `negated`; no test is `-`, any value."""

    tests: tuple[ComparisonTest | ValueTest, ...]
    negated: bool = False


@frozen
class In(Node):
    """`value in tests`."""

    value: Node
    tests: UnaryTests


@frozen
class TypeName(Node):
    """A type as `instance of` names it: `number`, `list<string>`, `context<a: number>`, a user's type."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    fields: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None


@frozen
class InstanceOf(Node):
    value: Node
    type: TypeName


@frozen
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@frozen
class Iterator(Node):
    """`name in source` of a `for`, `some` or `every`; with `until`, the iteration `source..until`."""

    name: str
    source: Node
    until: Node | None = None


@frozen
class For(Node):
    iterators: tuple[Iterator, ...]
    body: Node


@frozen
class Quantified(Node):
    """`some` or `every`; strict, as a box is: null where any condition is neither a boolean nor null."""

    quantifier: Literal["some", "every"]
    iterators: tuple[Iterator, ...]
    condition: Node
    strict: bool = False


@frozen
class Range(Node):
    """`[low..high]`. A missing bound (None) is what `(< 5)` and its like leave open.

    operator: `=` or `!=` of `(= 5)` and `(!= 5)`, whose operand is `low`.
    """

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool
    operator: RangeOperator = ""


@frozen
class ListLiteral(Node):
    items: tuple[Node, ...]


@frozen
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@frozen
class Filter(Node):
    """`source[condition]`; strict, as a box is: null where any condition is neither a boolean nor null."""

    source: Node
    condition: Node
    strict: bool = False


@frozen
class Invocation(Node):
    """`function(arguments)`; `named` holds the arguments given by name, and one of the two is empty."""

    function: Node
    arguments: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@frozen
class Parameter(Node):
    name: str
    type: TypeName | None = None


@frozen
class FunctionDefinition(Node):
    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False


@frozen
class TableInput(Node):
    """An input clause of a decision table that is part of an expression; allowed: what may arrive."""

    expression: Node
    allowed: UnaryTests | None = None


@frozen
class TableOutput(Node):
    """An output clause; values: the allowed ones in priority order; default: where no rule fires."""

    name: str
    values: tuple[Node, ...] = ()
    default: Node | None = None


@frozen
class TableRule(Node):
    """A rule: a test for each input, an entry for each output."""

    tests: tuple[UnaryTests, ...]
    entries: tuple[Node, ...]


@frozen
class DecisionTable(Node):
    """A boxed decision table inside an expression (DMN 1.5, section 8.3); hit_policy: the short form."""

    hit_policy: str
    inputs: tuple[TableInput, ...]
    outputs: tuple[TableOutput, ...]
    rules: tuple[TableRule, ...]
