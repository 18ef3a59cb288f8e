"""Which expressions theories leave as they stand."""

from __future__ import annotations

import pytest

from dmn_dli.feel import parse_expression
from dmn_dli.theories.effort import runs_long


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("weight / (height * height) > 30", False),
        ("max(visits, round up(level, 1))", False),
        ("(stop - start).days", False),
        ('if starts with(code, "E") then 1 else 2', False),
        ("some each in [a, b] satisfies each > 10", True),
        ("sum(for each in list return each * 2)", True),
        ("count(list[item > 5]) + 1", True),
        ('matches(code, "^E1.*")', True),
        ("(function(n) n + 1)(weight)", True),
    ],
)
def test_work_that_hangs_on_more_than_single_values_is_told(text: str, *, long: bool) -> None:
    assert runs_long(parse_expression(text).tree) is long
