"""Groups of terms made from FEEL text, and the parts in which cases lie, for tests of theories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from dmn_dli.feel import FeelType, free_names, parse_expression
from dmn_dli.model.facts import Fact
from dmn_dli.tables.domain import Domain, domain_of
from dmn_dli.theories.terms import Group, Part, Term


def term(name: str, text: str, kind: FeelType, constants: Iterable[object] = ()) -> Term:
    """A term as tables would ask it; of a condition without constants."""
    tree = parse_expression(text).tree
    domain = domain_of(kind, None, constants, nullable=True, computed=True)
    return Term(name, tree, domain, tuple(sorted(free_names(tree))))


def group(facts: Iterable[tuple[Fact, Domain]], terms: Iterable[Term]) -> Group:
    """A group of these facts and terms."""
    known = list(facts)
    return Group(
        tuple(terms), {fact.name: fact for fact, _ in known}, {fact.name: domain for fact, domain in known}
    )


def part_of(case: Mapping[str, object], over: Group) -> Part:
    """The part in which a case lies."""
    facts = {name: domain.atoms[domain.locate(case[name])] for name, domain in over.domains.items()}
    return Part(facts, {each.name: each.domain.atoms[each.atom(case)] for each in over.terms})


def all_parts(over: Group) -> Iterator[Part]:
    """Each part that names an atom of every fact and every term."""
    names = [*over.domains, *[each.name for each in over.terms]]
    atoms = [*[each.atoms for each in over.domains.values()], *[each.domain.atoms for each in over.terms]]
    for chosen in product(*atoms):
        named = dict(zip(names, chosen, strict=True))
        yield Part(
            {name: named[name] for name in over.domains}, {each.name: named[each.name] for each in over.terms}
        )


def holds(case: Mapping[str, object], part: Part, over: Group) -> bool:
    """Whether a case lies in a part."""
    found = part_of(case, over)
    facts = all(found.facts[name] == atom for name, atom in part.facts.items())
    return facts and all(found.terms[name] == atom for name, atom in part.terms.items())
