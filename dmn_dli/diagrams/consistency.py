"""Which atoms of facts and terms go together: what guards every diagram as the assumptions do.

A term such as `weight - lean` is a variable of its own, but no free one: where weight lies in (0..5) and lean
in (5..10) it is below zero, and where two terms read the same facts the one bounds the other. The diagram
here is true of all that no theory refutes. Where a group of terms is too large to be gone through as a whole
it is gone through in pairs, then term by term: less is refuted then, and nothing that can be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod

from dmn_dli.diagrams.cases import everywhere, nowhere
from dmn_dli.diagrams.composition import Composition
from dmn_dli.diagrams.transfer import compiled_diagram, stored_diagram
from dmn_dli.feel import syntax
from dmn_dli.feel.walk import any_node
from dmn_dli.runtime.policy import Diagram
from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.theories.linear import LinearTheory
from dmn_dli.theories.policy_memory import memory_of
from dmn_dli.theories.ranges import RangeTheory
from dmn_dli.theories.terms import Group, Part, Term

IN_ALL = 2
"""How many times the parts of one group those smaller ones may have together in which it is gone through."""


def consistency(composition: Composition, parts: int) -> Iterator[int]:
    """Diagrams that are true where no theory refutes, a group of terms each: cases are in all of them.

    parts: how many parts a group may have before it is gone through in smaller ones. Raises TooLarge; the
    caller grants the store its steps.
    """
    memory: ConsistencyMemory = memory_of(composition.policy).setdefault(
        ConsistencyMemory, ConsistencyMemory()
    )
    for group in groups(composition, composition.lowered.terms):
        for smaller in _affordable(composition, group, parts):
            root = memory.root(composition, smaller)
            if root != everywhere(composition.store):
                yield root


class ConsistencyMemory:
    """The diagrams of groups in which no value of a single case stands, as other cases have them too."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[Hashable, tuple[Diagram, list[bool], tuple[Domain, ...]]] = {}

    def root(self, composition: Composition, group: Group) -> int:
        """A group's diagram, worked out once for the same terms and domains. Raises TooLarge."""
        store, domains = composition.store, group.domains
        if any(name in composition.fixed for name in domains) or any(
            any_node(term.tree, lambda node: isinstance(node, syntax.Known)) for term in group.terms
        ):
            return _Consistent(composition, group).root()
        terms = tuple((term.tree, term.domain.atoms) for term in group.terms)
        key = terms, tuple((name, id(domain)) for name, domain in domains.items())
        numbers = [composition.facts[name].number for name in domains]
        numbers += [composition.terms[term.name] for term in group.terms]
        if key not in self._known:
            found, results = compiled_diagram(store, _Consistent(composition, group).root())
            nodes = tuple((numbers.index(node[0]), *node[1:]) for node in found.nodes)
            # The domains are kept, so that what their identities stand for stays.
            self._known[key] = found._replace(nodes=nodes), results, tuple(domains.values())
        diagram, results, _ = self._known[key]
        return stored_diagram(
            store,
            diagram,
            lambda number: store.terminal(result=results[number]),
            lambda place, children: store.node(numbers[place], children),
        )


def groups(composition: Composition, terms: Sequence[Term]) -> list[Group]:
    """Terms in groups that share no fact."""
    found: list[list[Term]] = []
    for term in terms:
        bound = [each for each in found if any(not set(term.reads).isdisjoint(other.reads) for other in each)]
        found = [each for each in found if each not in bound]
        found.append([*[other for each in bound for other in each], term])
    return [_group(composition, each) for each in found]


def _group(composition: Composition, terms: Sequence[Term]) -> Group:
    names = [name for name in composition.facts if any(name in term.reads for term in terms)]
    facts = {name: composition.facts[name] for name in names}
    return Group(
        tuple(sorted(terms, key=lambda term: composition.terms[term.name])),
        {name: variable.fact for name, variable in facts.items()},
        {name: variable.domain for name, variable in facts.items()},
    )


def _affordable(composition: Composition, group: Group, parts: int) -> Iterator[Group]:
    """The group, or parts of it that are small enough to be gone through; all together not too many."""
    if _parts(group) <= parts:
        yield group
        return
    left = IN_ALL * parts
    bound = [
        pair for pair in combinations(group.terms, 2) if not set(pair[0].reads).isdisjoint(pair[1].reads)
    ]
    for terms in (*[[term] for term in group.terms], *bound):
        smaller = _group(composition, terms)
        size = _parts(smaller)
        if size <= min(parts, left):
            left -= size
            yield smaller


def _parts(group: Group) -> int:
    facts = prod(len(domain.atoms) for domain in group.domains.values())
    return facts * sum(len(term.domain.atoms) for term in group.terms)


class _Consistent:
    """One group's diagram on its way."""

    def __init__(self, composition: Composition, group: Group) -> None:
        self.composition = composition
        self.store = composition.store
        self.group = group
        self.theories = (RangeTheory(group), LinearTheory(group))
        self.names = list(group.domains)

    def root(self) -> int:
        return self._of_facts(0, {})

    def _of_facts(self, position: int, facts: Mapping[str, Atom]) -> int:
        if position == len(self.names):
            return self._of_terms(0, Part(facts))
        name = self.names[position]
        atoms = self.group.domains[name].atoms
        fixed = self.composition.fixed.get(name)
        if fixed is not None:
            return self._of_facts(position + 1, {**facts, name: atoms[fixed]})
        children = [self._of_facts(position + 1, {**facts, name: atom}) for atom in atoms]
        return self.store.node(self.composition.facts[name].number, children)

    def _of_terms(self, position: int, part: Part) -> int:
        if position == len(self.group.terms):
            return everywhere(self.store)
        term = self.group.terms[position]
        children = []
        for atom in term.domain.atoms:
            narrower = Part(part.facts, {**part.terms, term.name: atom})
            refuted = any(theory.refutes(narrower) for theory in self.theories)
            children.append(nowhere(self.store) if refuted else self._of_terms(position + 1, narrower))
        return self.store.node(self.composition.terms[term.name], children)
