"""Sums and differences judged together, against brute force and by examples."""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.feel import DateValue, DaysTimeDuration, FeelType, YearsMonthsDuration
from dmn_dli.feel.python_dates import FIRST_DATE
from dmn_dli.feel.temporal import parse_date
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Atom, Domain, domain_of, fact_domain_of
from dmn_dli.theories.linear import LinearTheory
from dmn_dli.theories.terms import Group, Part, Term
from tests.theories.groups import group_of
from tests.theories.parts import all_parts, group, holds, part_of, term
from tests.theories.sums.nested import nested

NUMBERS = [Decimal(each) for each in range(-3, 4)]

_INTEGER_TERMS = (
    *("a - b", "b - a", "a - c", "b - c", "a", "a - 2", "abs(a - b)", "max(a, b) - c", "min(a, b, c)"),
    *("if a > b then a - c else b - c", "if a = 1 then b else c", "2 - a"),
)
_INTEGER_CONDITIONS = (
    *("a > b", "a >= b + 1", "a = b", "a != c", "a > b and b > c", "a > b or a < c", "not(a >= c)"),
    *("a between b and c", "a in [b..c]", "a in (> b)", "a in (b, c)", "a - b > c - b"),
)


def whole(name: str, cuts: Sequence[int], *, nullable: bool = False) -> tuple[Fact, Domain]:
    """A fact of whole numbers, cut at constants (at as many that it is not listed)."""
    domain = domain_of(FeelType.NUMBER, None, map(Decimal, cuts), integer=True, nullable=nullable)
    return Fact(name, name, FactType.INTEGER, nullable=nullable), domain


def number(name: str, cuts: Sequence[str] = (), *, nullable: bool = False) -> tuple[Fact, Domain]:
    domain = domain_of(FeelType.NUMBER, None, map(Decimal, cuts), nullable=nullable)
    return Fact(name, name, FactType.NUMBER, nullable=nullable), domain


def day(name: str, *cuts: str, nullable: bool = False) -> tuple[Fact, Domain]:
    domain = fact_domain_of(FeelType.DATE, None, map(parse_date, cuts), nullable=nullable)
    return Fact(name, name, FactType.DATE, nullable=nullable), domain


def part(over: Group, **atoms: str) -> Part:
    """A part by the texts of atoms; terms as `t1`, `t2`."""
    named = {each.name: each.domain for each in over.terms} | dict(over.domains)
    found = {}
    for key, text in atoms.items():
        name = key.replace("t", "#", 1) if key[0] == "t" and key[1:].isdigit() else key
        found[name] = next(atom for atom in named[name].atoms if atom.text == text)
    facts = {name: atom for name, atom in found.items() if name in over.domains}
    return Part(facts, {name: atom for name, atom in found.items() if name not in over.domains})


def terms(chance: Random) -> list[Term]:
    found = []
    for place in range(1, chance.choice((2, 3, 3, 4))):
        if chance.random() < 0.5:
            found.append(term(f"#{place}", chance.choice(_INTEGER_CONDITIONS), FeelType.BOOLEAN))
        else:
            constants = [Decimal(chance.randrange(-2, 3)) for _ in range(chance.randrange(1, 3))]
            found.append(term(f"#{place}", chance.choice(_INTEGER_TERMS), FeelType.NUMBER, constants))
    return found


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_of_whole_numbers_just_what_holds_no_case_is_refuted(seed: int) -> None:
    _just_what_holds_no_case_is_refuted(seed, most=100)


@pytest.mark.slow
def test_of_whole_numbers_just_what_holds_no_case_is_refuted_at_length() -> None:
    for seed in range(500):
        _just_what_holds_no_case_is_refuted(seed, most=400)


