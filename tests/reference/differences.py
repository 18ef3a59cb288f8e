"""Two policies compared case by case: what each answers, and whether they differ. docs/diff.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from attrs import frozen

from dmn_dli.diff.answers import LIST_DECISIONS, Aspect
from dmn_dli.tables.linked import LinkedPolicy
from tests.reference.criteria import STATUSES
from tests.reference.policy import Case, Oracle
from tests.reference.record import items, texts
from tests.reference.values import literals, values_of

ERROR = "error"


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
        points = {value for oracle in self.oracles for value in literals(oracle.criteria.linked)}
        self.domains = {name: values_of(self.facts[name], points) for name in self.names}

    def size(self) -> int:
        """How many cases there are."""
        return prod(map(len, self.domains.values()))

    def cases(self) -> Iterator[Case]:
        """Every case."""
        for values in product(*self.domains.values()):
            yield dict(zip(self.names, values, strict=True))

    def both(self, case: Case) -> Both:
        """What both policies answer."""
        old, new = (answers_of(oracle, case) for oracle in self.oracles)
        return Both(case, old, new)


def answers_of(oracle: Oracle, case: Case) -> dict[Aspect, Any]:
    """What a policy's record of a complete case says; an error in all aspects where it is one."""
    answers = oracle.decide(case)
    if oracle.failed(answers):
        return dict.fromkeys(Aspect, ERROR)
    last = answers[oracle.final.name]
    found: dict[Aspect, Any] = {
        aspect: items(oracle, name, answers) for aspect, name in LIST_DECISIONS.items()
    }
    return found | {
        Aspect.DETERMINATION: oracle.determination(last),
        Aspect.WORDING: texts(oracle, last),
        Aspect.CRITERIA: {name: STATUSES[value] for name, value in oracle.statuses(answers).items()},
    }


def differs(aspect: Aspect, both: Both) -> bool:
    """Whether a case's answers differ in an aspect: texts where determinations are equal, lists as sets."""
    old, new = both.old[aspect], both.new[aspect]
    if aspect is Aspect.DETERMINATION:
        return not same(old, new)
    if ERROR in (both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION]):
        return False
    if aspect is Aspect.CRITERIA:
        return any(old[name] != new[name] for name in old.keys() & new.keys())
    if aspect is Aspect.WORDING:
        return old != new and same(both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION])
    return {repr(item) for item in old} != {repr(item) for item in new}


def same(left: Any, right: Any) -> bool:
    """Whether two answers are one: true is not 1."""
    return (type(left), left) == (type(right), right) or repr(left) == repr(right)
