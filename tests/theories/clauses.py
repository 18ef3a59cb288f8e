"""Splits by the clauses that clinicians write, one maker for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from dmn_dli.model.facts import FactType
from tests.theories.clinical_facts import Drawn, of_type
from tests.theories.splits import Maker, Split, View, bands, stated, values_of, written

_NEGATED = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_SWAPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}

# Rising and falling functions of one number, then others.
_RISING = (
    "{x} * 12", "{x} * 2 - 1", "{x} + 5", "{x} - 3", "({x} - 32) * 5 / 9", "{x} / 2.54", "{x} * 0.453592",
    "{x} / 12",
)  # fmt: skip
_FALLING = ("10 - {x}", "-{x}", "100 - 2 * {x}")
_OTHERS = (
    "floor({x})", "ceiling({x})", "floor({x} / 12)", "floor({x} * 10) / 10", "round half up({x}, 0)",
    "round half up({x} * 2.2, 1)", "decimal({x}, 0)", "abs({x} - 5)", "abs({x})", "{x} * {x}", "{x} ** 2",
    "max({x}, 10)", "min({x}, 30)", "sqrt(abs({x}))", "{x} * {x} - 4 * {x}", "abs({x} - 5) + abs({x} - 10)",
    "{x} in [0..10]", "{x} > 3 and {x} * 2 < 30", "modulo({x}, 2)", "1 / {x}",
)  # fmt: skip
_OF_DATES = (
    'date("2024-06-01") - {x}', '{x} + duration("P30D")', '{x} - duration("P1Y")', "{x}.year",
    'years and months duration({x}, date("2024-06-01"))',
    'years and months duration({x}, date("2024-06-01")).years', '(date("2024-06-01") - {x}).days',
    '{x} < date("2024-06-01")',
)  # fmt: skip
_PICKS = (
    "if {b} then {n} else {m}", "if {b} then {n} else 10", "if {b} then 10 else {n} * 2",
    "if {n} < 5 then {n} else {m}", "if {n} < 5 then 5 else {n}", 'if {k} = "{v}" then {n} else 7',
    "if {z} = null then 0 else {z}", "if {n} < 2 then 1 else if {n} < 10 then 2 else 3",
    "if {b} then {d} else {e}", "if {b} then 14 else 30", "if {n} > {m} then {n} else {m}",
)  # fmt: skip
_TWO = (
    "{a} - {b}",
    "{a} + {b}",
    "abs({a} - {b})",
    "{a} - {b} + 5",
    "{a} - 2 * {b}",
    "max({a}, {b})",
    "min({a}, {b})",
)
_RATIOS = (
    ("weight_kg / (height_m * height_m)", ("weight_kg", "height_m")),
    ("weight_kg / height_m ** 2", ("weight_kg", "height_m")),
    ("(baseline - current) / baseline * 100", ("baseline", "current")),
    ("100 * current / baseline", ("baseline", "current")),
    ("current / baseline", ("baseline", "current")),
    ("dose_mg / weight_kg", ("dose_mg", "weight_kg")),
    ("weight_kg * cycles", ("cycles", "weight_kg")),
    ("dose_mg * cycles / weight_kg", ("cycles", "dose_mg", "weight_kg")),
    ("(140 - age) * weight_kg / 72", ("age", "weight_kg")),
    ("sqrt(height_m * weight_kg / 36)", ("height_m", "weight_kg")),
)  # fmt: skip
_TEXTS = (
    'starts with({t}, "{p}")', 'contains({t}, "{p}")', "string length({t})", 'ends with({t}, "{p}")',
    'substring({t}, 1, 3)', 'starts with({t}, "{p}") or {t} = "Z"', 'matches({t}, "^{p}")',
)  # fmt: skip
_PARTS = ("E11", "J9", "E1", "C50", "refused", "9", ".")


def _numbers(facts: Sequence[Drawn], *, nullable: bool | None = None) -> list[Drawn]:
    return of_type(facts, "number", "integer", nullable=nullable)


def plain(kind: str, clause: str, facts: Sequence[Drawn], chance: Random) -> Split | None:
    """The clause alone, in bands of its values."""
    values = values_of(clause, facts, chance)
    cells = bands(values, chance)
    return (
        None
        if cells is None
        else Split(kind, (View(clause, cells, None if kind == "plain" else stated(values)),))
    )


def fact_alone(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A fact compared with constants."""
    fact = chance.choice(facts)
    return plain("plain", fact.name, facts, chance)


