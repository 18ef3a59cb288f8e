"""Random groups of terms over few facts, and cases of them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from dmn_dli.feel import DateValue, FeelType, compile_expression, parse_expression
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.temporal_values import DAY, DaysTimeDuration, YearsMonthsDuration
from dmn_dli.feel.walk import free_names
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.domain import Domain, domain_of, fact_domain_of
from dmn_dli.theories.terms import Group, Part, Term

_RANGES = {
    FactType.NUMBER: ("", "", "[0..100]", "(0..250]", "[1..500)", "[-50..50]", "[0.5..2.5]"),
    FactType.INTEGER: ("", "[0..120]", "[1..12]", "[0..1000000]"),
    FactType.DATE: ("", "", '[date("2000-01-01")..date("2030-12-31")]'),
}

_NUMBER_TERMS = (
    *("a - b", "a + b", "a - b - c", "a + b - c", "2 * a - b", "a * b", "a / b", "a / (b * b)", "a / b ** 2"),
    *("abs(a - b)", "floor(a - b)", "floor(a / b)", "max(a, b) - c", "(a - b) / b", "(a - b) / b * 100"),
    *("n - a", "n * 12 - a", "if a > b then a else c", "if a > 10 then a - b else a + b", "100 * a / b"),
    *("round half up(a / b, 1)", "n - m", "n / m", "a * 0.0254 / b", "modulo(n, 7) + m", "a * b * c"),
)
_CONDITIONS = (
    "a > b",
    "a >= b",
    "a = b",
    "n < m",
    "d < e",
    "d <= e",
    "d = e",
    "a in [b..c]",
    "a > b and b > c",
)
_DAYS = ("d - e", "e - f", "d - f")
_MONTHS = ("years and months duration(d, e)", "years and months duration(e, f)")
_MIXED = ('(d - e) / @"P1D"', "years and months duration(d, e).years", "d.year - e.year")

_FACTS = {
    "a": FactType.NUMBER,
    "b": FactType.NUMBER,
    "c": FactType.NUMBER,
    "n": FactType.INTEGER,
    "m": FactType.INTEGER,
    "d": FactType.DATE,
    "e": FactType.DATE,
    "f": FactType.DATE,
}
_TYPES = (
    (_NUMBER_TERMS, FeelType.NUMBER),
    (_NUMBER_TERMS, FeelType.NUMBER),
    (_CONDITIONS, FeelType.BOOLEAN),
    (_DAYS, FeelType.DAYS_DURATION),
    (_MONTHS, FeelType.YEARS_DURATION),
    (_MIXED, FeelType.NUMBER),
)


def group_of(chance: Random) -> tuple[Group, Part, dict[str, object]]:
    """One to three terms and the facts that they read, a part of their cases, and a case that lies in it."""
    chosen = [chance.choice(_TYPES) for _ in range(chance.choice((1, 1, 2, 3)))]
    asked = [(parse_expression(chance.choice(texts)).tree, type_) for texts, type_ in chosen]
    names = sorted({name for tree, _ in asked for name in free_names(tree)})
    facts = {name: Fact(name, name, _FACTS[name]) for name in names}
    case = {}
    domains = {}
    for name in names:
        case[name], domains[name] = _fact(chance, name)
    terms = tuple(
        _term(chance, f"#{number}", tree, type_, case) for number, (tree, type_) in enumerate(asked, 1)
    )
    atoms = {name: domain.atoms[domain.locate(case[name])] for name, domain in domains.items()}
    named = {name: atom for name, atom in atoms.items() if chance.random() < 0.8}
    places = {term.name: term.domain.locate(compile_expression(term.tree)(case)) for term in terms}
    part = Part(named, {term.name: term.domain.atoms[places[term.name]] for term in terms})
    return Group(terms, facts, domains), part, case


def _term(chance: Random, name: str, tree: Node, type_: FeelType, case: dict[str, object]) -> Term:
    constants = {_constant(type_, chance) for _ in range(chance.randrange(1, 4))}
    value = compile_expression(tree)(case)
    short = not isinstance(value, Decimal) or len(value.as_tuple().digits) <= 6
    if value is not None and short and chance.random() < 0.3:
        constants.add(value)
    domain = domain_of(type_, None, constants, nullable=True, computed=True)
    return Term(name, tree, domain, tuple(sorted(free_names(tree))))


def _fact(chance: Random, name: str) -> tuple[object, Domain]:
    """A value of a fact, and the domain."""
    fact_type = _FACTS[name]
    type_ = FEEL_TYPES[fact_type]
    text = chance.choice(_RANGES[fact_type])
    domain = fact_domain_of(
        type_,
        parse_allowed(text, type_) if text else None,
        [_constant(type_, chance) for _ in range(chance.randrange(3))],
        integer=fact_type is FactType.INTEGER,
        nullable=chance.random() < 0.2,
    )
    if domain.null >= 0 and chance.random() < 0.2:
        return None, domain
    while True:
        value = _value(fact_type, chance)
        if domain.locate(value) >= 0:
            return value, domain


def _value(type_: FactType, chance: Random) -> object:
    if type_ is FactType.DATE:
        return DateValue(chance.choice((730_000, 735_000)) + chance.randrange(chance.choice((50, 5_000))))
    size = 10 ** chance.randrange(1, 4)
    if type_ is FactType.INTEGER:
        return Decimal(chance.randrange(-1, size))
    return CONTEXT.divide(Decimal(chance.randrange(-size, 10 * size)), Decimal(10 ** chance.randrange(3)))


def _constant(type_: FeelType, chance: Random) -> object:
    match type_:
        case FeelType.DATE:
            return DateValue(730_000 + chance.randrange(9_000))
        case FeelType.DAYS_DURATION:
            return DaysTimeDuration(chance.choice((0, 1, -1, 7, 30, 365, 6_574)) * DAY)
        case FeelType.YEARS_DURATION:
            return YearsMonthsDuration(chance.choice((0, 1, 12, 18, 216, -6)))
        case FeelType.BOOLEAN:
            return True
    return Decimal(chance.choice(("0", "1", "-1", "5", "10", "18.5", "24.9", "25", "30", "50", "100", "0.2")))
