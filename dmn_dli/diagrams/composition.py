"""Diagrams of what tables read: the values of facts, and those of decisions composed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.cases import everywhere
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diagrams.variables import FactVariable
from dmn_dli.feel import compile_expression, free_names
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.admission import named_value
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.limits import placed
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import Outcome
from dmn_dli.tables.masks import mask_of
from dmn_dli.theories.lowering import lower

TABULATION_LIMIT = 4_096
"""How many combinations of atoms and outcomes an expression is tabulated over."""


@frozen
class OpenOutcome:
    """Rules `mask` fire, but outputs are computed from facts whose atoms do not settle them.

    rules: those that contribute, as far as it is known. value: the decision's as far as it is told, with
    `OPEN` for what is not.
    """

    mask: int
    rules: tuple[int, ...]
    value: object


@frozen
class Arrival:
    """A value arrived at an input clause that its row 4 does not list.

    value: as FEEL; blank where it is one of many that nothing tells apart.
    """

    decision: str
    clause: str
    value: str


@frozen
class Gap:
    """No rule of a payer's table fits, and one must."""

    decision: str


@frozen
class Impossible:
    """The outcome of facts that the assumptions rule out."""


IMPOSSIBLE = Impossible()

UNDEFINED = Outcome((), None, "")
"""The outcome of a decision one of whose required decisions has none."""


class Composition:
    """The diagrams of a policy while they are built: each name's values, as far as decisions are done."""

    def __init__(
        self, policy: LinkedPolicy, fixed: Mapping[str, int], domains: Mapping[str, Domain] | None = None
    ) -> None:
        """Start with the facts; `fixed` gives the atom (0-based) of those known beforehand.

        domains: of the facts, in the order of their variables; without them the policy's own.
        """
        self.policy = policy
        self.fixed = fixed
        self.store = Diagrams()
        self.lowered = lower(policy)
        self.domains: Mapping[str, Domain] = self.lowered.domains if domains is None else domains
        self.facts = {
            name: FactVariable(number, policy.dictionary.by_name[name], domain)
            for number, (name, domain) in enumerate(self.domains.items(), 1)
        }
        self.terms = {
            term.name: number for number, term in enumerate(self.lowered.terms, len(self.facts) + 1)
        }
        """The variables of terms; they come after all facts."""
        self.roots: dict[str, int | None] = {}
        self.open: set[str] = set()
        self.parted: set[str] = set()
        """Lists of which only the first rule is told: who reads such a one has no diagram."""

    def assumption(self, position: int) -> int:
        """The diagram of an assumption: whether the facts are possible. What is neither true nor false is."""
        store, tree = self.store, self.lowered.assumptions[position]
        if tree is None:
            # With the values of a case put in it may not be traced, and bars nothing.
            return everywhere(store)
        names = tuple(sorted(free_names(tree)))
        holds = placed(tree, compile_expression(tree), self.policy.assumptions[position].cell)

        def possible(values: Any) -> int:
            return store.terminal(result=holds(dict(zip(names, values, strict=True))) is not False)

        return store.map(self.tuples(names), possible)

    def is_open(self, names: Iterable[str]) -> bool:
        """Whether a name stands for computed outputs that cannot be told.

        Raises TooLarge where one is of a decision that has no diagram.
        """
        decisions = {
            name: self._decision(name) for name in names if name not in self.facts and name not in self.terms
        }
        if any(self.roots[each] is None or each in self.parted for each in decisions.values()):
            raise TooLarge
        return any(each in self.open and not self._settled(name) for name, each in decisions.items())

    def _decision(self, name: str) -> str:
        behind = self.lowered.behind.get(name)
        return self.policy.decision_names[name] if behind is None else behind.decision

    def _settled(self, name: str) -> bool:
        """Whether a name is told by the rules of open outcomes."""
        behind = self.lowered.behind.get(name)
        return behind is not None and (
            behind.decision in self.lowered.agreements
            or all(
                behind.logic.alike(outcome.mask)
                for outcome in self.store.reached(self._root(name))
                if isinstance(outcome, OpenOutcome) and behind.logic.table.hit_policy.must_agree
            )
        )

    def problems(self, names: Iterable[str]) -> int:
        """The diagram of what keeps decisions from having a value: UNDEFINED where one does, else None."""
        store = self.store

        def problem(outcome: Any) -> int:
            has_value = isinstance(outcome, Outcome) and outcome.conflict is None
            return store.terminal(None if has_value or isinstance(outcome, OpenOutcome) else UNDEFINED)

        def either(left: Any, right: Any) -> int:
            return store.terminal(right if left is None else left)

        found = store.terminal(None)
        decisions = {self.policy.decision_names[name] for name in names if name in self.policy.decision_names}
        for root in [self.roots[each] for each in sorted(decisions)]:
            if root is not None:
                found = store.apply(found, store.map(root, problem), either)
        return found

    def affordable(self, names: Sequence[str]) -> bool:
        """Whether the names have few enough combinations of values to be tabulated."""
        if len(names) < 2:
            return True
        return prod(map(self._size, names)) <= TABULATION_LIMIT

    def _size(self, name: str) -> int:
        domain = self.domain(name)
        return len(self.store.reached(self._root(name))) if domain is None else len(domain.atoms)

    def domain(self, name: str) -> Domain | None:
        """The domain of a fact or a term; None for the name of a decision."""
        if name in self.terms:
            return self.lowered.by_name[name].domain
        return self.domains.get(name)

    def _root(self, name: str) -> int:
        root = self.roots[self._decision(name)]
        assert root is not None
        return root

    def tuples(self, names: Sequence[str]) -> int:
        """The diagram of the values of all names together, as tuples; a problem upstream as itself."""
        return self.paired(map(self.values, names))

    def paired(self, roots: Iterable[int]) -> int:
        """The diagram of the values of several diagrams together, which have tuples."""
        store = self.store

        def pair(left: Any, right: Any) -> int:
            if not isinstance(left, tuple):
                return store.terminal(left)
            if not isinstance(right, tuple):
                return store.terminal(right)
            both = left + right
            return store.terminal(both, freeze(both))

        root = store.terminal((), freeze(()))
        for each in roots:
            root = store.apply(root, each, pair)
        return root

    def values(self, name: str) -> int:
        """The diagram of a name's values, as tuples of one; a problem upstream as UNDEFINED."""
        store = self.store
        if name in self.facts:
            variable = self.facts[name]
            values = [(atom.representative,) for atom in variable.domain.atoms]
            if name in self.fixed:
                value_known = values[self.fixed[name]]
                return store.terminal(value_known, freeze(value_known))
            return store.node(variable.number, [store.terminal(value, freeze(value)) for value in values])
        if name in self.terms:
            atoms = self.lowered.by_name[name].domain.atoms
            values = [(atom.representative,) for atom in atoms]
            return store.node(self.terms[name], [store.terminal(value, freeze(value)) for value in values])
        decision = self._decision(name)
        behind = self.lowered.behind.get(name)

        def value(outcome: Any) -> int:
            if isinstance(outcome, OpenOutcome) and behind is not None:
                return told(behind.value(name, outcome.mask))
            if not isinstance(outcome, Outcome) or outcome.conflict is not None:
                return store.terminal(UNDEFINED)
            if behind is not None:
                return told(behind.value(name, mask_of(outcome.rules)))
            return told(named_value(name, decision, outcome.value))

        def told(found: object) -> int:
            return store.terminal((found,), freeze((found,)))

        return store.map(self._root(name), value)
