"""Facts, expressions over them, and cases, for the properties of theories of ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st

from dmn_dli.feel import FeelType, compile_unary_tests, parse_expression, parse_unary_tests, syntax
from dmn_dli.feel.python_dates import from_date
from dmn_dli.feel.syntax import Node
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Atom, Domain, domain_of
from dmn_dli.tables.linked import AllowedValues

NUMBERS = ("x", "y", "z")
TYPES = {
    "x": FactType.NUMBER,
    "y": FactType.NUMBER,
    "z": FactType.INTEGER,
    "d": FactType.DATE,
    "e": FactType.DATE,
    "b": FactType.BOOLEAN,
    "s": FactType.STRING,
}
FACTS = {name: Fact(name, name, type_, nullable=True) for name, type_ in TYPES.items()}
FEEL = {
    FactType.NUMBER: FeelType.NUMBER,
    FactType.INTEGER: FeelType.NUMBER,
    FactType.DATE: FeelType.DATE,
    FactType.BOOLEAN: FeelType.BOOLEAN,
    FactType.STRING: FeelType.STRING,
}

CUTS = st.sampled_from([Decimal(text) for text in ("-10", "-1", "0", "0.5", "1", "2", "2.5", "10", "100")])
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(from_date)
POINTS: Mapping[FactType, st.SearchStrategy[object]] = {
    FactType.NUMBER: CUTS,
    FactType.INTEGER: CUTS,
    FactType.DATE: DAYS,
    FactType.BOOLEAN: st.booleans(),
    FactType.STRING: st.sampled_from(["a", "b"]),
}


def number(value: str) -> Node:
    return syntax.NumberLiteral(Decimal(value))


def call(name: str) -> Callable[..., Node]:
    return lambda *arguments: syntax.Invocation(syntax.Name(name), arguments)


LITERALS = st.sampled_from(["0", "1", "-2", "3", "0.1", "7.5", "100"]).map(number)
_ONE_ARGUMENT = st.sampled_from(["floor", "ceiling", "abs", "sqrt", "exp", "log"])
_TWO_ARGUMENTS = st.sampled_from(["min", "max", "modulo", "sum"])
_ROUNDING = st.sampled_from(["round half up", "round up", "round down", "decimal", "floor"])


def _larger_number(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = st.sampled_from(["+", "-", "*", "/"])
    powers = st.sampled_from(["2", "3", "-1", "0.5"]).map(number)
    scales = st.sampled_from(["0", "1", "-1"]).map(number)
    return st.one_of(
        st.builds(syntax.Arithmetic, operators, inner, inner),
        st.builds(syntax.Arithmetic, operators, inner, inner),
        st.builds(syntax.Arithmetic, st.just("**"), inner, powers),
        st.builds(syntax.Negation, inner),
        st.builds(lambda name, part: call(name)(part), _ONE_ARGUMENT, inner),
        st.builds(lambda name, part, scale: call(name)(part, scale), _ROUNDING, inner, scales),
        st.builds(
            lambda name, a, b: call(name)(a, b),
            st.sampled_from(["min", "max", "modulo", "sum"]),
            inner,
            inner,
        ),
        st.builds(lambda a, b, condition: syntax.If(condition, a, b), inner, inner, conditions(inner)),
    )


def conditions(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    compared = st.builds(syntax.Comparison, operators, inner, inner)
    tests = st.sampled_from(["[1..2.5]", "(0..10)", "< 2", "not(1, 3)", "> 100", "null", "[1, 2]"])
    return st.one_of(
        compared,
        st.builds(syntax.Between, inner, inner, inner),
        st.builds(syntax.Conjunction, compared, compared),
        st.builds(syntax.Disjunction, compared, compared),
        st.builds(call("not"), compared),
        st.builds(lambda value, test: syntax.In(value, allowed(test).tests), inner, tests),
        st.just(syntax.Name("b")),
        st.just(syntax.Comparison("=", syntax.Name("s"), syntax.StringLiteral("a"))),
    )


_DATES = st.sampled_from(["d", "e"]).map(syntax.Name)
_LASTING = st.sampled_from(["P1M", "-P1Y", "P30D", "-P1DT12H", "P18M"]).map(syntax.TemporalLiteral)
_MOVED = st.one_of(_DATES, st.builds(syntax.Arithmetic, st.sampled_from(["+", "-"]), _DATES, _LASTING))
_MONTHS = st.builds(call("years and months duration"), _MOVED, _MOVED)
_APART = st.builds(syntax.Arithmetic, st.just("-"), _MOVED, _MOVED)
OF_DATES = st.one_of(
    _MOVED,
    _MONTHS,
    _APART,
    st.builds(syntax.Path, _MONTHS, st.sampled_from(["years", "months"])),
    st.builds(syntax.Path, _APART, st.sampled_from(["days", "hours"])),
    st.builds(syntax.Path, _MOVED, st.sampled_from(["year", "month", "day", "weekday"])),
    st.builds(syntax.Arithmetic, st.just("/"), _APART, st.just(syntax.TemporalLiteral("P1D"))),
    st.builds(syntax.Arithmetic, st.just("/"), _MONTHS, st.just(number("3"))),
    st.builds(syntax.Comparison, st.sampled_from(["<", "<=", "="]), _MOVED, _MOVED),
)
OF_NUMBERS = st.recursive(
    st.one_of(LITERALS, st.sampled_from(NUMBERS).map(syntax.Name), st.sampled_from(NUMBERS).map(syntax.Name)),
    _larger_number,
    max_leaves=6,
)
TREES = st.one_of(OF_NUMBERS, OF_NUMBERS, conditions(OF_NUMBERS), OF_DATES)


@st.composite
def values_of(draw: st.DrawFn, atom: Atom, type_: FactType) -> object:
    """A value of a fact's atom, its ends likely."""
    if atom.single:
        return draw(st.sampled_from(["c", "ab"])) if atom.any_other else atom.representative
    if type_ is FactType.DATE:
        low = atom.low.day + 1 if atom.low is not None else 1  # type: ignore[attr-defined]
        high = atom.high.day - 1 if atom.high is not None else 3_000_000  # type: ignore[attr-defined]
        day = draw(st.one_of(st.just(low), st.just(high), st.integers(low, high)))
        return type(atom.representative)(day)  # type: ignore[call-arg]
    return draw(_numbers(atom, 0 if type_ is FactType.INTEGER else 15))


def _numbers(atom: Atom, places: int) -> st.SearchStrategy[object]:
    grain = Decimal(1).scaleb(-places)
    low = Decimal(-(10**6)) if atom.low is None else Decimal(str(atom.low))
    high = Decimal(10**6) if atom.high is None else Decimal(str(atom.high))
    first, last = floor(Fraction(low) / Fraction(grain)) + 1, ceil(Fraction(high) / Fraction(grain)) - 1
    counts = st.integers(first, last)
    return st.one_of(st.just(first), st.just(last), counts).map(lambda count: Decimal(count) * grain)


@st.composite
def domains(draw: st.DrawFn, name: str) -> Domain:
    """A fact's domain, cut at a few points."""
    type_ = TYPES[name]
    points = draw(st.lists(POINTS[type_], min_size=0, max_size=3))
    integer = type_ is FactType.INTEGER
    return domain_of(FEEL[type_], None, points, integer=integer, nullable=True)


def tree(text: str) -> Node:
    """An expression of a workbook whose facts are these."""
    return parse_expression(text).tree


def allowed(text: str) -> AllowedValues:
    tests = parse_unary_tests(text).tree
    assert isinstance(tests, syntax.UnaryTests)
    compile_unary_tests(tests)
    return AllowedValues(text, tests, None)
