"""Allowed values: the lists and ranges that dictionary rows, row 4 and outputs state."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dmn_dli.feel import (
    Environment,
    FeelSyntaxError,
    FeelType,
    constant_value,
    infer,
    is_plain,
    parse_unary_tests,
    syntax,
    value_types,
)
from dmn_dli.model.facts import FactType
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import AllowedValues

FEEL_TYPES = {
    FactType.STRING: FeelType.STRING,
    FactType.NUMBER: FeelType.NUMBER,
    FactType.INTEGER: FeelType.NUMBER,
    FactType.BOOLEAN: FeelType.BOOLEAN,
    FactType.DATE: FeelType.DATE,
    FactType.TIME: FeelType.TIME,
    FactType.DATE_TIME: FeelType.DATE_TIME,
    FactType.DAYS_DURATION: FeelType.DAYS_DURATION,
    FactType.YEARS_DURATION: FeelType.YEARS_DURATION,
    FactType.LIST: FeelType.LIST,
    FactType.CONTEXT: FeelType.CONTEXT,
    FactType.ANY: FeelType.ANY,
}

BOOLEAN_WORDS: dict[str, str | bool] = {"yes": True, "no": False, "true": True, "false": False}

_NO_SCALARS = frozenset({FeelType.LIST, FeelType.CONTEXT, FeelType.RANGE, FeelType.FUNCTION})

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"\Z', re.DOTALL)


def split_items(text: str) -> list[str]:
    """The items of a list as written: split at commas outside quotes and brackets; blanks single."""
    items = [text[start:end] for start, end in item_spans(text)]
    return [item if '"' in item else " ".join(item.split()) for item in items]


def item_spans(text: str) -> list[tuple[int, int]]:
    """Where the items of a list stand, outer blanks left out: offsets, the second one behind the item."""
    commas, depth, quoted = [], 0, False
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
            commas.append(position)
    bounds = zip([0, *(comma + 1 for comma in commas)], [*commas, len(text)], strict=True)
    return [_trimmed(text, start, end) for start, end in bounds]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    item = text[start:end]
    left = len(item) - len(item.lstrip())
    return (start + left, start + len(item.rstrip())) if item.strip() else (start, start)


def is_quoted(text: str) -> bool:
    """Whether the whole text is one FEEL string in double quotes."""
    return _QUOTED.match(text) is not None


def parse_allowed(text: str, type_: FeelType) -> AllowedValues:
    """Read a list of allowed values or a range of the given type.

    Strings may be bare. Raises FeelSyntaxError, with the position in `text`.
    """
    if type_ is FeelType.STRING and "[" not in text.lstrip()[:1]:
        return _string_values(text)
    environment = Environment.workbook(
        words=BOOLEAN_WORDS if type_ is FeelType.BOOLEAN else {}, bare_dates=True, fold_case=True
    )
    tree = parse_unary_tests(text, environment).tree
    assert isinstance(tree, syntax.UnaryTests)
    for test in tree.tests:
        inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
        if not is_plain(inner):
            raise FeelSyntaxError("allowed values must be plain values or ranges", inner.span)
    for problem in infer(tree, {}, type_).problems:
        raise FeelSyntaxError(problem.message, problem.span)
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


def alike(values: Iterable[object]) -> tuple[tuple[str, str], ...]:
    """The pairs of texts that differ in letter case (or in the width of blanks) alone."""
    first: dict[str, str] = {}
    texts = dict.fromkeys(value for value in values if isinstance(value, str))
    return tuple(
        (earlier, value) for value in texts if (earlier := first.setdefault(folded(value), value)) != value
    )


def type_of(value: object) -> FeelType:
    """The FEEL type of a scalar value; ANY for what is no scalar."""
    kind = value_types.type_of(value)
    return FeelType.ANY if kind in _NO_SCALARS else kind


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
