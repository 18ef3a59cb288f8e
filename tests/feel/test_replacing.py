"""Names replaced in trees, but where the tree binds them itself."""

from __future__ import annotations

import pytest

from dmn_dli.feel import parse_expression, syntax
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.unparse import unparse


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("a + b", "A.x + b"),
        ("for a in a return a", "for a in A.x return a"),
        ("function(a) a + b", "function(a) a + b"),
        ("{a: a, c: a}", "{a: A.x, c: a}"),
        ("count(a)", "count(A.x)"),
        ("some b in [1] satisfies b > a", "some b in [1] satisfies b > A.x"),
    ],
)
def test_free_names_alone_are_replaced(text: str, replaced: str) -> None:
    nodes: dict[str, syntax.Node] = {"a": syntax.Path(syntax.Name("A"), "x"), "count": syntax.Name("n")}
    assert unparse(with_nodes(parse_expression(text).tree, nodes)) == replaced
