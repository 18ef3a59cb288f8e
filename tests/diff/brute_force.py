"""Two policies compared case by case, with nothing but the naive oracle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from attrs import frozen

from dmn_dli.diff.answers import LIST_DECISIONS, Aspect
from dmn_dli.diff.behaviour import Difference
from dmn_dli.feel import Vocabulary, compile_unary_tests, parse_unary_tests, syntax
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.linked import LinkedPolicy
from tests.properties.oracle import Case, Oracle, items, literals, values_of
from tests.properties.representatives import OTHER

ERROR = "error"
_BOOLEANS = {"true": True, "false": False, "null": None}


@frozen
class Both:
    """A case with both policies' answers: for each aspect what its record would say."""

    case: Case
    old: Mapping[Aspect, Any]
    new: Mapping[Aspect, Any]


class TwoPolicies:
    """All cases of two policies with one dictionary; every class of values has one of them at least."""

    def __init__(self, old: LinkedPolicy, new: LinkedPolicy) -> None:
        self.oracles = (Oracle(old), Oracle(new))
        self.facts = old.dictionary.by_name
        self.names = sorted({name for oracle in self.oracles for name in oracle.names})
        points = literals(old) | literals(new)
        self.domains = {name: values_of(self.facts[name], points) for name in self.names}

    def size(self) -> int:
        """How many cases there are."""
        number = 1
        for values in self.domains.values():
            number *= len(values)
        return number

    def cases(self) -> Iterator[Case]:
        """Every case."""
        for values in product(*self.domains.values()):
            yield dict(zip(self.names, values, strict=True))

    def both(self, case: Case) -> Both:
        """What both policies answer."""
        old, new = (_answers(oracle, case) for oracle in self.oracles)
        return Both(case, old, new)

    def inside(self, difference: Difference, case: Mapping[str, Any]) -> bool:
        """Whether a case lies in the region that the words describe."""
        named = {fact.label: fact for fact in self.facts.values()}
        return all(_accepts(named[label], text, case[named[label].name]) for label, text in difference.words)


def _answers(oracle: Oracle, case: Case) -> dict[Aspect, Any]:
    answers = oracle.decide(case)
    last = answers[oracle.final.name]
    determination = oracle.determination(last)
    if determination is None or any(each.trouble for each in answers.values()):
        return dict.fromkeys(Aspect, ERROR)
    found: dict[Aspect, Any] = {Aspect.DETERMINATION: determination, Aspect.WORDING: oracle.texts(last)}
    for aspect, name in LIST_DECISIONS.items():
        table = oracle.policy.by_name.get(name)
        found[aspect] = items(answers[name].value, table.outputs[0].name) if table else []
    return found


def _accepts(fact: Fact, text: str, value: Any) -> bool:
    """Whether a unary test as a clinician would write it accepts a value."""
    if fact.type is FactType.BOOLEAN:
        listed = [_BOOLEANS[item] for item in text.removeprefix("not(").removesuffix(")").split(", ")]
        return (value in listed) is not text.startswith("not(")
    words: dict[str, str | bool] = {}
    if fact.allowed is not None and fact.type is FactType.STRING:
        words = {part.strip().strip('"'): part.strip().strip('"') for part in fact.allowed.text.split(",")}
    tree = parse_unary_tests(text, Vocabulary(words=words, bare_dates=True)).tree
    assert isinstance(tree, syntax.UnaryTests)
    return compile_unary_tests(tree)(value, {}) is True


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
    return _same(old, difference.old) and _same(new, difference.new)


def differs(aspect: Aspect, both: Both) -> bool:
    """Whether a case's answers differ in an aspect, as the comparison counts it."""
    old, new = both.old[aspect], both.new[aspect]
    if aspect is Aspect.DETERMINATION:
        return not _same(old, new)
    if ERROR in (both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION]):
        return False
    if aspect is Aspect.WORDING:
        return old != new and _same(both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION])
    return {repr(item) for item in old} != {repr(item) for item in new}


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


def _same(left: Any, right: Any) -> bool:
    return (type(left), left) == (type(right), right) or repr(left) == repr(right)
