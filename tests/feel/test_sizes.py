"""Long lists and many names take work in proportion, not in its square."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from dmn_dli.feel import (
    Environment,
    FeelSyntaxError,
    Parsed,
    compile_expression,
    compile_unary_tests,
    parse_expression,
    parse_unary_tests,
)
from dmn_dli.feel.parser import MAXIMUM_LENGTH
from tests.steps import AtMost

NUMBERS = [Decimal(number) / 7 for number in range(5_000)]


def test_a_list_of_thousands_of_numbers_compiles_in_steps_of_its_length() -> None:
    tree = parse_unary_tests(f"[{', '.join(f'{number}.5' for number in range(4_000))}]").tree
    with AtMost(4_000 * 60):
        test = compile_unary_tests(tree)
    assert test(Decimal("3999.5"), {}) is True
    assert test(Decimal(3999), {}) is False


def test_a_name_among_thousands_is_found_as_fast_as_among_a_few() -> None:
    environment = Environment.workbook(names={f"fact {number}": f"fact_{number}" for number in range(1_000)})
    parse_expression("fact 0", environment)
    with AtMost(1_000):
        assert parse_expression("fact 999 + fact 3", environment).tree


def test_environments_with_other_words_share_the_index_of_names() -> None:
    environment = Environment.workbook(names={"age": "age"}, fold_case=True)
    other = environment.with_words({"gold": "gold"}, bare_dates=True)
    assert other.name_spellings is environment.name_spellings
    assert (other.words, other.bare_dates, other.fold_case) == ({"gold": "gold"}, True, True)


@pytest.mark.parametrize(
    "expression", ["distinct values(a)", "union(a, a)", "mode(a)", "a = a", "index of(a, 1)", "a[item > 3]"]
)
def test_functions_of_a_long_list_look_at_each_item_a_few_times(expression: str) -> None:
    function = compile_expression(parse_expression(expression, Environment.workbook(names={"a": "a"})).tree)
    with AtMost(len(NUMBERS) * 20):
        assert function({"a": NUMBERS})


@pytest.mark.parametrize("parse", [parse_expression, parse_unary_tests])
def test_a_text_longer_than_any_cell_is_refused_before_it_is_read(parse: Callable[[str], Parsed]) -> None:
    longest = "[" + "1, " * (MAXIMUM_LENGTH // 3 - 1) + "1]"
    assert len(longest) == MAXIMUM_LENGTH - 1
    assert parse(longest)
    for text in ("1 + " * MAXIMUM_LENGTH + "1", "7" * (MAXIMUM_LENGTH + 1)):
        with AtMost(1_000), pytest.raises(FeelSyntaxError, match=r"longer than 100,000 characters"):
            parse(text)
