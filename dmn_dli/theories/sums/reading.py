"""From FEEL trees to pieces: sums of facts, and conditions over them (DMN 1.5, section 10.3.2.15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

from dmn_dli.feel import constant_value, is_constant, mentions_input, syntax
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.syntax import Node
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Domain
from dmn_dli.theories.arguments import in_places
from dmn_dli.theories.sums import arithmetic, conditions, functions
from dmn_dli.theories.sums.forms import amount, constant, variable
from dmn_dli.theories.sums.guarded import (
    ALL,
    MOST,
    NO_IDEA,
    NULL,
    UNKNOWN,
    Guard,
    Piece,
    Pieces,
    Plain,
    Sum,
    Value,
    combined,
    gathered,
)
from dmn_dli.theories.sums.spans import AMOUNTS, WHOLE, furthest, spans
from dmn_dli.theories.sums.variables import Variables


class Reading:
    """What expressions over the facts of a group are; the facts come first among its variables, in order."""

    def __init__(self, facts: Mapping[str, Fact], domains: Mapping[str, Domain]) -> None:
        """Take the facts, which lie in their domains."""
        self.variables = Variables(
            (facts[name].type in WHOLE, furthest(spans(facts[name], domains[name]))) for name in domains
        )
        self._facts = {
            name: _of_fact(place, facts[name].type, domains[name]) for place, name in enumerate(domains)
        }

    def pieces(self, tree: Node) -> Pieces:
        """The pieces of an expression."""
        try:
            if is_constant(tree):
                return (Piece(ALL, plain(constant_value(tree))),)
        except FeelUnsupported:
            return NO_IDEA
        match tree:
            case syntax.Name(name):
                return self._facts.get(name, NO_IDEA)
            case syntax.Negation(operand):
                return self._joined(arithmetic.negated, operand)
            case syntax.Arithmetic(operator, left, right):
                join = arithmetic.OPERATIONS.get(operator)
                if join is not None:
                    return self._joined(lambda a, b: join(a, b, self.variables), left, right)
                if operator == "**" and right == syntax.NumberLiteral(arithmetic.TWO):
                    return self._joined(lambda a: arithmetic.product(a, a, self.variables), left)
            case syntax.Path(source, name):
                return self._joined(lambda value: functions.member(value, name, self.variables), source)
            case syntax.If(condition, then, otherwise):
                return self._picked(condition, then, otherwise)
            case syntax.Invocation(syntax.Name(name)):
                return self._called(name, in_places(tree) or ())
            case (
                syntax.Comparison()
                | syntax.Conjunction()
                | syntax.Disjunction()
                | syntax.Between()
                | syntax.In()
            ):
                return self._condition(tree)
        return NO_IDEA

    def _joined(self, join: Callable[..., Iterator[Piece]], *operands: Node) -> Pieces:
        return combined([self.pieces(operand) for operand in operands], join)

    def _picked(self, condition: Node, then: Node, otherwise: Node) -> Pieces:
        ways: list[Piece] = []
        branches = self.pieces(then), self.pieces(otherwise)
        for piece in self.pieces(condition):
            taken = (
                branches if piece.value is UNKNOWN else branches[:1] if piece.value == TRUE else branches[1:]
            )
            ways += [
                Piece(both, each.value)
                for branch in taken
                for each in branch
                if (both := piece.guard.meets(each.guard)) is not None
            ]
        return gathered(ways)

    def _called(self, name: str, arguments: tuple[Node, ...]) -> Pieces:
        if name == "not" and len(arguments) == 1:
            return self._joined(conditions.negated, *arguments)
        if name in functions.AGGREGATES and arguments:
            if len(arguments) == 1:
                if not isinstance(arguments[0], syntax.ListLiteral) or not arguments[0].items:
                    return NO_IDEA
                arguments = arguments[0].items
            return self._joined(lambda *values: functions.AGGREGATES[name](values), *arguments)
        if name == "years and months duration" and len(arguments) == 2:
            return self._joined(lambda a, b: functions.months_between(a, b, self.variables), *arguments)
        if name == "date" and len(arguments) == 1:
            return self._joined(functions.date, *arguments)
        if name == "abs" and len(arguments) == 1:
            return self._joined(functions.absolute, *arguments)
        if name in functions.ROUNDING and len(arguments) in (1, 2):
            return self._joined(lambda *values: functions.to_scale(name, values, self.variables), *arguments)
        return NO_IDEA

    def _condition(self, tree: Node) -> Pieces:
        match tree:
            case syntax.Comparison(operator, left, right):
                return self._joined(
                    lambda a, b: conditions.compared(operator, a, b, self.variables), left, right
                )
            case syntax.Conjunction(left, right):
                return conditions.both(self.pieces(left), self.pieces(right))
            case syntax.Disjunction(left, right):
                return conditions.either(self.pieces(left), self.pieces(right))
            case syntax.Between(value, low, high):
                above = syntax.Comparison(">=", value, low)
                return self._condition(syntax.Conjunction(above, syntax.Comparison("<=", value, high)))
            case syntax.In(value, tests) if tests.tests:
                answers = [self._tested(value, test) for test in tests.tests]
                answer = reduce(conditions.either, answers)
                return combined([answer], conditions.negated) if tests.negated else answer
        return NO_IDEA

    def _tested(self, value: Node, test: syntax.ComparisonTest | syntax.ValueTest) -> Pieces:
        """What a test of `in` says."""
        match test:
            case syntax.ComparisonTest(operator, operand) if not mentions_input(operand):
                return self._condition(syntax.Comparison(operator, value, operand))
            case syntax.ValueTest(syntax.Range(operator="") as range_) if not mentions_input(range_):
                return self._in_range(value, range_)
            case syntax.ValueTest(
                syntax.NumberLiteral() | syntax.StringLiteral() | syntax.Name() as expression
            ):
                # A list or a range that a name stands for is none of the values that are known here.
                return self._condition(syntax.Comparison("=", value, expression))
            case syntax.ValueTest(syntax.TemporalLiteral() | syntax.BooleanLiteral() as expression):
                return self._condition(syntax.Comparison("=", value, expression))
        return NO_IDEA

    def _in_range(self, value: Node, range_: syntax.Range) -> Pieces:
        """Whether a value lies in a range; there is none where a bound is null."""
        answers: list[Pieces] = []
        if range_.low is not None:
            operator: syntax.ComparisonOperator = ">=" if range_.low_closed else ">"
            answers.append(self._condition(syntax.Comparison(operator, value, range_.low)))
        if range_.high is not None:
            operator = "<=" if range_.high_closed else "<"
            answers.append(self._condition(syntax.Comparison(operator, value, range_.high)))
        answer = reduce(conditions.both, answers)
        ends = [self.pieces(end) for end in (range_.low, range_.high) if end is not None]
        return combined([answer, *ends], conditions.in_bounds)


TRUE = Plain(True)  # noqa: FBT003


def plain(value: object) -> Value:
    """A FEEL value as a piece has it."""
    found = amount(value)
    if found is not None:
        return Sum(constant(found[1]), found[0])
    return UNKNOWN if isinstance(value, list | dict) else Plain(value)


def _of_fact(place: int, type_: FactType, domain: Domain) -> Pieces:
    """The pieces of a fact: its amount, or each of its values, and null."""
    nulls = 1 << domain.null if domain.null >= 0 else 0
    every = (1 << len(domain.atoms)) - 1
    known = every & ~nulls
    found: list[Piece] = [Piece(Guard((), ((place, nulls),)), NULL)] if nulls else []
    kind = AMOUNTS.get(type_)
    if kind is not None:
        guard = Guard((), ((place, known),)) if nulls else ALL
        return (Piece(guard, Sum(variable(place + 1), kind)), *found)
    if domain.whole or len(domain.atoms) > MOST:
        return (Piece(Guard((), ((place, known),)), UNKNOWN), *found)
    for index, atom in enumerate(domain.atoms):
        if not nulls >> index & 1:
            value: Value = Plain(atom.representative) if atom.single and not atom.any_other else UNKNOWN
            found.append(Piece(Guard((), ((place, 1 << index),)), value))
    return tuple(found)
