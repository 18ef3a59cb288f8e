"""Which atoms of facts and terms go together: what guards every diagram as the assumptions do.

A term such as `weight - lean` is a variable of its own, but no free one: where weight lies in (0..5) and lean
in (5..10) it is below zero, and where two terms read the same facts the one bounds the other. The diagram
here is true of all that no theory refutes. Where a group of terms is too large to be gone through as a whole,
or takes the theories too many steps, it is gone through term by term and in pairs: less is refuted then, and
nothing that can be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod

from attrs import frozen

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

MOST_STEPS = 150_000
"""How many steps the theories may take for all groups of a policy: some seconds, and the same everywhere."""


def consistency(composition: Composition, parts: int, steps: int = MOST_STEPS) -> Iterator[int]:
    """Diagrams that are true where no theory refutes, a group of terms each: cases are in all of them.

    parts: how many parts a group may have before it is gone through in smaller ones. steps: of the theories,
    in all. Raises TooLarge; the caller grants the store its steps.
    """
    memory: ConsistencyMemory = memory_of(composition.policy).setdefault(
        ConsistencyMemory, ConsistencyMemory()
    )
    allowed = _Allowed(steps)
    # Small groups come first, so that a large one leaves them their steps.
    for group in sorted(groups(composition, composition.lowered.terms), key=_parts):
        for root in _of_group(composition, memory, group, parts, allowed):
            if root != everywhere(composition.store):
                yield root


def _of_group(
    composition: Composition, memory: ConsistencyMemory, group: Group, parts: int, allowed: _Allowed
) -> Iterator[int]:
    """The diagram of a group; or those of its terms and pairs of terms, as far as that is affordable."""
    if _parts(group) <= parts:
        whole = memory.root(composition, group, allowed)
        if whole is not None:
            yield whole
            return
    for smaller in _affordable(composition, group, parts):
        root = memory.root(composition, smaller, allowed)
        if root is not None:
            yield root


class _Allowed:
    """How many steps theories may still take."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    @property
    def most(self) -> int:
        """How many of them one group may take; something is left for others."""
        return self.left * 2 // 3


class _TooMuch(Exception):
    """The theories would take more steps than they may."""


@frozen
class _Found:
    """A diagram of a group, with its results; None where more than these steps would have been needed.

    domains: kept, so that what their identities stand for stays.
    """

    steps: int
    domains: tuple[Domain, ...]
    diagram: tuple[Diagram, list[bool]] | None


class ConsistencyMemory:
    """The diagrams of groups in which no value of a single case stands, as other cases have them too.

    What is found here is charged as if it were worked out again, so that what is said does not depend on what
    was asked before.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[Hashable, _Found] = {}

    def root(self, composition: Composition, group: Group, allowed: _Allowed) -> int | None:
        """A group's diagram, worked out once for the same terms and domains; None where it takes too long.

        Raises TooLarge.
        """
        store, domains, most = composition.store, group.domains, allowed.most
        if any(name in composition.fixed for name in domains) or any(
            any_node(term.tree, lambda node: isinstance(node, syntax.Known)) for term in group.terms
        ):
            root, steps = _worked_out(composition, group, most)
            allowed.left -= steps
            return root
        terms = tuple((term.tree, term.domain.atoms) for term in group.terms)
        key = terms, tuple((name, id(domain)) for name, domain in domains.items())
        numbers = [composition.facts[name].number for name in domains]
        numbers += [composition.terms[term.name] for term in group.terms]
        known = self._known.get(key)
        if known is None or (known.diagram is None and known.steps < most):
            root, steps = _worked_out(composition, group, most)
            diagram = None
            if root is not None:
                found, results = compiled_diagram(store, root)
                nodes = tuple((numbers.index(node[0]), *node[1:]) for node in found.nodes)
                diagram = found._replace(nodes=nodes), results
            known = self._known[key] = _Found(steps, tuple(domains.values()), diagram)
        allowed.left -= min(known.steps, most)
        if known.diagram is None or known.steps > most:
            return None
        found, results = known.diagram
        return stored_diagram(
            store,
            found,
            lambda number: store.terminal(result=results[number]),
            lambda place, children: store.node(numbers[place], children),
        )


def _worked_out(composition: Composition, group: Group, most: int) -> tuple[int | None, int]:
    """A group's diagram, None where it takes more than so many steps; and how many it took."""
    consistent = _Consistent(composition, group, most)
    try:
        return consistent.root(), consistent.steps
    except _TooMuch:
        return None, most


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
    """The terms of a group, and pairs of them, that are small enough; all together not too many parts."""
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

    def __init__(self, composition: Composition, group: Group, most: int) -> None:
        self.composition = composition
        self.store = composition.store
        self.group = group
        self.most = most
        self.asked = 0
        self.theories = (RangeTheory(group), LinearTheory(group))
        self.names = list(group.domains)

    @property
    def steps(self) -> int:
        """How many steps the theories have taken."""
        return self.asked + sum(theory.steps for theory in self.theories)

    def root(self) -> int:
        """The diagram. Raises _TooMuch."""
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
        if self.steps > self.most:
            raise _TooMuch
        term = self.group.terms[position]
        children = []
        for atom in term.domain.atoms:
            narrower = Part(part.facts, {**part.terms, term.name: atom})
            self.asked += 1
            refuted = any(theory.refutes(narrower) for theory in self.theories)
            children.append(nowhere(self.store) if refuted else self._of_terms(position + 1, narrower))
        return self.store.node(self.composition.terms[term.name], children)
