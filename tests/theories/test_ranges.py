"""The theory of ranges refutes no part in which a case lies, and the parts that it must of real clauses."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.feel import FeelType, free_names
from dmn_dli.feel.syntax import Node
from dmn_dli.tables.domain import Atom, Domain, domain_of, enumerated_domain
from dmn_dli.theories.ranges import RangeTheory
from dmn_dli.theories.terms import Group, Part, Term
from tests.theories.intervals.worlds import (
    CUTS,
    FACTS,
    FEEL,
    OF_NUMBERS,
    TYPES,
    allowed,
    conditions,
    domains,
    tree,
    values_of,
)


def _term(name: str, node: Node, constants: list[Decimal] | None) -> Term:
    domain = (
        enumerated_domain(FeelType.BOOLEAN, (False, True), nullable=True, other=False)
        if constants is None
        else domain_of(FeelType.NUMBER, None, constants, nullable=True, computed=True)
    )
    return Term(name, node, domain, tuple(sorted(free_names(node))))


def _group(terms: list[Term], domains: Mapping[str, Domain]) -> Group:
    return Group(tuple(terms), {name: FACTS[name] for name in domains}, domains)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Group, Part, dict[str, object]]:
    """A group, a case, and the part in which it lies, some of it not named."""
    cut = {name: draw(domains(name)) for name in TYPES}
    atoms = {name: draw(st.sampled_from(domain.atoms)) for name, domain in cut.items()}
    case = {name: draw(values_of(atom, TYPES[name])) for name, atom in atoms.items()}
    terms = []
    for place in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            constants = draw(st.lists(CUTS, max_size=2))
            terms.append(_term(f"#{place}", draw(OF_NUMBERS), constants))
        else:
            terms.append(_term(f"#{place}", draw(conditions(OF_NUMBERS)), None))
    named = draw(st.sets(st.sampled_from(sorted(atoms))))
    part = Part(
        {name: atom for name, atom in atoms.items() if name in named},
        {term.name: term.domain.atoms[term.atom(case)] for term in terms},
    )
    return _group(terms, cut), part, case


@given(worlds())
@settings(max_examples=60)
def test_no_part_is_refuted_in_which_a_case_lies(world: tuple[Group, Part, dict[str, object]]) -> None:
    group, part, _ = world
    assert not RangeTheory(group).refutes(part)


@pytest.mark.slow
@given(worlds())
@settings(max_examples=2_000)
def test_no_part_is_refuted_in_which_a_case_lies_at_length(
    world: tuple[Group, Part, dict[str, object]],
) -> None:
    group, part, _ = world
    assert not RangeTheory(group).refutes(part)


def _left(
    facts: dict[str, tuple[str, list[str]]], terms: dict[str, list[str] | None]
) -> tuple[list[str], set[tuple[str, ...]]]:
    """The names, and the parts that are not refuted, each as the texts of its atoms.

    facts: allowed values and cuts; terms: constants, None of a condition.
    """
    cut = {
        name: domain_of(
            FEEL[TYPES[name]], allowed(text), [Decimal(each) for each in cuts], integer=name == "z"
        )
        for name, (text, cuts) in facts.items()
    }
    made = [
        _term(text, tree(text), None if constants is None else [Decimal(each) for each in constants])
        for text, constants in terms.items()
    ]
    theory = RangeTheory(_group(made, cut))
    names = [*cut, *terms]
    choices: list[tuple[Atom, ...]] = [
        *(domain.atoms for domain in cut.values()),
        *(term.domain.atoms for term in made),
    ]
    found = set()
    for atoms in product(*choices):
        chosen = dict(zip(names, atoms, strict=True))
        part = Part(
            {name: atom for name, atom in chosen.items() if name in cut},
            {name: atom for name, atom in chosen.items() if name in terms},
        )
        if not theory.refutes(part):
            found.add(tuple(atom.text for atom in atoms))
    return names, found


def test_bands_of_body_mass_index() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[40..160]", ["74", "100"]), "y": ("[1..2]", [])}
    _, left = _left(facts, {"x / (y * y)": ["18.5", "25", "40"]})
    whole = {atoms for atoms in left if atoms[1] == "(1..2)"}
    assert ("100", "2", "25") in left
    assert ("74", "2", "18.5") in left
    assert {atoms[2] for atoms in left if atoms[:2] == ("74", "2")} == {"18.5"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("(74..100)", "2")} == {"(18.5..25)"}
    assert {atoms[2] for atoms in whole if atoms[0] == "100"} == {"(25..40)", "40", "> 40"}
    assert not any(atoms[2] == "null" for atoms in left)


def test_a_decline_from_baseline_in_percent() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[10..100]", []), "y": ("[0..10]", ["5"])}
    _, left = _left(facts, {"(x - y) / x * 100": ["0", "50", "100"]})
    assert {atoms[2] for atoms in left if atoms[1] == "5"} == {"50", "(50..100)"}
    assert {atoms[2] for atoms in left if atoms[1] == "(5..10)"} == {"(0..50)", "50", "(50..100)"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("10", "(5..10)")} == {"(0..50)"}
    assert {atoms[2] for atoms in left if atoms[1] == "0"} == {"100"}


def test_a_dose_for_each_kilogram() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[0..1000]", ["500"]), "y": ("(2..150]", ["10", "50"])}
    _, left = _left(facts, {"x / y": ["10", "50"]})
    assert {atoms[2] for atoms in left if atoms[:2] == ("500", "(10..50)")} == {"(10..50)"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("500", "50")} == {"10"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("(0..500)", "50")} == {"< 10"}


def test_one_term_leaves_less_of_the_facts_for_the_other() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[0..100]", []), "y": ("[1..10]", [])}
    _, left = _left(facts, {"x / y": ["20"], "x * y": ["20"]})
    # x / y > 20 leaves x above 20, and then the product is above 20.
    assert not any(atoms[2:] in {("> 20", "20"), ("> 20", "< 20")} for atoms in left)


def test_a_numerator_tells_the_sign_of_its_quotient() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[10..100]", []), "y": ("[0..200]", [])}
    _, left = _left(facts, {"x - y": ["0"], "(x - y) / x * 100": ["0"]})
    inside = {atoms[2:] for atoms in left if atoms[:2] == ("(10..100)", "(0..200)")}
    assert inside == {("< 0", "< 0"), ("0", "0"), ("> 0", "> 0")}


def test_a_half_is_a_half_however_it_is_asked() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[10..100]", []), "y": ("[0..200]", [])}
    _, left = _left(facts, {"1 - y / x": ["0.5"], "x - 2 * y": ["0"], "y / x": ["0.5", "0.7"]})
    inside = {atoms[2:] for atoms in left if atoms[:2] == ("(10..100)", "(0..200)")}
    assert inside == {
        ("< 0.5", "< 0", "(0.5..0.7)"), ("< 0.5", "< 0", "0.7"), ("< 0.5", "< 0", "> 0.7"),
        ("0.5", "0", "0.5"), ("> 0.5", "> 0", "< 0.5"),
    }  # fmt: skip


def test_conditions_are_terms_too() -> None:
    facts: dict[str, tuple[str, list[str]]] = {"x": ("[0..10]", ["5"]), "y": ("[0..10]", ["5"])}
    _, left = _left(facts, {"x > y and x < 2": None})
    assert {atoms[2] for atoms in left if atoms[0] == "(5..10)"} == {"false"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("(0..5)", "(5..10)")} == {"false"}
    assert {atoms[2] for atoms in left if atoms[:2] == ("(0..5)", "0")} == {"false", "true"}


def test_facts_that_are_not_named_may_be_anything_that_their_domain_holds() -> None:
    domain = domain_of(FeelType.NUMBER, allowed("[0..10]"), [])
    term = _term("#1", tree("x + 1"), [Decimal(0), Decimal(11)])
    theory = RangeTheory(_group([term], {"x": domain}))
    refuted = [atom.text for atom in term.domain.atoms if theory.refutes(Part({}, {"#1": atom}))]
    assert refuted == ["< 0", "0", "> 11", "null"]


def test_a_term_that_is_too_large_refutes_nothing() -> None:
    domain = domain_of(FeelType.NUMBER, allowed("[0..10]"), [])
    term = _term("#1", tree(" + ".join(["x"] * 150)), [Decimal(0)])
    below = term.domain.atoms[0]
    assert below.text == "< 0"
    assert not RangeTheory(_group([term], {"x": domain})).refutes(Part({}, {"#1": below}))
