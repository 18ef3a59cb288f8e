"""What a call binds, and which names a tree binds itself."""

from __future__ import annotations

import pytest

from dmn_dli.feel import parse_expression, syntax
from dmn_dli.feel.binding import arguments_of, bound_names, captures


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b", set()),
        ("{a: 1}.a", {"a"}),
        ("for i in [1], j in [2] return i + j", {"i", "j", "item", "partial"}),
        ("some i in [1] satisfies function(x) x = i", {"i", "x"}),
        ("[1, 2][item > 1]", {"item", "partial"}),
    ],
)
def test_the_names_that_a_tree_binds(text: str, names: set[str]) -> None:
    assert bound_names(parse_expression(text).tree) == names


def test_an_argument_that_reads_what_the_body_binds_is_captured() -> None:
    body = parse_expression("[1, 2][item > x]").tree
    assert captures(body, {"x": syntax.Name("item")})
    assert not captures(body, {"x": syntax.Name("other")})


@pytest.mark.parametrize(
    ("call", "fits"),
    [("f(1, 2)", True), ("f(b: 2, a: 1)", True), ("f(1)", False), ("f(1, 2, 3)", False), ("f(a: 1)", False)],
)
def test_arguments_have_their_parameters_or_the_call_does_not_fit(call: str, *, fits: bool) -> None:
    invocation = parse_expression(call).tree
    assert isinstance(invocation, syntax.Invocation)
    found = arguments_of(invocation, ("a", "b"))
    literals = {name: parse_expression(text).tree for name, text in (("a", "1"), ("b", "2"))}
    assert found == (literals if fits else None)
