"""The variables for which diagrams ask, as far as a case settles them; and diagrams made for one case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.columns import derived_atom
from dmn_dli.diagrams.compiled import derived_clauses, outcome_values, with_diagram
from dmn_dli.evaluate.known_in_tables import Known, put_in
from dmn_dli.feel import FeelType
from dmn_dli.model.facts import FactType
from dmn_dli.runtime.compiled import DerivedClause
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import ColumnLogic, TableLogic
from dmn_dli.theories.lowering import lower
from dmn_dli.theories.policy_memory import pass_on
from dmn_dli.theories.terms import Term

_FOLLOWED = frozenset({FactType.NUMBER, FactType.INTEGER, FactType.DATE, FactType.BOOLEAN})

RESTRICTED_LIMIT = 400_000
"""How many steps a diagram over the unknown facts may take."""

RESTRICTED_PARTS = 500
"""How many parts theories go through of one group of terms for it; each takes about a millisecond."""

Values: TypeAlias = Callable[[int], object]
"""The FEEL value of an outcome, by its number."""

Scope: TypeAlias = Callable[[Iterable[str]], Mapping[str, object] | None]
"""The values of names, or None where one is not settled."""


class Frame:
    """Variables with their atoms, 0 where unknown; derived ones get theirs when what they read is settled.

    policy: whose tables the derived variables belong to.
    """

    def __init__(
        self,
        policy: LinkedPolicy,
        atoms: list[int],
        derived: Mapping[int, DerivedClause],
        term: Callable[[DerivedClause], Term],
        assumed: Collection[int] = (),
    ) -> None:
        """Take the derived variables by number; `term` gives the term of one that stands for such.

        assumed: those that assumptions ask.
        """
        self.policy = policy
        self.atoms = atoms
        self.derived = derived
        self._term = term
        self.assumed = frozenset(assumed)

    def of(self, decisions: Container[str]) -> list[int]:
        """The derived variables that some of these decisions ask for."""
        return [
            variable
            for variable, each in self.derived.items()
            if any(decision in decisions for decision in each.decisions)
        ]

    @property
    def free(self) -> frozenset[int]:
        """The derived variables that are not settled."""
        return frozenset(variable for variable in self.derived if not self.atoms[variable])

    def is_followed(self, variable: int) -> bool:
        """Whether theories hold a derived variable to its facts: terms over numbers, dates, truth values."""
        clause = self.derived[variable]
        if clause.term is None:
            return False
        term, facts = self._term(clause), self.policy.dictionary.by_name
        return term.domain.type is not FeelType.STRING and all(
            facts[name].type in _FOLLOWED for name in term.reads
        )

    def work_out(self, decision: str, scope: Scope) -> None:
        """Give each derived variable of a decision its atom where all that it reads is settled."""
        for variable, clause in self.derived.items():
            if decision not in clause.decisions or self.atoms[variable]:
                continue
            if clause.term is not None:
                term = self._term(clause)
                values = scope(term.reads)
                if values is not None:
                    self.atoms[variable] = term.atom(values) + 1
                continue
            column = self.policy.by_name[decision].columns[clause.column]
            values = scope(column.names)
            if values is not None:
                self.atoms[variable] = derived_atom(column, clause.test, values) + 1


@frozen
class Restricted:
    """Decisions over what is unknown of a case alone, each with the values of its outcomes.

    own: whether their diagrams ask for variables or atoms that those of other cases do not know.
    """

    frame: Frame
    decisions: Mapping[str, tuple[DecisionKernel, Values]]
    own: bool


@frozen
class Given:
    """What is known of a case, for diagrams over the rest.

    atoms: of all facts, by variable. known: what is put into the tables. domains: those of the compiled
    policy, in the order of its variables.
    """

    atoms: Sequence[int]
    known: Known
    domains: Mapping[str, Domain]


def restricted(
    policy: LinkedPolicy,
    wanted: Iterable[str],
    given: Given,
    logic: Callable[[str], TableLogic],
    compiled: Callable[[str], DecisionKernel],
) -> Restricted:
    """Diagrams of the wanted decisions, and of all that they require, over the unknown facts.

    logic, compiled: the logic of a table, and a decision as compiled, which all but its diagram is kept of.
    """
    rest = put_in(policy, wanted, given.known)
    pass_on(policy, rest)
    domains = _domains(policy, rest, given)
    fixed = {name: atom - 1 for name, atom in zip(domains, given.atoms[1:], strict=False) if atom}
    diagrams = build(
        rest, RESTRICTED_LIMIT, fixed, lambda name: _logic(logic(name), rest), domains, RESTRICTED_PARTS
    )
    values = outcome_values(diagrams)
    decisions = {
        each.name: (
            DecisionKernel(with_diagram(compiled(each.name).decision, each, diagrams)),
            values[each.name].__getitem__,
        )
        for each in diagrams.decisions
    }
    atoms = [*given.atoms[: len(domains) + 1], *[0] * (diagrams.columns.variables - len(domains))]
    derived = {each.variable: each for each in derived_clauses(diagrams, portable=False)}
    assumed = frozenset[int]().union(*map(diagrams.store.support, diagrams.assumptions)) & derived.keys()
    frame = Frame(rest, atoms, derived, lambda clause: clause.term, assumed)
    own = bool(derived) or any(domains[name] is not domain for name, domain in given.domains.items())
    return Restricted(frame, decisions, own)


def _domains(policy: LinkedPolicy, rest: LinkedPolicy, given: Given) -> dict[str, Domain]:
    """The compiled domains, but those of unknown facts finer where what is put in asks for that."""
    before, now = lower(policy), lower(rest)

    def as_fine(name: str) -> bool:
        fine: frozenset[object] = before.constants.get(name, frozenset())
        return now.constants.get(name, frozenset()) <= fine and now.marks.get(
            name, frozenset()
        ) <= before.marks.get(name, frozenset())

    return {
        name: domain if atom or as_fine(name) else now.domains[name]
        for (name, domain), atom in zip(given.domains.items(), given.atoms[1:], strict=False)
    }


def _logic(known: TableLogic, rest: LinkedPolicy) -> TableLogic:
    """The logic of a table with known values put in; of what is as it was, that which is at hand."""
    table = rest.by_name[known.table.name]
    if table is known.table:
        return known
    columns = zip(table.columns, known.columns, strict=True)
    return TableLogic(
        table, tuple(logic if column is logic.column else ColumnLogic(column) for column, logic in columns)
    )
