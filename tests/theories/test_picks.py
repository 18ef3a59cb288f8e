"""Picks that are drawn out of expressions say what the expressions say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import compile_expression, parse_expression, syntax
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.picks import drawn_out

EXPRESSIONS = (
    "(if b then 2 else 4) * n",
    "abs(if b then n else -n) + 1",
    "-(if b then n else 3)",
    "n - (if b then (if n > 2 then 1 else 2) else null)",
    "(if b then n else 1) < (if n > 0 then 3 else n)",
)


@pytest.mark.parametrize("text", EXPRESSIONS)
@given(b=st.sampled_from((True, False, None)), n=st.sampled_from([None, *map(Decimal, (-3, 0, 1, 2, 5))]))
def test_a_pick_drawn_out_has_the_value_of_the_whole(text: str, b: bool | None, n: Decimal | None) -> None:
    tree = parse_expression(text).tree
    picked = drawn_out(tree)
    assert isinstance(picked, syntax.If)
    scope = {"b": b, "n": n}
    assert compile_expression(picked)(scope) == compile_expression(tree)(scope)


def test_an_expression_without_a_pick_is_left_alone() -> None:
    assert drawn_out(parse_expression("n * 2 > 5").tree) is None


def test_too_many_branches_are_not_drawn_out() -> None:
    with pytest.raises(NotAnalysable):
        drawn_out(parse_expression(" + ".join(["(if b then 1 else n)"] * 5)).tree)
