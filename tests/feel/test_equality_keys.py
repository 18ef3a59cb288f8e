"""The key that stands for equality: two values share it exactly where FEEL says that they are equal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import feel_equal
from dmn_dli.feel.builtins.lists import distinct_values
from dmn_dli.feel.comparison import equality_key
from tests.feel.trees import VALUES


@given(VALUES, VALUES)
def test_two_values_share_the_key_exactly_where_they_are_equal(left: object, right: object) -> None:
    assert (equality_key(left) == equality_key(right)) == (feel_equal(left, right) is True)


@given(st.lists(VALUES, max_size=6).map(lambda values: [*values, *values[:2]]))
def test_distinct_values_are_those_that_equal_none_before_them(values: list[object]) -> None:
    naive: list[object] = []
    for value in values:
        if not any(feel_equal(kept, value) is True for kept in naive):
            naive.append(value)
    assert distinct_values(values) == naive