def one_fact(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A function of one number or date; where it rises or falls, the fact itself parts all cases alike."""
    found = of_type(facts, "number", "integer", "date")
    if not found:
        return None
    fact = chance.choice(found)
    if fact.fact.type is FactType.DATE:
        return plain("one fact", chance.choice(_OF_DATES).format(x=fact.name), facts, chance)
    template = chance.choice((*_RISING, *_FALLING, *_OTHERS))
    clause = template.format(x=fact.name)
    if template in _OTHERS or fact.fact.nullable or chance.random() < 0.4:
        return plain("one fact", clause, facts, chance)
    at = _short(fact.draw(chance))
    at = at if fact.fact.type is not FactType.INTEGER else at.to_integral_value()
    (value,) = values_of(template.format(x=f"({at})"), (), chance, 1)
    if len(str(value)) > 8:
        return plain("one fact", clause, facts, chance)
    operator = chance.choice(tuple(_NEGATED))
    bare = operator if template in _RISING else _SWAPPED[operator]
    return Split(
        "one fact",
        (_halves(clause, operator, written(value)), _halves(fact.name, bare, written(at))),
    )


def _short(value: Decimal) -> Decimal:
    return Decimal(f"{value:.3g}") + 0


def _halves(clause: str, operator: str, bound: str) -> View:
    return View(clause, (f"{operator} {bound}", f"{_NEGATED[operator]} {bound}"))


def pick(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A clause that picks between two."""
    numbers, dates = _numbers(facts, nullable=False), of_type(facts, "date")
    slots: Mapping[str, Sequence[Drawn]] = {
        "b": of_type(facts, "boolean"), "n": numbers, "m": numbers, "d": dates, "e": dates,
        "z": _numbers(facts, nullable=True), "k": of_type(facts, "string"),
    }  # fmt: skip
    names: dict[str, str] = {}
    for slot, found in slots.items():
        if found:
            fact = chance.choice(found)
            names[slot] = fact.name
            if slot == "k":
                names["v"] = chance.choice(fact.texts)
    possible = [each for each in _PICKS if all(f"{{{slot}}}" not in each or slot in names for slot in slots)]
    return plain("pick", chance.choice(possible).format(**names), facts, chance) if possible else None


def _pair(chance: Random, facts: Sequence[Drawn]) -> tuple[Drawn, Drawn] | None:
    pools = [pool for pool in (_numbers(facts), of_type(facts, "date")) if len(pool) > 1]
    if not pools:
        return None
    one, other = chance.sample(chance.choice(pools), k=2)
    return one, other


def difference(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A sum or difference of two numbers."""
    found = _numbers(facts)
    if len(found) < 2:
        return None
    one, other = chance.sample(found, k=2)
    return plain("two facts", chance.choice(_TWO).format(a=one.name, b=other.name), facts, chance)


def order(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """Which of two facts is greater, asked as a clause, in a cell, or of their difference."""
    pair = _pair(chance, facts)
    if pair is None:
        return None
    (one, other), operator = pair, chance.choice(tuple(_NEGATED))
    a, b = one.name, other.name
    nullable = one.fact.nullable or other.fact.nullable
    dates = one.fact.type is FactType.DATE
    zero = '@"P0D"' if dates else "0"
    last = ", null" if nullable else ""
    views = [
        View(f"{a} {operator} {b}", ("true", f"false{last}")),
        View(f"{a} - {b}", (f"{operator} {zero}", f"{_NEGATED[operator]} {zero}{last}")),
        View(f"{b} {_SWAPPED[operator]} {a}", ("true", "not(true)")),
    ]
    if not other.fact.nullable:
        last = ", null" if one.fact.nullable else ""
        views.append(View(a, (f"{operator} {b}", f"{_NEGATED[operator]} {b}{last}")))
        views.append(View(a, (f"? {operator} {b}", f"not(? {operator} {b}){last}")))
    chance.shuffle(views)
    kept, clauses = [], set[str]()
    for view in views[: chance.choice((1, 1, 2, 3))]:
        if view.clause not in clauses:
            kept.append(view)
            clauses.add(view.clause)
    return Split("order", tuple(kept))


def between_facts(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A cell that bounds one fact by others."""
    pair = _pair(chance, facts)
    if pair is None or pair[1].fact.nullable:
        return None
    one, other = pair
    (value,) = values_of(one.name, (one,), chance, 1)
    if value is None:
        return None
    constant, b = written(value), other.name
    dates = one.fact.type is FactType.DATE
    step = (
        chance.choice(('duration("P30D")', 'duration("P1Y")')) if dates else chance.choice(("3", "0.5", "10"))
    )
    pairs = [
        (f"[{constant}..{b}]", f"not([{constant}..{b}])"),
        (f"<= {b} + {step}", f"> {b} + {step}"),
        (f"< {b} - {step}", f">= {b} - {step}"),
        (f"[{b}..{b} + {step}]", f"< {b}, > {b} + {step}"),
        (b, f"not({b})"),
        (f"< {b}", b, f"> {b}"),
    ]
    cells = [*chance.choice(pairs)]
    if one.fact.nullable and not cells[-1].startswith("not("):
        cells[-1] += ", null"
    return Split("cell over another fact", (View(one.name, tuple(cells)),))


def dates_apart(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """How far two dates lie apart."""
    found = of_type(facts, "date")
    if len(found) < 2:
        return None
    one, other = chance.sample(found, k=2)
    if chance.random() < 0.3 and not (one.fact.nullable or other.fact.nullable):
        days = chance.choice((0, 1, 14, 30, 90, 365))
        gap = f'duration("P{days}D")'
        return Split(
            "dates apart",
            (
                _halves(f"{one.name} - {other.name}", ">=", gap),
                _halves(one.name, ">=", f"{other.name} + {gap}"),
            ),
        )
    clause = chance.choice(("{a} - {b}", "({a} - {b}).days", '({a} - {b}) / duration("P7D")', "{a} - {b}"))
    return plain("dates apart", clause.format(a=one.name, b=other.name), facts, chance)


def months(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """An age at a date."""
    found = of_type(facts, "date")
    if len(found) < 2:
        return None
    one, other = chance.sample(found, k=2)
    clause = f"years and months duration({one.name}, {other.name})"
    return plain("age at a date", clause + chance.choice(("", "", ".years")), facts, chance)


def ratio(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A ratio or product over declared positive ranges."""
    names = {each.name for each in facts}
    possible = [clause for clause, reads in _RATIOS if names.issuperset(reads)]
    return plain("ratio", chance.choice(possible), facts, chance) if possible else None


def text(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A function of a text, in the clause, in the cells, or both."""
    found = of_type(facts, "string")
    if not found:
        return None
    fact, part = chance.choice(found), chance.choice(_PARTS)
    clause = chance.choice(_TEXTS).format(t=fact.name, p=part)
    if chance.random() < 0.5:
        return plain("text", clause, facts, chance)
    test = chance.choice(('starts with(?, "{p}")', 'contains(?, "{p}")', "string length(?) > 4")).format(
        p=part
    )
    last = ", null" if fact.fact.nullable else ""
    views = [
        View(fact.name, (test, f"not({test}){last}")),
        View(test.replace("?", fact.name), ("true", f"false{last}")),
    ]
    return Split("text", tuple(chance.sample(views, k=chance.choice((1, 2)))))


def over_input(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """Cells that are conditions over `?`."""
    found = _numbers(facts)
    if not found:
        return None
    fact = chance.choice(found)
    other = chance.choice(found).name
    (value,) = values_of(fact.name, (fact,), chance, 1)
    constant = "4" if value is None else written(value)
    pairs = [
        (f"abs(? - {constant}) <= 3", f"abs(? - {constant}) > 3"),
        (f"? * 2 < {constant}", f"? * 2 >= {constant}"),
        ("floor(?) = 3", "floor(?) != 3"),
        (f"? / 2.54 > {constant}", f"? / 2.54 <= {constant}"),
        (f"? > 0 and ? < {constant}", f"? <= 0 or ? >= {constant}"),
        ("? * ? < 100", "not(? * ? < 100)"),
        (f"? - {other} > {constant}", f"? - {other} <= {constant}"),
        (f"? + 1 in [0..{constant}]", f"not(? + 1 in [0..{constant}])"),
    ]
    cells = [*chance.choice(pairs)]
    if fact.fact.nullable:
        cells[-1] = f"{cells[-1]}, null"
    return Split("cell over ?", (View(fact.name, tuple(cells)),))


MAKERS: tuple[Maker, ...] = (
    one_fact, one_fact, one_fact, pick, difference, order, order, between_facts, dates_apart, dates_apart,
    months, months, months, ratio, ratio, text, text, over_input, over_input, fact_alone, fact_alone,
    fact_alone,
)  # fmt: skip