def _just_what_holds_no_case_is_refuted(seed: int, most: int) -> None:
    """most: how many parts are looked at."""
    chance = Random(seed)
    facts = [whole(name, (-3, chance.randrange(-2, 3), 3), nullable=chance.random() < 0.3) for name in "abc"]
    over = group(facts, terms(chance))
    read = {name for each in over.terms for name in each.reads}
    values = [
        [each for each in (*NUMBERS, None) if domain.locate(each) >= 0] if name in read else [Decimal(0)]
        for name, domain in over.domains.items()
    ]
    real = {_told(part_of(dict(zip("abc", case, strict=True)), over), read) for case in product(*values)}
    theory = LinearTheory(over)
    parts = list(all_parts(over))
    for each in chance.sample(parts, k=min(len(parts), most)):
        if _told(each, read) in real:
            assert not theory.refutes(each)
        elif all(_gone_through(atom) for name, atom in each.facts.items() if name in read):
            assert theory.refutes(each), _told(each, read)


def _told(where: Part, read: Container[str]) -> tuple[tuple[str, str], ...]:
    """The part in words, facts that no term reads left aside."""
    atoms = [*where.facts.items(), *where.terms.items()]
    return tuple((name, atom.text) for name, atom in atoms if name in read or name not in where.facts)


def _gone_through(atom: Atom) -> bool:
    """Whether all whole numbers of an atom are among those that were tried."""
    return atom.single or (atom.low is not None and atom.high is not None)


@pytest.mark.parametrize(("first", "count"), [(0, 100), pytest.param(10_000, 6_000, marks=pytest.mark.slow)])
def test_no_part_in_which_a_case_lies_is_refuted(first: int, count: int) -> None:
    found = 0
    for seed in range(first, first + count):
        over, where, case = group_of(Random(seed))
        theory = LinearTheory(over)
        assert not theory.refutes(where), (seed, case)
        cases = list(theory.cases(where))
        assert len(cases) <= 8
        for each in cases:
            assert holds(each, Part(where.facts), over)
        found += any(holds(each, where, over) for each in cases)
    assert found > count * 0.85


@pytest.mark.parametrize(("first", "count"), [(0, 25), pytest.param(10_000, 1_500, marks=pytest.mark.slow)])
def test_no_part_of_nested_expressions_in_which_a_case_lies_is_refuted(first: int, count: int) -> None:
    for seed in range(first, first + count):
        over, cases = nested(Random(seed))
        theory = LinearTheory(over)
        for case in cases:
            assert not theory.refutes(part_of(case, over)), (seed, case)


def test_what_two_terms_say_of_the_same_facts_goes_together() -> None:
    over = group(
        [number("a"), number("b")],
        [
            term("#1", "a - b", FeelType.NUMBER, [Decimal(0), Decimal(5)]),
            term("#2", "a > b + 5", FeelType.BOOLEAN),
            term("#3", "b >= a", FeelType.BOOLEAN),
        ],
    )
    theory = LinearTheory(over)
    assert theory.refutes(part(over, t1="5", t2="true"))
    assert theory.refutes(part(over, t1="> 5", t2="false"))
    assert theory.refutes(part(over, t1="(0..5)", t3="true"))
    assert theory.refutes(part(over, t2="true", t3="true"))
    assert not theory.refutes(part(over, t1="> 5", t2="true", t3="false"))
    assert not theory.refutes(part(over, t1="< 0", t2="false", t3="true"))


def test_terms_are_null_just_where_an_operand_is() -> None:
    over = group(
        [number("a", nullable=True), number("b")],
        [
            term("#1", "a - b", FeelType.NUMBER, [Decimal(0)]),
            term("#2", "a = b", FeelType.BOOLEAN),
            term("#3", "a > b", FeelType.BOOLEAN),
        ],
    )
    theory = LinearTheory(over)
    assert theory.refutes(part(over, a="null", t1="0"))
    assert theory.refutes(part(over, a="-", t1="null"))
    assert theory.refutes(part(over, a="null", t2="null"))
    assert theory.refutes(part(over, a="null", t2="true"))
    assert theory.refutes(part(over, t1="null", t3="true"))
    assert not theory.refutes(part(over, a="null", t1="null", t2="false", t3="null"))


def test_null_equals_null() -> None:
    over = group(
        [number("a", nullable=True), number("b", nullable=True)], [term("#1", "a = b", FeelType.BOOLEAN)]
    )
    theory = LinearTheory(over)
    assert theory.refutes(part(over, a="null", b="null", t1="false"))
    assert theory.refutes(part(over, a="null", b="-", t1="true"))
    assert list(theory.cases(part(over, a="null", t1="true"))) == [{"a": None, "b": None}]


