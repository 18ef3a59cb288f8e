"""Arguments that are given by name stand where the parameters do."""

from __future__ import annotations

from itertools import permutations

import pytest

from dmn_dli.feel import compile_expression, parse_expression, syntax
from dmn_dli.theories.arguments import in_places


def call(text: str) -> syntax.Invocation:
    tree = parse_expression(text).tree
    assert isinstance(tree, syntax.Invocation)
    return tree


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("abs", {"n": "-2"}),
        ("round half up", {"n": "2.55", "scale": "1"}),
        ("modulo", {"dividend": "7", "divisor": "4"}),
        ("years and months duration", {"from": 'date("2020-01-31")', "to": 'date("2024-03-01")'}),
        ("substring", {"string": '"E11.9"', "start position": "2", "length": "2"}),
        ("date", {"year": "2024", "month": "2", "day": "29"}),
    ],
)
def test_a_call_in_places_has_the_value_of_the_call_by_name(name: str, arguments: dict[str, str]) -> None:
    for order in permutations(arguments):
        named = call(f"{name}({', '.join(f'{each}: {arguments[each]}' for each in order)})")
        placed = in_places(named)
        assert placed is not None
        wanted = compile_expression(named)({})
        assert wanted is not None
        assert compile_expression(syntax.Invocation(named.function, placed))({}) == wanted


@pytest.mark.parametrize(
    "text", ["abs(number: 2)", "substring(string: code, length: 2)", "time(hour: 1, second: 2)", "dose(n: 2)"]
)
def test_what_has_no_places_is_none(text: str) -> None:
    assert in_places(call(text)) is None


def test_arguments_in_places_stay_there() -> None:
    tree = call("floor(weight, 1)")
    assert in_places(tree) == tree.arguments
