"""From text to syntax tree: the door of the parser."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.errors import FeelSyntaxError
from dmn_dli.feel.fresh_stack import deep
from dmn_dli.feel.grammar import Grammar
from dmn_dli.feel.number_tests import number_tests
from dmn_dli.feel.reader import Reader, Repair
from dmn_dli.feel.syntax import Node, Span
from dmn_dli.feel.walk import height

MAXIMUM_HEIGHT = 200
MAXIMUM_LENGTH = 100_000
"""Characters of an expression, three times what a cell of Excel takes; reading takes memory for each."""


@frozen
class Parsed:
    """A syntax tree, and the words in it whose letter case was put right."""

    tree: Node
    repairs: tuple[Repair, ...] = ()


def parse_expression(text: str, environment: Environment = STRICT) -> Parsed:
    """The tree of a FEEL expression (DMN 1.5, section 10.3.1.2).

    Raises FeelSyntaxError, whatever the text.
    """
    return _parsed(text, environment, lambda grammar: grammar.expression())


def parse_unary_tests(text: str, environment: Environment = STRICT) -> Parsed:
    """The tree of an input cell, a `syntax.UnaryTests` (DMN 1.5, section 10.3.1.2); `-` gives no tests.

    Raises FeelSyntaxError, whatever the text.
    """
    numbers = None if environment.names_numbers or len(text) > MAXIMUM_LENGTH else number_tests(text)
    if numbers is not None:
        return Parsed(numbers)
    return _parsed(text, environment, lambda grammar: grammar.unary_tests())


def _parsed(text: str, environment: Environment, read: Callable[[Grammar], Node]) -> Parsed:
    if len(text) > MAXIMUM_LENGTH:
        message = f"this is longer than {MAXIMUM_LENGTH:,} characters; split it into several decisions"
        raise FeelSyntaxError(message, Span(MAXIMUM_LENGTH, len(text)))
    try:
        reader, tree = _read(text, environment, read)
    except RecursionError:
        raise _too_deep(text) from None
    if reader.skip() < len(text):
        raise reader.error("an operator, or the end of the text")
    if height(tree) > MAXIMUM_HEIGHT:
        raise _too_deep(text)
    return Parsed(tree, tuple(reader.repairs))


@deep
def _read(text: str, environment: Environment, read: Callable[[Grammar], Node]) -> tuple[Reader, Node]:
    grammar = Grammar(text, environment)
    if grammar.reader.skip() == len(text):
        raise FeelSyntaxError("there is nothing here; expected an expression", Span(0, len(text)))
    return grammar.reader, read(grammar)


def _too_deep(text: str) -> FeelSyntaxError:
    message = "this is nested too deeply, or joins too many parts; split it into several decisions"
    return FeelSyntaxError(message, Span(0, len(text)))
