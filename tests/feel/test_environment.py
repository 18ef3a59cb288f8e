"""Names with blanks and operators, bare words, bare dates and letter case, as the environment says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel import Environment, FeelSyntaxError, parse_expression, parse_unary_tests
from dmn_dli.feel.syntax import (
    Arithmetic,
    BooleanLiteral,
    Invocation,
    Name,
    Node,
    NumberLiteral,
    Path,
    Range,
    StringLiteral,
    TemporalLiteral,
    UnaryTests,
    ValueTest,
)

CELL = Environment.workbook(
    names={
        "donor chimerism": "donor_chimerism_percent",
        "donor": "donor",
        "service": "service",
        "größe": "größe",
        "follow-up": "follow_up",
        "determination.reason": "Determination.Reason",
        "determination": "Determination",
    },
    words={
        "relapsed": "relapsed",
        "not high risk": "not high risk",
        "car-t": "car-t",
        "car": "car",
        "other": "other",
        "none": "none",
        "yes": True,
        "no": False,
        "1": "1",
    },
    bare_dates=True,
    fold_case=True,
)


def expression(text: str) -> Node:
    return parse_expression(text, CELL).tree


def words(text: str) -> list[Node]:
    tree = parse_unary_tests(text, CELL).tree
    assert isinstance(tree, UnaryTests)
    return [test.expression for test in tree.tests if isinstance(test, ValueTest)]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Donor Chimerism", Name("donor_chimerism_percent")),
        ("donor \u00a0 chimerism", Name("donor_chimerism_percent")),
        ("donor", Name("donor")),
        ("GRÖSSE", Name("größe")),
        ("follow-up", Name("follow_up")),
        ("follow - up", Arithmetic("-", Name("follow"), Name("up"))),
        ("follow-ups", Arithmetic("-", Name("follow"), Name("ups"))),
        ("Determination.Reason", Name("Determination.Reason")),
        ("Determination.Rule", Path(Name("Determination"), "Rule")),
        ("service-2", Arithmetic("-", Name("service"), NumberLiteral(Decimal(2)))),
        ("unknown", Name("unknown")),
        ("donr chimerism", Name("donr chimerism")),
        ("donor age 2", Name("donor age 2")),
    ],
)
def test_the_longest_known_name_wins_and_an_unknown_one_is_read_as_far_as_its_words(
    text: str, tree: Node
) -> None:
    assert expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Relapsed", StringLiteral("relapsed")),
        ("car-t", StringLiteral("car-t")),
        ("car", StringLiteral("car")),
        ("not high risk", StringLiteral("not high risk")),
        ("other", StringLiteral("other")),
        ("otherwise", Name("otherwise")),
        ("other hgh risk", Name("other hgh risk")),
        ("yes", BooleanLiteral(value=True)),
        ("NO", BooleanLiteral(value=False)),
        ("1", StringLiteral("1")),
        ("1.5", NumberLiteral(Decimal("1.5"))),
        ('"quoted"', StringLiteral("quoted")),
    ],
)
def test_a_bare_word_stands_for_its_value_up_to_a_boundary(text: str, tree: Node) -> None:
    assert words(text) == [tree]


def test_bare_words_stand_in_lists_and_under_not() -> None:
    tree = parse_unary_tests("NOT(none, Car-T)", CELL).tree
    values = (ValueTest(StringLiteral("none")), ValueTest(StringLiteral("car-t")))
    assert tree == UnaryTests(values, negated=True)


def test_a_bare_date_is_a_date_only_where_the_environment_admits_it() -> None:
    low, high = TemporalLiteral("2025-01-01"), TemporalLiteral("2025-02-12")
    assert words("[2025-01-01..2025-02-12)") == [Range(low, high, low_closed=True, high_closed=False)]
    assert isinstance(parse_expression("2025-02-12").tree, Arithmetic)


def test_letter_case_that_was_put_right_is_told_with_its_place() -> None:
    parsed = parse_unary_tests("NOT(Relapsed, other)", CELL)
    assert [(repair.span.start, repair.found, repair.meant) for repair in parsed.repairs] == [
        (0, "NOT", "not"),
        (4, "Relapsed", "relapsed"),
    ]
    assert parse_expression("Service", CELL).repairs[0].meant == "service"
    assert parse_expression("Donor Chimerism", CELL).repairs == ()


def test_keywords_are_strict_where_letter_case_is_not_folded() -> None:
    assert isinstance(expression("TRUE"), BooleanLiteral)
    with pytest.raises(FeelSyntaxError):
        parse_expression("1 = 1 AND TRUE")


def test_a_builtin_keeps_its_name_beside_a_fact_that_differs_in_letter_case() -> None:
    beside = Environment.workbook(names={"date": "Date"})
    call = parse_expression('date("2025-02-12")', beside).tree
    assert isinstance(call, Invocation)
    assert call.function == Name("date")
    assert parse_expression("Date", beside).tree == Name("Date")


@pytest.mark.parametrize(
    "text",
    [
        "{first name: 1, b+c: first name, sum: b+c}.sum",
        "for my item in [1] return my item",
        "(function(a b) a b + 1)(1)",
    ],
)
def test_names_bound_in_the_text_may_hold_blanks_and_operators(text: str) -> None:
    from dmn_dli.feel import free_names

    assert free_names(parse_expression(text).tree) == frozenset()
