"""What a difference says, read as a person would: which cases it means, and what comes out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dmn_dli.diff.answers import LIST_DECISIONS, Aspect
from dmn_dli.diff.behaviour import Difference
from dmn_dli.feel import Environment, compile_unary_tests, from_python, parse_unary_tests, syntax
from dmn_dli.model.facts import Fact, FactType
from tests.reference.differences import ERROR, Both, same
from tests.reference.policy import Case
from tests.reference.values import OTHER

_BOOLEANS = {"true": True, "false": False, "null": None}


def inside(facts: Mapping[str, Fact], difference: Difference, case: Mapping[str, Any]) -> bool:
    """Whether a case lies in the region that the words describe."""
    named = {fact.label: fact for fact in facts.values()}
    return all(accepts(named[label], text, case[named[label].name]) for label, text in difference.words)


def accepts(fact: Fact, text: str, value: Any) -> bool:
    """Whether a unary test as a clinician would write it accepts a value."""
    if fact.type is FactType.BOOLEAN:
        listed = [_BOOLEANS[item] for item in text.removeprefix("not(").removesuffix(")").split(", ")]
        return (value in listed) is not text.startswith("not(")
    words: dict[str, str | bool] = {}
    if fact.allowed is not None and fact.type is FactType.STRING:
        words = {part.strip().strip('"'): part.strip().strip('"') for part in fact.allowed.text.split(",")}
    tree = parse_unary_tests(text, Environment.workbook(words=words, bare_dates=True)).tree
    assert isinstance(tree, syntax.UnaryTests)
    return compile_unary_tests(tree)(from_python(value), {}) is True


def fits(difference: Difference, both: Both) -> bool:
    """Whether the answers of a case are those that a difference tells."""
    old, new = both.old[difference.aspect], both.new[difference.aspect]
    if difference.aspect in LIST_DECISIONS:
        item = (difference.old or difference.new)[0]
        sides: Sequence[Sequence[Any]] = (old, new)
        return ERROR not in sides and [item in side for side in sides] == [
            bool(difference.old),
            bool(difference.new),
        ]
    if difference.aspect is Aspect.WORDING:
        names = ("payer wording", "reason", "citation", "refer to", "note")
        changed = {name: (a, b) for name, a, b in zip(names, old, new, strict=True) if a != b}
        told = {name: (text, difference.new[name]) for name, text in difference.old.items()}
        return both.old[Aspect.DETERMINATION] == both.new[Aspect.DETERMINATION] and changed == told
    return same(old, difference.old) and same(new, difference.new)


def as_case(witness: Mapping[str, Any], facts: Mapping[str, Fact], case: Case) -> Case:
    """A case that a witness stands for: its facts, all others taken from another case."""
    found = dict(case)
    for name, value in witness.items():
        kind = facts[name].type
        if value == "any other text":
            found[name] = OTHER
        elif kind is FactType.DATE and isinstance(value, str):
            found[name] = date.fromisoformat(value)
        elif kind in (FactType.NUMBER, FactType.INTEGER) and value is not None:
            found[name] = Decimal(str(value))
        else:
            found[name] = value
    return found
