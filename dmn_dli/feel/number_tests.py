"""Cells that are one number, one comparison with a number or one range of numbers, read without the grammar.

Most cells of a large table are such, and three in four steps of reading it are saved. What is read here is
read by the grammar too, to the same tree; whatever else a cell holds is left to it.
"""

from __future__ import annotations

import re
from typing import cast

from dmn_dli.feel import syntax
from dmn_dli.feel.characters import NUMBER
from dmn_dli.feel.decimals import read_number
from dmn_dli.feel.syntax import ComparisonOperator, Span

_NUMBER = f"(-?(?:{NUMBER.pattern}))"
_COMPARISON = re.compile(f" *(<=|>=|!=|<|>|=)? *{_NUMBER} *\\Z")
_RANGE = re.compile(rf" *([\[(\]]) *{_NUMBER} *\.\. *{_NUMBER} *([\])\[]) *\Z")

STARTS = frozenset("0123456789.[]()")
"""What a name or word must not start with if such cells are to be read here."""


def number_tests(text: str) -> syntax.UnaryTests | None:
    """The tests of such a cell; None where the grammar must read it."""
    found = _COMPARISON.match(text)
    if found:
        return _comparison(found)
    found = _RANGE.match(text)
    return _range(found) if found else None


def _comparison(found: re.Match[str]) -> syntax.UnaryTests | None:
    number = _literal(found, 2)
    if number is None:
        return None
    if found[1] is None:
        return _only(syntax.ValueTest(number, span=number.span))
    span = Span(found.start(1), found.end(2))
    return _only(syntax.ComparisonTest(cast("ComparisonOperator", found[1]), number, span=span))


def _range(found: re.Match[str]) -> syntax.UnaryTests | None:
    low, high = _literal(found, 2), _literal(found, 3)
    if low is None or high is None:
        return None
    span = Span(found.start(1), found.end(4))
    range_ = syntax.Range(low, high, low_closed=found[1] == "[", high_closed=found[4] == "]", span=span)
    return _only(syntax.ValueTest(range_, span=span))


def _literal(found: re.Match[str], group: int) -> syntax.NumberLiteral | None:
    written = found[group]
    value = read_number(written.removeprefix("-"))
    if value is None:
        return None
    signed = value.copy_negate() if written[0] == "-" else value
    return syntax.NumberLiteral(signed, span=Span(*found.span(group)))


def _only(test: syntax.ComparisonTest | syntax.ValueTest) -> syntax.UnaryTests:
    return syntax.UnaryTests((test,), span=test.span)
