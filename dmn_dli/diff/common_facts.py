"""The facts of two policies as one set of variables: the cases that both dictionaries admit."""

from __future__ import annotations

from attrs import evolve, frozen

from dmn_dli.feel import compile_unary_tests
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.domain import Domain, fact_domain_of
from dmn_dli.tables.linked import AllowedValues, LinkedPolicy
from dmn_dli.theories.lowering import fact_constants, fact_domains, fact_marks


class IncomparableFactsError(Exception):
    """A fact that has no value which both dictionaries admit; the message is for people."""


@frozen
class CommonFacts:
    """The facts that either policy reads, in the order of their variables, which count from 1.

    domains: the values that both dictionaries admit, cut at the constants of both policies.
    """

    facts: tuple[Fact, ...]
    domains: dict[str, Domain]


def common_facts(old: LinkedPolicy, new: LinkedPolicy) -> CommonFacts:
    """The facts of two policies together. Raises IncomparableFactsError."""
    names = dict.fromkeys([*fact_domains(old), *fact_domains(new)])
    facts = [new.dictionary.by_name.get(name) or old.dictionary.by_name[name] for name in names]
    return CommonFacts(tuple(facts), {name: _domain(name, old, new) for name in names})


def with_facts(policy: LinkedPolicy, common: CommonFacts) -> LinkedPolicy:
    """The policy with the facts that the other one alone has in its dictionary too."""
    dictionary = policy.dictionary
    further = tuple(fact for fact in common.facts if fact.name not in dictionary.by_name)
    return evolve(policy, dictionary=evolve(dictionary, facts=(*dictionary.facts, *further)))


def _domain(name: str, old: LinkedPolicy, new: LinkedPolicy) -> Domain:
    defining = [policy for policy in (old, new) if name in policy.dictionary.by_name]
    first, last = [policy.dictionary.by_name[name] for policy in (defining[0], defining[-1])]
    allowed, further = [policy.allowed.get(name) for policy in (defining[0], defining[-1])]
    if FEEL_TYPES[first.type] is not FEEL_TYPES[last.type]:
        raise IncomparableFactsError(
            f'the fact "{first.label}" has the type {first.type.value} on one side '
            f"and {last.type.value} on the other"
        )
    constants = set(fact_constants(name, old) | fact_constants(name, new))
    for values in (allowed, further):
        constants |= test_constants(values.tests) if values is not None else frozenset()
    try:
        domain = fact_domain_of(
            FEEL_TYPES[first.type],
            allowed,
            constants,
            integer=FactType.INTEGER in (first.type, last.type),
            nullable=first.nullable and last.nullable,
            marks=fact_marks(name, old) | fact_marks(name, new),
            named=not (old.of_model or new.of_model),
        )
    except NotAnalysable:
        raise IncomparableFactsError(
            f'what both sides ask of the fact "{first.label}" parts its texts into too many classes'
        ) from None
    domain = domain if further is None else _restricted(domain, further, nullable=last.nullable)
    if not domain.atoms:
        raise IncomparableFactsError(f'no value of the fact "{first.label}" is allowed on both sides')
    return domain


def _restricted(domain: Domain, allowed: AllowedValues, *, nullable: bool) -> Domain:
    """The part of a domain that further allowed values admit; it is cut at their constants already."""
    admits = compile_unary_tests(allowed.tests)
    kept = [
        position
        for position, atom in enumerate(domain.atoms)
        if (nullable and atom.representative is None) or admits(atom.representative, {}) is True
    ]
    atoms = tuple(domain.atoms[position] for position in kept)
    numbers = {position: number for number, position in enumerate(kept)}
    return Domain(
        domain.type,
        atoms,
        finite=all(atom.single and not atom.any_other for atom in atoms),
        cuts=domain.cuts,
        slots=tuple(numbers.get(slot, -1) for slot in domain.slots),
        by_value={
            value: numbers[position] for value, position in domain.by_value.items() if position in numbers
        },
        whole=domain.whole,
        marks=domain.marks,
        named=domain.named,
        classes={answers: numbers[each] for answers, each in domain.classes.items() if each in numbers},
    )
