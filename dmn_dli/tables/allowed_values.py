"""Allowed values: the lists and ranges that dictionary rows, row 4 and outputs state."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dmn_dli.feel import (
    FeelSyntaxError,
    FeelType,
    FeelUnsupported,
    Vocabulary,
    constant_value,
    is_constant,
    parse_unary_tests,
    syntax,
    try_constants,
)
from dmn_dli.model.facts import FactType
from dmn_dli.tables.linked import AllowedValues

FEEL_TYPES = {
    FactType.STRING: FeelType.STRING,
    FactType.NUMBER: FeelType.NUMBER,
    FactType.INTEGER: FeelType.NUMBER,
    FactType.BOOLEAN: FeelType.BOOLEAN,
    FactType.DATE: FeelType.DATE,
}

BOOLEAN_WORDS: dict[str, str | bool] = {"yes": True, "no": False, "true": True, "false": False}

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"\Z', re.DOTALL)


def split_items(text: str) -> list[str]:
    """The items of a list as written: split at commas outside quotes and brackets; blanks single."""
    items, depth, start, quoted = [], 0, 0, False
    for position, character in enumerate(text):
        if character == '"' and (position == 0 or text[position - 1] != "\\"):
            quoted = not quoted
        elif quoted:
            continue
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth <= 0:
            items.append(text[start:position])
            start = position + 1
    items.append(text[start:])
    return [item.strip() if '"' in item else " ".join(item.split()) for item in items]


def is_quoted(text: str) -> bool:
    """Whether the whole text is one FEEL string in double quotes."""
    return _QUOTED.match(text) is not None


def parse_allowed(text: str, type_: FeelType) -> AllowedValues:
    """Read a list of allowed values or a range of the given type.

    Strings may be bare. Raises FeelSyntaxError, with the position in `text`.
    """
    if type_ is FeelType.STRING and "[" not in text.lstrip()[:1]:
        return _string_values(text)
    vocabulary = Vocabulary(
        words=BOOLEAN_WORDS if type_ is FeelType.BOOLEAN else {}, bare_dates=True, fold_case=True
    )
    tree = parse_unary_tests(text, vocabulary).tree
    assert isinstance(tree, syntax.UnaryTests)
    for test in tree.tests:
        inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
        if not is_constant(inner):
            raise FeelSyntaxError("allowed values must be plain values or ranges", inner.span)
        try:
            try_constants(inner)
        except FeelUnsupported as error:
            raise FeelSyntaxError(error.message, error.span) from None
    return AllowedValues(text, tree, _listed(tree))


def guess_allowed(text: str) -> tuple[FeelType, AllowedValues]:
    """Read allowed values whose type nothing else states: numbers, dates, booleans, else strings."""
    items = split_items(text)
    if all(_NUMBER.match(item) for item in items) or text.lstrip()[:1] in ("[", "(", "<", ">"):
        return _typed(text)
    if all(item.casefold() in BOOLEAN_WORDS for item in items):
        return FeelType.BOOLEAN, parse_allowed(text, FeelType.BOOLEAN)
    if all(_ISO_DATE.match(item) for item in items):
        return FeelType.DATE, parse_allowed(text, FeelType.DATE)
    return FeelType.STRING, _string_values(text)


def type_of(value: object) -> FeelType:
    """The FEEL type of a scalar value; ANY for what is no scalar."""
    match value:
        case bool():
            return FeelType.BOOLEAN
        case str():
            return FeelType.STRING
        case Decimal():
            return FeelType.NUMBER
        case date():
            return FeelType.DATE
        case None:
            return FeelType.NULL
    return FeelType.ANY


def _typed(text: str) -> tuple[FeelType, AllowedValues]:
    allowed = parse_allowed(text, FeelType.NUMBER)
    first = allowed.tests.tests[0] if allowed.tests.tests else None
    match first:
        case syntax.ValueTest(syntax.Range(low, high)):
            bound = low or high
            return (type_of(constant_value(bound)) if bound else FeelType.ANY), allowed
        case syntax.ValueTest(expression):
            return type_of(constant_value(expression)), allowed
        case syntax.ComparisonTest(_, operand):
            return type_of(constant_value(operand)), allowed
    return FeelType.ANY, allowed


def _listed(tree: syntax.UnaryTests) -> tuple[object, ...] | None:
    if tree.negated or not tree.tests:
        return None
    values = []
    for test in tree.tests:
        if not isinstance(test, syntax.ValueTest) or isinstance(test.expression, syntax.Range):
            return None
        values.append(constant_value(test.expression))
    return tuple(values)


def _string_values(text: str) -> AllowedValues:
    values: list[object] = []
    tests: list[syntax.ComparisonTest | syntax.ValueTest] = []
    for item in split_items(text):
        if not item:
            raise FeelSyntaxError("a value is missing between two commas", syntax.Span(0, len(text)))
        if '"' in item and not is_quoted(item):
            raise FeelSyntaxError(f"a quotation mark has no partner in `{item}`", syntax.Span(0, len(text)))
        if is_quoted(item):
            value = constant_value(syntax.ListLiteral((_quoted_literal(item),)))
            values += value if isinstance(value, list) else [value]
        else:
            values.append(None if item == "null" else item)
        literal = syntax.NullLiteral() if values[-1] is None else syntax.StringLiteral(str(values[-1]))
        tests.append(syntax.ValueTest(literal))
    return AllowedValues(text, syntax.UnaryTests(tuple(tests)), tuple(values))


def _quoted_literal(item: str) -> syntax.Node:
    tree = parse_unary_tests(item).tree
    assert isinstance(tree, syntax.UnaryTests)
    (test,) = tree.tests
    assert isinstance(test, syntax.ValueTest)
    return test.expression
