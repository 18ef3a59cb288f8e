"""Between the cuts of one fact, and at each, a tree lies alike among its constants, as evaluation has it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from dmn_dli.feel import (
    DateValue,
    FeelType,
    compile_expression,
    constant_value,
    feel_compare,
    parse_expression,
    syntax,
    to_feel,
    type_of,
)
from dmn_dli.feel.python_dates import from_date
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.temporal_values import DaysTimeDuration, YearsMonthsDuration
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.domain import domain_of
from dmn_dli.theories.one_fact import cuts

SOME = settings(max_examples=60, deadline=None)
MANY = settings(max_examples=3_000, deadline=None)


def fact_of(type_: FactType, allowed: str = "") -> Fact:
    return Fact("x", "x", type_, Cell(1, 1, text=allowed) if allowed else None)


def found(text: str, type_: FactType = FactType.NUMBER, constants: str = "", allowed: str = "") -> list[str]:
    """The cuts as FEEL text, ascending; constants: the items of a list in FEEL."""
    values = constant_value(parse_expression(f"[{constants}]").tree)
    assert isinstance(values, list)
    cut = cuts(parse_expression(text).tree, fact_of(type_, allowed), values)
    return [to_feel(each) for each in sorted(cut)]  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("text", "constants", "expected"),
    [
        ("x / 2.54 >= 10", "", "25.4"),
        ("x / 2.54", "10", "25.4"),
        ("x * 12", "120", "10"),
        ("x * 12 > 120", "", "10"),
        ("-x", "3, 4", "-4 -3"),
        ("2 ** 3 - x", "5", "3"),
        ("abs(x - 5)", "3", "2 8"),
        ("abs(x - 5) <= 3", "", "2 8"),
        ("x * x", "25", "-5 5"),
        ("x ** 3", "8, -8", "-2 2"),
        ("x ** -2 > 0.25", "", "-2 0 2"),
        ("sqrt(x)", "3", "0 9"),
        ("log(x)", "0", "0 1"),
        ("1 / x", "2", "0 0.5"),
        ("70 / (x * x) >= 25", "", "-1.673320053068151 0 1.673320053068151"),
        ("floor(x)", "18", "18 19"),
        ("ceiling(x) >= 18", "", "17"),
        ("round half up(x, 1) >= 2.5", "", "2.45"),
        ("decimal(x, 0) > 2", "", "2.5"),
        ("max(x, 10)", "12, 10", "10 12"),
        ("min(x, 10 - x) < 2", "", "2 8"),
        ("mean(x, 3, 2 * x) > 3", "", "2"),
        ("x * 2 > x + 10", "", "10"),
        ("x - x * 0.1", "90", "100"),
        ("x - x", "90", ""),
        ("x <= x", "", ""),
        ("x * (10 - x) > 21", "", "3 7"),
        ("x * (10 - x) = 25", "", "5"),
        ("x ** 3 - 4 * x >= 0", "", "-2 0 2"),
        ("abs(x - 5) + abs(x - 10)", "11", "2 13"),
        ("if x > 5 then x * 2 else x", "4, 12", "4 6"),
        ("if x > 5 then x * 2 else x", "7", "5"),
        ("x in [1..5] or x * 2 > 100", "", "1 5 50"),
        ("x between 3 and 5 and not(x = 4)", "", "3 4 5"),
        ("x in (< x / 2, 7)", "", "0 7"),
        ("x instance of number", "", ""),
        ("x = null", "", ""),
        ("x * null > 3", "", ""),
        ('(if x > 1 then "a" else "b")', '"a"', "1"),
        ("before(x, 3)", "", "3"),
        ("some each in [x, x * 2] satisfies each > 10", "", "5"),
        ("every x in [x, 20] satisfies x > 10", "", "10"),
        ("list contains([1, 2], x)", "", "1 2"),
    ],
)
def test_numbers_are_cut_where_people_would_cut_them(text: str, constants: str, expected: str) -> None:
    assert " ".join(found(text, constants=constants)) == expected


@pytest.mark.parametrize(
    ("text", "constants", "expected"),
    [
        ('years and months duration(x, @"2025-03-01").years >= 18', "", "2007-03-01"),
        ('@"2025-03-01" - x', 'duration("P30D")', "2025-01-30"),
        ('x + duration("P18Y") <= @"2025-03-01"', "", "2007-03-01"),
        ('(x - @"2020-01-01").days', "14", "2020-01-15"),
        ('(x - @"2020-01-01") / duration("P7D") >= 2', "", "2020-01-15"),
        ("x.year", "2020", "2020-01-01 2021-01-01"),
    ],
)
def test_dates_are_cut_at_days(text: str, constants: str, expected: str) -> None:
    assert " ".join(found(text, FactType.DATE, constants)).replace('@"', "").replace('"', "") == expected


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("x.years >= 18", FactType.YEARS_DURATION, ["P18Y"]),
        ('-x / 2 < duration("P1Y")', FactType.YEARS_DURATION, ["-P2Y"]),
        ("x.days > 30", FactType.DAYS_DURATION, ["P31D"]),
        ('x / duration("P7D") > 2', FactType.DAYS_DURATION, ["P14D"]),
        ('abs(x) > duration("P1D")', FactType.DAYS_DURATION, ["-P1D", "P1D"]),
    ],
)
def test_durations_are_cut_too(text: str, type_: FactType, expected: list[str]) -> None:
    assert found(text, type_) == [f'@"{each}"' for each in expected]


def test_what_leaves_the_calendar_is_null_from_there_on() -> None:
    assert found('@"2020-01-01" + x > @"2021-01-01"', FactType.YEARS_DURATION) == [
        '@"-P1000002019Y"',
        '@"P1Y"',
        '@"P999997980Y"',
    ]
    assert found("exp(x) >= 1")[-1].startswith("14149.38")


def test_what_is_put_in_for_another_fact_keeps_its_type() -> None:
    fact, tree = fact_of(FactType.NUMBER), parse_expression("if y = true then x > 1 else x > 2").tree
    for value, expected in ((True, "1"), (Decimal(1), "2")):
        put_in = with_nodes(tree, {"y": syntax.Known(value)})
        assert cuts(put_in, fact, []) == {Decimal(expected)}


def test_worked_out_values_have_all_digits() -> None:
    tree, fact = parse_expression("x * 12").tree, fact_of(FactType.NUMBER, "[0..5]")
    assert cuts(tree, fact, [Decimal(120)]) == frozenset()
    worked_out = sorted(cuts(tree, fact, [Decimal(120)], computed=True))  # type: ignore[type-var]
    assert [to_feel(each) for each in worked_out[1:3]] == ["9.999999999999999999999999999999996", "10"]


def test_what_starts_afresh_is_cut_within_an_allowed_range_alone() -> None:
    assert found("modulo(x, 7) = 3", allowed="[0..20]") == ["3", "10", "17"]
    assert found("even(x)", FactType.INTEGER, allowed="[0..6]") == ["1", "3", "5"]
    years = found("x.month = 3", FactType.DATE, allowed="[2023-01-01..2036-12-31]")
    assert years[:3] == ['@"2023-03-01"', '@"2023-04-01"', '@"2024-03-01"']
    for text, type_ in (("modulo(x, 7) = 3", FactType.NUMBER), ("x.month = 3", FactType.DATE)):
        with pytest.raises(NotAnalysable):
            found(text, type_)


@pytest.mark.parametrize(
    "text",
    [
        "x + 0.1 > x",
        "sqrt(x) - x > 0",
        "2 ** x > 3",
        "x + other > 3",
        "string(x)",
        "[x][1] > 2",
        "some each in [x] satisfies every x in [1, 2] satisfies each > x",
        "sum([1, 2][item > x]) > 1",
    ],
)
def test_what_is_not_known_to_go_one_way_is_not_cut(text: str) -> None:
    with pytest.raises(NotAnalysable):
        found(text)


def test_a_fact_with_few_values_is_looked_at_value_by_value() -> None:
    assert found("x * (10 - x) > 20", FactType.INTEGER, allowed="[0..10]") == ["3", "8"]
    assert found("x * (10 - x) > 20", FactType.INTEGER, allowed="[-1000..1000]") == ["3", "8"]


def test_a_fact_with_listed_values_needs_no_cuts() -> None:
    assert found("x * 2", constants="3", allowed="1, 2, 3") == []
    assert found("not(x)", FactType.BOOLEAN) == []


def test_too_many_cuts_are_none() -> None:
    with pytest.raises(NotAnalysable):
        found("even(x)", FactType.INTEGER, allowed="[0..2000]")


NUMBERS = ["0", "1", "2", "3", "10", "0.5", "2.54", "100", "-1", "-4", "7", "0.1"]
CONDITIONS = ["<", "<=", ">", ">=", "=", "!="]


def _numeric(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    constant = st.sampled_from(NUMBERS)
    scaled = ["round up", "round down", "round half up", "round half down", "decimal", "floor", "ceiling"]
    one = st.sampled_from(["floor", "ceiling", "abs", "sqrt", "log", "exp", "-"])
    condition = st.tuples(inner, st.sampled_from(CONDITIONS), constant).map(" ".join)
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), constant).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(constant, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(one, inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(st.sampled_from(scaled), inner, st.sampled_from(["0", "1", "-1"])).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        st.tuples(inner, st.sampled_from(["2", "3", "-1", "-2", "0.5", "0"])).map(
            lambda parts: f"(({parts[0]}) ** {parts[1]})"
        ),
        st.tuples(st.sampled_from(["min", "max", "sum", "mean", "median"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        st.tuples(inner, st.sampled_from(["7", "-3", "0.5"])).map(
            lambda parts: f"modulo({parts[0]}, {parts[1]})"
        ),
        st.tuples(condition, inner, inner | st.just("null")).map(
            lambda parts: f"(if {parts[0]} then {parts[1]} else {parts[2]})"
        ),
    )


NUMERIC = st.recursive(st.sampled_from(["x", "x", "x", *NUMBERS]), _numeric, max_leaves=5)


def _conditional(value: st.SearchStrategy[str], bound: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(value, st.sampled_from(CONDITIONS), bound | value).map(
        lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
    )
    simple = st.one_of(
        compared,
        st.tuples(value, bound, bound).map(lambda parts: "({}) between {} and {}".format(*parts)),
        st.tuples(value, bound, bound).map(lambda parts: "({}) in [{}..{})".format(*parts)),
        st.tuples(value, bound, bound).map(lambda parts: "({}) in (> {}, {})".format(*parts)),
    )
    joined = st.tuples(simple, st.sampled_from(["and", "or"]), simple).map(
        lambda parts: f"({parts[0]}) {parts[1]} not({parts[2]})"
    )
    return simple | joined


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2015, 1, 1), date(2026, 1, 1))
DATES = DAYS.map(lambda day: f'@"{day}"')
DURATIONS = st.sampled_from(["P1Y", "P18Y", "P1M", "-P7M", "P30D", "-P1D", "P7DT12H"]).map(
    lambda text: f'duration("{text}")'
)
MOVED = st.just("x") | st.tuples(st.just("x"), st.sampled_from("+-"), DURATIONS).map(
    lambda parts: f"({' '.join(parts)})"
)
OF_DATES = st.one_of(
    st.tuples(MOVED, DATES).map(lambda parts: f"years and months duration({parts[0]}, {parts[1]}).years"),
    st.tuples(DATES, MOVED).map(lambda parts: f"years and months duration({parts[0]}, {parts[1]}).months"),
    st.tuples(MOVED, DATES).map(lambda parts: f"({parts[0]} - {parts[1]}).days"),
    st.tuples(DATES, MOVED).map(lambda parts: f'({parts[0]} - {parts[1]}) / duration("P1D")'),
    st.tuples(MOVED, st.sampled_from(["year", "month", "day", "weekday"])).map(".".join),
    MOVED.map(lambda text: f"day of year({text})"),
    MOVED.map(lambda text: f"week of year({text})"),
)


def place(constants: list[object], value: object) -> list[object]:
    """How a value lies to each constant, without any search."""
    kind = type_of(value)
    known = value if kind in (FeelType.BOOLEAN, FeelType.STRING) else None
    return [kind, known, *(feel_compare(value, constant) for constant in constants)]


def agrees(text: str, fact: Fact, constants: list[object], samples: Iterable[object]) -> None:
    """Every sample lies where the representative of its atom does."""
    tree = parse_expression(text).tree
    try:
        cut = cuts(tree, fact, constants)
    except NotAnalysable:
        reject()
    evaluate = compile_expression(tree)
    allowed = parse_allowed(fact.allowed.text, FEEL_TYPES[fact.type]) if fact.allowed else None
    domain = domain_of(FEEL_TYPES[fact.type], allowed, cut, integer=fact.type is FactType.INTEGER)
    expected = [place(constants, evaluate({"x": atom.representative})) for atom in domain.atoms]
    near = [each for point in cut for each in neighbours(point, fact.type)]
    for sample in (*samples, *near):
        atom = domain.locate(sample)
        if atom >= 0:
            assert place(constants, evaluate({"x": sample})) == expected[atom], (text, sample, cut)


def neighbours(point: object, type_: FactType) -> list[object]:
    """A cut with the values beside it that a fact may have."""
    if isinstance(point, DateValue):
        return [DateValue(point.day + by) for by in (-1, 0, 1)]
    if isinstance(point, YearsMonthsDuration):
        return [YearsMonthsDuration(point.months + by) for by in (-1, 0, 1)]
    if isinstance(point, DaysTimeDuration):
        return [DaysTimeDuration(point.nanoseconds + by) for by in (-1, 0, 1)]
    assert isinstance(point, Decimal)
    if type_ is FactType.INTEGER:
        return [point + by for by in (-1, 0, 1)]
    return [point, *(Decimal(repr(math.nextafter(float(point), to))) for to in (-math.inf, math.inf))]


FACTS = st.decimals(-1000, 1000, places=2) | st.floats(
    allow_nan=False, allow_infinity=False, allow_subnormal=False
).map(lambda number: Decimal(repr(number)))
CONSTANTS = st.lists(st.sampled_from(NUMBERS).map(Decimal), min_size=1, max_size=3)


def numbers_agree(
    text: str, type_: FactType, allowed: str, constants: list[Decimal], facts: list[Decimal]
) -> None:
    if type_ is FactType.INTEGER:
        facts = [fact.to_integral_value() for fact in facts]
    agrees(text, fact_of(type_, allowed), list(constants), facts)


NUMBER_CASES = (
    NUMERIC | _conditional(NUMERIC, st.sampled_from(NUMBERS)),
    st.sampled_from([FactType.NUMBER, FactType.INTEGER]),
    st.sampled_from(["", "", "[0..50]", "> 0", "[-2000..3000]"]),
    CONSTANTS,
    st.lists(FACTS, min_size=10, max_size=20),
)


@SOME
@given(*NUMBER_CASES)
def test_a_number_lies_where_its_atom_does(
    text: str, type_: FactType, allowed: str, constants: list[Decimal], facts: list[Decimal]
) -> None:
    numbers_agree(text, type_, allowed, constants, facts)


@pytest.mark.slow
@MANY
@given(*NUMBER_CASES)
def test_many_numbers_lie_where_their_atoms_do(
    text: str, type_: FactType, allowed: str, constants: list[Decimal], facts: list[Decimal]
) -> None:
    numbers_agree(text, type_, allowed, constants, facts)


MEASURES = st.sampled_from(["x", "x * 2", "x / 3", "-x", "abs(x)", "x * -0.5", "x - x * 2"])


@SOME
@given(
    MEASURES,
    st.sampled_from(["P1Y", "-P18M", "P0M", "P5Y"]),
    st.sampled_from(CONDITIONS),
    st.lists(st.integers(-300, 300) | st.integers(-(10**20) + 1, 10**20 - 1), min_size=10, max_size=20),
)
def test_a_duration_lies_where_its_atom_does(text: str, bound: str, operator: str, counts: list[int]) -> None:
    for type_, make, unit in (
        (FactType.YEARS_DURATION, YearsMonthsDuration, 1),
        (FactType.DAYS_DURATION, DaysTimeDuration, 3_600 * 10**9),
    ):
        other = bound.replace("Y", "D").replace("18M", "7D").replace("0M", "0D")
        written = bound if type_ is FactType.YEARS_DURATION else other
        whole = f'{text} {operator} duration("{written}")'
        agrees(whole, fact_of(type_), [], [make(count * unit) for count in counts])


def dates_agree(text: str, allowed: str, constants: list[Decimal], days: list[date]) -> None:
    agrees(text, fact_of(FactType.DATE, allowed), list(constants), [from_date(day) for day in days])


DATE_CASES = (
    OF_DATES | _conditional(OF_DATES, st.sampled_from(NUMBERS)) | _conditional(MOVED, DATES),
    st.sampled_from(["", "[2000-01-01..2025-12-31]", "[2024-01-01..2025-12-31]", ">= 1900-01-01"]),
    CONSTANTS,
    st.lists(DAYS, min_size=10, max_size=20),
)


@SOME
@given(*DATE_CASES)
def test_a_date_lies_where_its_atom_does(
    text: str, allowed: str, constants: list[Decimal], days: list[date]
) -> None:
    dates_agree(text, allowed, constants, days)


@pytest.mark.slow
@MANY
@given(*DATE_CASES)
def test_many_dates_lie_where_their_atoms_do(
    text: str, allowed: str, constants: list[Decimal], days: list[date]
) -> None:
    dates_agree(text, allowed, constants, days)