@pytest.mark.parametrize(
    ("clause", "cuts"),
    [
        ("(baseline - current) / baseline", ("0.3",)),
        ("(baseline - current) / baseline * 100", ("30",)),
        ("100 - 100 * current / baseline", ("30",)),
    ],
)
def test_a_ratio_with_a_positive_denominator_is_a_difference(clause: str, cuts: Sequence[str]) -> None:
    domain = fact_domain_of(FeelType.NUMBER, None, [Decimal(0)])
    positive = Domain(domain.type, domain.atoms[2:], finite=False, cuts=domain.cuts, slots=(-1, -1, 0))
    over = group(
        [(Fact("baseline", "baseline", FactType.NUMBER), positive), number("current")],
        [
            term("#1", clause, FeelType.NUMBER, map(Decimal, cuts)),
            term("#2", "0.7 * baseline > current", FeelType.BOOLEAN),
        ],
    )
    theory = LinearTheory(over)
    assert theory.refutes(part(over, t1="null"))
    assert theory.refutes(part(over, t1=f"> {cuts[0]}", t2="false"))
    assert theory.refutes(part(over, t1=f"{cuts[0]}", t2="true"))
    assert theory.refutes(part(over, t1=f"< {cuts[0]}", t2="true"))
    for case in theory.cases(part(over, t1=f"> {cuts[0]}", t2="true")):
        assert holds(case, part(over, t1=f"> {cuts[0]}", t2="true"), over)


def test_what_division_rounds_is_not_taken_for_exact() -> None:
    # 1 / 3 * 3 is less than 1 here.
    over = group(
        [number("a"), number("b")],
        [
            term("#1", "a / 3 * 3 - b", FeelType.NUMBER, [Decimal(0)]),
            term("#2", "a / 3 * 3", FeelType.NUMBER, [Decimal(1)]),
            term("#3", "a - b", FeelType.NUMBER, [Decimal(0)]),
        ],
    )
    case = {"a": Decimal(1), "b": Decimal(1)}
    where = part_of(case, over)
    assert where.terms["#2"].text == "< 1"
    assert not LinearTheory(over).refutes(where)


def test_dates_are_days_and_their_differences_durations() -> None:
    week = [DaysTimeDuration(0), DaysTimeDuration(7 * DAY)]
    over = group(
        [day("start", "2024-02-28"), day("end", "2024-03-01"), day("seen")],
        [
            term("#1", "end - start", FeelType.DAYS_DURATION, [*week, DaysTimeDuration(2 * DAY)]),
            term("#2", 'end >= start + duration("P7D")', FeelType.BOOLEAN),
            term("#3", "(seen - start).days", FeelType.NUMBER, [Decimal(7)]),
            term("#4", "seen in [start..end]", FeelType.BOOLEAN),
        ],
    )
    theory = LinearTheory(over)
    leap = part(over, start='@"2024-02-28"', end='@"2024-03-01"')
    assert not theory.refutes(Part(leap.facts, part(over, t1='@"P2D"').terms))
    assert theory.refutes(Part(leap.facts, part(over, t1='@"PT0S"').terms))
    assert theory.refutes(part(over, t1='(@"P2D"..@"P7D")', t2="true"))
    assert theory.refutes(part(over, t1='(@"P2D"..@"P7D")', t3="7", t4="true"))
    assert not theory.refutes(part(over, t1='> @"P7D"', t3="7", t4="true"))


