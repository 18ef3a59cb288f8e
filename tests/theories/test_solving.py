"""Cases that are found lie where they are to lie, and are found nearly wherever there are any."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from dmn_dli.feel import FeelType, compile_expression, parse_expression
from dmn_dli.feel.unparse import unparse
from dmn_dli.feel.walk import free_names
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import domain_of
from dmn_dli.theories.solving import solved
from dmn_dli.theories.terms import Group, Part, Term
from tests.theories.groups import group_of


def _lies_there(group: Group, part: Part, case: dict[str, object]) -> bool:
    facts = all(
        group.domains[name].atoms[group.domains[name].locate(case[name])] == atom
        for name, atom in part.facts.items()
    )
    whole = all(
        fact.type is not FactType.INTEGER or case[name] is None or case[name] == int(str(case[name]))
        for name, fact in group.facts.items()
        if name in case
    )
    asked = [term for term in group.terms if term.name in part.terms]
    terms = all(
        term.domain.atoms[term.domain.locate(compile_expression(term.tree)(case))] == part.terms[term.name]
        for term in asked
    )
    return facts and whole and terms


def _rate(groups: int, first: int = 0) -> float:
    """The share of random parts with a case of which one is found; every one that is found lies there."""
    found = 0
    for seed in range(first, first + groups):
        group, part, _ = group_of(Random(seed))
        case = next(iter(solved(group, part, Random(seed))), None)
        if case is not None:
            assert _lies_there(group, part, dict(case)), [unparse(term.tree) for term in group.terms]
            found += 1
    return found / groups


def test_nearly_every_part_with_a_case_is_solved() -> None:
    assert _rate(150) >= 0.97


@pytest.mark.slow
def test_of_many_parts_with_a_case_ninety_nine_of_a_hundred_are_solved() -> None:
    rate = _rate(5_000, first=10_000)
    print(f"solved: {rate:.2%}")
    assert rate >= 0.99


def test_every_case_of_a_part_is_another_and_the_search_ends() -> None:
    group, part, _ = group_of(Random(3))
    cases = [dict(case) for case in solved(group, part, Random(0))]
    assert cases
    assert len({repr(sorted(case.items())) for case in cases}) == len(cases)
    assert all(_lies_there(group, part, case) for case in cases)


def test_the_same_chance_gives_the_same_cases() -> None:
    group, part, _ = group_of(Random(5))
    first, second = (list(solved(group, part, Random(1))) for _ in range(2))
    assert first == second


def test_where_no_case_lies_nothing_is_found() -> None:
    tree = parse_expression("a - a").tree
    term = Term(
        "#1", tree, domain_of(FeelType.NUMBER, None, {Decimal(0)}, nullable=True), tuple(free_names(tree))
    )
    domain = domain_of(FeelType.NUMBER, None, ())
    group = Group((term,), {"a": Fact("a", "a", FactType.NUMBER)}, {"a": domain})
    below = term.domain.atoms[0]
    assert list(solved(group, Part({}, {"#1": below}), Random(0))) == []
