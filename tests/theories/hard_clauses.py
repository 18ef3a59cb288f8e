"""Splits by clauses that combine what `clauses` has one by one: three facts, picks in picks, lists."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.theories.clauses import plain
from tests.theories.clinical_facts import Drawn, of_type
from tests.theories.splits import Maker, Split, View, values_of, written

# By kind, each with the facts that it takes: {a} {b} {c} numbers, {z} a nullable number, {p} a yes or no,
# {d} {e} {f} dates, {t} a text; others by name.
_TEMPLATES: dict[str, tuple[str, ...]] = {
    "three facts": (
        "{a} + {b} + {c}", "{a} - {b} - {c}", "{a} * 2 + {b} - {c}", "sum({a}, {b}, {c})",
        "max({a}, {b}, {c})", "min({a}, {b}, {c})", "mean({a}, {b}, {c})", "abs({a} - {b}) + {c}",
        "{a} > {b} and {b} > {c}",
        "{a} between {b} and {c}", "{a} in [{b}..{c}]", "{a} - {b} > {c}", "{d} between {e} and {f}",
        "max({a}, {b}) - min({a}, {b})", "{a} < {b} or {a} < {c}",
    ),
    "pick in pick": (
        "if {p} then (if {a} < 5 then {a} else {b}) else {a} - {b}", "(if {p} then 2 else 4) * {a}",
        "if {a} > {b} then {a} - {b} else {b} - {a}", 'if starts with({t}, "E1") then {a} else {b}',
        'if contains({t}, "9") then "x" else "y"', "if {z} = null then {a} else {z} + {a}",
        "if {p} then {a} * 0.5 else if {a} > 10 then 10 else {a}",
        "if {d} < {e} then {e} - {d} else {d} - {e}",
        "(if {p} then {a} else {b}) - {a}", "if {a} < {b} then {a} else {b} - 1",
    ),
    "rounded ratio": (
        "floor({a} / 7)", "modulo({a}, 3)", "floor(weight_kg / height_m)", "ceiling(dose_mg / weight_kg)",
        "round half up(weight_kg / (height_m * height_m), 1)", "decimal(current / baseline, 2)",
        "floor(current / baseline * 100) / 100", "round half up((baseline - current) / baseline * 100, 0)",
        "floor({a} - {b})", "round half up({a} / 3, 1) * 3",
    ),
    "many digits": (
        "{a} * 2.2046226218", "{a} / 3.14159265358979", "{a} * 0.45359237 - {b}", "{a} - {b} * 1.0000001",
        "{a} / 0.0254", "{a} * {a} / 3.7",
    ),
    "null asked": (
        "{z} = null", "{z} != 5", "{z} = {a}", "{z} != {a}", "{z} = null or {z} < {a}",
        "{z} > 3 and {a} > {z}",
        "{z} != null and {z} - {a} > 0", "if {z} != null then {z} else {a}", "{a} > 5 or {z} = null",
        "not({z} > {a})", "{z} in [0..10] or {a} < 3",
    ),
    "texts together": (
        'upper case({t}) = "REFUSED"', '{t} in ("E11", "Z", "J9271")', 'not(starts with({t}, "E1"))',
        'starts with({t}, "E11") or starts with({t}, "C")', "string length({t}) > {a}",
        'some each in ["E11", "C50"] satisfies starts with({t}, each)', 'contains({t}, "9") and {p}',
        'starts with({t}, "E1") and not(contains({t}, "."))', 'substring({t}, 1, 1) = "J" or {a} > 10',
        'string length({t}) = 3', 'starts with({t}, "E11") and string length({t}) > 4', "{t} = null",
    ),
    "dates together": (
        '{d} + duration("P6M") > {e}', '{e} - duration("P18Y") >= {d}', '({d} - {e}) + duration("P7D")',
        "{d} > {e} and {e} > {f}", '{d} in [{e}..{e} + duration("P30D")]', "max({d}, {e})",
        "day of week({d})",
        "{d}.month", '{d} - {e} > duration("P14D") and {d} > date("2024-06-01")', "{d}.year - {e}.year",
        'years and months duration({d}, {e}) + duration("P6M")', "min({d}, {e}) - {d}",
        'if {p} then {d} - {e} else {d} - date("2024-01-01")',
    ),
    "conditions together": (
        "{a} > {b} and {p}", "{a} > {b} or {a} < 5", "{a} * 2 > {b} and {a} < 10", "not({a} > {b})",
        "({a} > {b}) = {p}", "{a} + {b} > 10 and {a} - {b} < 3", "count([{a}, {b}][item > 5])",
        "some each in [{a}, {b}] satisfies each > 10", "every each in [{a}, {b}] satisfies each > 2",
    ),
}  # fmt: skip


def combined(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """A clause that combines several things, in bands of its values."""
    numbers = of_type(facts, "number", "integer")
    dates = of_type(facts, "date")
    slots = {
        "a": numbers, "b": numbers, "c": numbers, "z": of_type(facts, "number", nullable=True),
        "p": of_type(facts, "boolean"), "d": dates, "e": dates, "f": dates, "t": of_type(facts, "string"),
    }  # fmt: skip
    names: dict[str, str] = {}
    for slot, found in slots.items():
        others = [each for each in found if each.name not in names.values()]
        if others:
            names[slot] = chance.choice(others).name
    kind = chance.choice(sorted(_TEMPLATES))
    possible = [
        each
        for each in _TEMPLATES[kind]
        if all(f"{{{slot}}}" not in each or slot in names for slot in slots) and _named(each, facts)
    ]
    if not possible:
        return None
    return plain(kind, chance.choice(possible).format(**names), facts, chance)


def _named(template: str, facts: Sequence[Drawn]) -> bool:
    """Whether the facts that a template has by name are there."""
    wanted = {
        each for each in ("weight_kg", "height_m", "dose_mg", "baseline", "current") if each in template
    }
    return wanted <= {each.name for each in facts}


def mixed_list(chance: Random, facts: Sequence[Drawn]) -> Split | None:
    """Cells that are lists of constants and other facts, and what is none of them."""
    numbers, dates = (
        of_type(facts, "number", "integer", nullable=False),
        of_type(facts, "date", nullable=False),
    )
    pools = [pool for pool in (numbers, dates) if len(pool) > 1]
    if not pools:
        return None
    one, other = chance.sample(chance.choice(pools), k=2)
    constant, second = (written(value) for value in sorted(values_of(one.name, (one,), chance, 2)))
    b = other.name
    tests = chance.choice(
        (
            f"{constant}, {b}", f"< {b}, > {second}", f"[{constant}..{b}], {second}", f"< {constant}, {b}",
            f"[{b}..{second}]", f"({b}..{second}), {constant}", f"<= {b}, [{constant}..{second}]",
        )
    )  # fmt: skip
    return Split("list of tests", (View(one.name, (tests, f"not({tests})")),))


HARD_MAKERS: tuple[Maker, ...] = (combined,) * 5 + (mixed_list,)