def test_whole_months_and_days_bound_each_other() -> None:
    age = "years and months duration(birth, seen)"
    days = [DaysTimeDuration(count * DAY) for count in (6_573, 6_576)]
    over = group(
        [day("birth", "2000-02-29"), day("seen", "2018-02-28")],
        [
            term("#1", age, FeelType.YEARS_DURATION, [YearsMonthsDuration(216)]),
            term("#2", f"{age}.years", FeelType.NUMBER, [Decimal(18)]),
            term("#3", 'seen < birth + duration("P18Y")', FeelType.BOOLEAN),
            term("#4", "seen - birth", FeelType.DAYS_DURATION, days),
            term("#5", "seen.year - birth.year", FeelType.NUMBER, [Decimal(17), Decimal(18)]),
        ],
    )
    theory = LinearTheory(over)
    case = {"birth": DateValue(730_179), "seen": DateValue(736_753)}
    assert str(case["birth"]) == "2000-02-29"
    assert str(case["seen"]) == "2018-02-28"
    where = part_of(case, over)
    assert [atom.text for atom in where.terms.values()] == [
        '< @"P18Y"',
        "< 18",
        "false",
        '(@"P6573D"..@"P6576D")',
        "18",
    ]
    assert not theory.refutes(where)
    assert theory.refutes(part(over, t1='< @"P18Y"', t2="18"))
    assert theory.refutes(part(over, t1='> @"P18Y"', t4='< @"P6573D"'))
    assert theory.refutes(part(over, t3="true", t4='> @"P6576D"'))
    assert theory.refutes(part(over, t1='> @"P18Y"', t5="< 17"))


def test_cases_are_few_and_short_and_lie_in_the_part() -> None:
    over = group(
        [number("weight", ["0", "500"]), whole("cycles", (0, 12)), day("start"), day("end", nullable=True)],
        [
            term("#1", "weight - cycles", FeelType.NUMBER, [Decimal(2), Decimal("2.5")]),
            term("#2", "end - start", FeelType.DAYS_DURATION, [DaysTimeDuration(30 * DAY)]),
        ],
    )
    theory = LinearTheory(over)
    where = part(over, weight="(0..500)", cycles="(0..12)", t1="(2..2.5)", t2='> @"P30D"')
    found = list(theory.cases(where))
    assert 2 <= len(found) <= 8
    assert all(holds(case, where, over) for case in found)
    assert max(len(str(case["weight"])) for case in found) <= 5
    assert all(1900 < case["start"].year_month_day[0] < 2100 for case in found[:1])  # type: ignore[attr-defined]
    assert list(theory.cases(part(over, cycles="0", weight="500", t1="2"))) == []


def test_dates_end_with_their_calendar() -> None:
    longest = DaysTimeDuration(3_652_058 * DAY)
    over = group([day("start"), day("end")], [term("#1", "end - start", FeelType.DAYS_DURATION, [longest])])
    theory = LinearTheory(over)
    (case,) = theory.cases(part(over, t1='@"P3652058D"'))
    assert case["start"] == FIRST_DATE
    assert theory.refutes(part(over, t1='> @"P3652058D"'))


def test_more_alternatives_than_can_be_followed_say_nothing() -> None:
    names = "abcdefgh"
    over = group(
        [number(name) for name in names],
        [term(f"#{place}", f"{a} != {b}", FeelType.BOOLEAN) for place, (a, b) in enumerate(pairwise(names))],
    )
    theory = LinearTheory(over)
    every = Part({}, {each.name: each.domain.atoms[1] for each in over.terms})
    assert not theory.refutes(every)
    assert any(holds(case, every, over) for case in theory.cases(every))


def test_what_is_no_sum_refutes_nothing() -> None:
    over = group([number("a"), number("b")], [term("#1", "modulo(a, b) > sqrt(a)", FeelType.BOOLEAN)])
    theory = LinearTheory(over)
    assert not any(map(theory.refutes, all_parts(over)))


def test_constants_of_many_digits_are_no_bounds_of_their_own() -> None:
    over = group(
        [whole("m", (3, 5)), number("b", ["1E-6000", "1E+50"])],
        [
            term("#1", "0.5 / (m - 0.3) <= 4 / (0.3 - 2)", FeelType.BOOLEAN),
            term("#2", "m / b", FeelType.NUMBER, [Decimal(1)]),
        ],
    )
    theory = LinearTheory(over)
    for case in ({"m": Decimal(3), "b": Decimal(1)}, {"m": Decimal(-9), "b": Decimal("1E+60")}):
        assert not theory.refutes(part_of(case, over))
    assert theory.refutes(part(over, m="> 5", t1="true"))
