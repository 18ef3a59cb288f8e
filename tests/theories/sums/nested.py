"""Random expressions, nested, over a few facts of all types; and cases of them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from dmn_dli.feel import DateValue, DaysTimeDuration, FeelType, YearsMonthsDuration
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.domain import fact_domain_of
from dmn_dli.theories.terms import Group
from tests.theories.parts import group, term

_FACTS = {
    **dict.fromkeys("abc", FactType.NUMBER),
    **dict.fromkeys("nm", FactType.INTEGER),
    **dict.fromkeys("de", FactType.DATE),
    "flag": FactType.BOOLEAN,
    "stage": FactType.STRING,
}

_NUMBERS = ("0", "1", "2", "-1", "0.5", "3", "7", "0.3", "10", "2.54", "100")
_LENGTHS = ("P0D", "P1D", "P7D", "P30D", "-P2D", "PT36H")
_SPANS = ("P1M", "P1Y", "P18Y", "-P1M")
_ROUNDING = ("floor({})", "ceiling({})", "round half up({}, 1)", "round half down({}, 0)", "decimal({}, 1)",
    "round up({}, 0)", "round down({}, 0)", "floor({}, 1)")  # fmt: skip


def number(chance: Random, depth: int) -> str:
    """An expression that is a number, or null."""
    if depth == 0:
        return chance.choice(("a", "b", "c", "n", "m", "a", "b", *_NUMBERS))
    one, two = (number(chance, depth - chance.randrange(1, depth + 1)) for _ in range(2))
    match chance.randrange(13):
        case 0 | 1 | 2:
            return f"({one} - {two})"
        case 3:
            return f"({one} + {two})"
        case 4 | 5:
            return f"({one} * {two})"
        case 6 | 7:
            return f"({one} / {two})"
        case 8:
            functions = "abs({0})", "-({0})", "min({0}, {1})", "max({0}, {1})", "sum({0}, {1})"
            return chance.choice(functions).format(one, two)
        case 9:
            return chance.choice(_ROUNDING).format(one)
        case 10:
            return f"(if {condition(chance, depth - 1)} then {one} else {two})"
        case 11:
            span = f"years and months duration({date(chance, 0)}, {date(chance, 0)})"
            parts = f"({days(chance, depth - 1)}).days", f"{span}.years", f"{date(chance, 0)}.year"
            return chance.choice(parts)
        case _:
            return f'({days(chance, depth - 1)} / duration("{chance.choice(("P1D", "P7D"))}"))'


def date(chance: Random, depth: int) -> str:
    """An expression that is a date, or null."""
    if depth == 0:
        return chance.choice(("d", "e", 'date("2024-02-29")'))
    return f"({date(chance, depth - 1)} {chance.choice('+-')} {length(chance)})"


def length(chance: Random) -> str:
    """A duration."""
    return f'duration("{chance.choice((*_LENGTHS, *_SPANS))}")'


def days(chance: Random, depth: int) -> str:
    """An expression that is a duration of days, or null."""
    if depth > 0 and chance.random() < 0.3:
        shorter = f'(duration("P7D") - {days(chance, depth - 1)})'
        return chance.choice(('(n * duration("P1D"))', shorter, "abs(d - e)"))
    return f"({date(chance, chance.randrange(2))} - {date(chance, chance.randrange(2))})"


def condition(chance: Random, depth: int) -> str:
    """An expression that is true, false or null."""
    if depth > 0 and chance.random() < 0.5:
        one, two = condition(chance, depth - 1), condition(chance, depth - 1)
        return chance.choice((f"({one} and {two})", f"({one} or {two})", f"not({one})"))
    lower = max(depth - 1, 0)
    one, two = number(chance, lower), number(chance, lower)
    sign = chance.choice(("<", "<=", ">", ">=", "=", "!="))
    match chance.randrange(8):
        case 0:
            return chance.choice(("flag", 'stage = "x"', 'stage != "y"', "flag = true", "stage = null"))
        case 1:
            return f"({date(chance, 1)} {sign} {date(chance, 0)})"
        case 2:
            return f'({days(chance, lower)} {sign} duration("{chance.choice(_LENGTHS)}"))'
        case 3:
            return f"({one} in {chance.choice('[(')}{two}..{number(chance, 0)}{chance.choice('])')})"
        case 4:
            return f"({one} between {two} and {number(chance, 0)})"
        case 5:
            return f"({one} in ({sign if sign not in ('=', '!=') else '>'} {two}, {number(chance, 0)}))"
        case _:
            return f"({one} {sign} {two})"


def nested(chance: Random) -> tuple[Group, list[dict[str, object]]]:
    """A group of one to three nested terms, and some cases."""
    terms = []
    for place in range(1, chance.choice((2, 3, 4))):
        depth = chance.choice((1, 2, 2, 3))
        name = f"#{place}"
        match chance.randrange(5):
            case 0 | 1:
                terms.append(term(name, condition(chance, depth), FeelType.BOOLEAN))
            case 2 | 3:
                cuts = {Decimal(chance.choice(_NUMBERS)) for _ in range(chance.randrange(1, 4))}
                terms.append(term(name, number(chance, depth), FeelType.NUMBER, cuts))
            case _ if chance.random() < 0.5:
                cuts_of_days = [DaysTimeDuration(DAY * chance.choice((0, 1, 7, 30))) for _ in range(2)]
                terms.append(term(name, days(chance, 1), FeelType.DAYS_DURATION, cuts_of_days))
            case _:
                months = [YearsMonthsDuration(chance.choice((0, 1, 12, 216, -12))) for _ in range(2)]
                text = f"years and months duration({date(chance, 1)}, {date(chance, 1)})"
                terms.append(term(name, text, FeelType.YEARS_DURATION, months))
    facts = []
    for name, type_ in _FACTS.items():
        nullable = chance.random() < 0.3
        constants: list[object] = []
        if type_ in (FactType.NUMBER, FactType.INTEGER):
            constants = [Decimal(each) for each in chance.sample(_NUMBERS, k=chance.randrange(3))]
        elif type_ is FactType.DATE:
            constants = [DateValue(738_945 + chance.randrange(-40, 40)) for _ in range(chance.randrange(2))]
        elif type_ is FactType.STRING:
            constants = ["x", "y"]
        domain = fact_domain_of(
            FEEL_TYPES[type_], None, constants, integer=type_ is FactType.INTEGER, nullable=nullable
        )
        facts.append((Fact(name, name, type_, nullable=nullable), domain))
    over = group(facts, terms)
    return over, [{name: _value(chance, name, over) for name in _FACTS} for _ in range(25)]


def _value(chance: Random, name: str, over: Group) -> object:
    if over.domains[name].null >= 0 and chance.random() < 0.2:
        return None
    match _FACTS[name]:
        case FactType.BOOLEAN:
            return chance.random() < 0.5
        case FactType.STRING:
            return chance.choice(("x", "y", "z"))
        case FactType.DATE:
            apart = chance.choice((0, 0, 0, 1, -1, 31, 366, -6_575, chance.randrange(-9_000, 9_000)))
            return DateValue(738_945 + apart)
        case FactType.INTEGER:
            return Decimal(chance.choice((0, 1, 2, 3, 7, -1, 10, chance.randrange(-50, 150))))
    exact = Decimal(chance.choice(_NUMBERS))
    return chance.choice((exact, exact, Decimal(chance.randrange(-999, 9_999)).scaleb(-chance.randrange(3))))
