"""The kernel of a compiled workbook: where the diagrams alone do not answer, its tables are asked too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.kernel import Kernel
from dmn_dli.runtime.policy import names_two

if TYPE_CHECKING:
    from dmn_dli.evaluate.approximation_memory import ApproximationMemory
    from dmn_dli.evaluate.decide import Decider
    from dmn_dli.evaluate.null_notes import NullNotes
    from dmn_dli.evaluate.table_function import Decide
    from dmn_dli.runtime.kernel import DecisionKernel
    from dmn_dli.runtime.residual import Residual
    from dmn_dli.tables.linked import LinkedPolicy


_IMPOSSIBLE = ("impossible",)


class PolicyKernel(Kernel):
    """A compiled policy, with its linked tables at hand when they are asked for."""

    of_model = False
    """Whether the policy is a DMN model's, of which nothing is kept as plain data."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        """Take a compiled workbook."""
        super().__init__(compiled.policy)
        self.compiled = compiled
        self.analysable = not compiled.derived and all(each.regular for each in self.decisions)
        """Whether the diagrams alone answer every case."""
        self._names_two = any(
            names_two(found.trouble) for each in self.decisions for found in each.decision.outcomes
        )

    @property
    def objects(self) -> tuple[str, ...]:
        """The keys under which a case may give several facts as one object; a workbook has none."""
        return ()

    def by_path(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts by the names that the policy has for them; a workbook's are given so."""
        return facts

    def function(self, decision: str) -> Decide:
        """A decision as a function of facts; a workbook's are not looked into. Raises KeyError."""
        return self.decider.function(decision)

    @cached_property
    def linked(self) -> LinkedPolicy:
        """The linked policy, for what the diagrams do not answer."""
        import marshal

        from dmn_dli.linking.portable import decode

        policy: LinkedPolicy = decode(marshal.loads(self.compiled.linked))  # noqa: S302 - of the artefact
        return policy

    @cached_property
    def decider(self) -> Decider:
        """The policy's tables as functions."""
        from dmn_dli.evaluate.decide import Decider

        return Decider(self.linked)

    @cached_property
    def memory(self) -> ApproximationMemory:
        """What was approximated for earlier cases."""
        from dmn_dli.evaluate.approximation_memory import ApproximationMemory

        return ApproximationMemory(self.linked, self.case_reader.facts, self.compiled)

    @cached_property
    def null_notes(self) -> NullNotes:
        """Why clauses and outputs are null."""
        from dmn_dli.evaluate.null_notes import NullNotes

        return NullNotes(self.linked, self.decider)

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """As of every kernel; where expressions are worked out for the case, its notes say why one is null.

        What the diagrams alone answer needs no expression, and has the record that a module gives.
        """
        record = super().determine(facts, case_id)
        if not self.analysable and record["policy"] is not None:
            record["notes"] += self.null_notes.of(self.case_reader.values(facts))
        return record

    def _refuse_impossible(self, atoms: list[int], facts: Mapping[str, Any]) -> None:
        """As of every kernel; terms that assumptions ask get their atoms where all their facts are known."""
        if self.compiled.derived and self.memory.assumed:
            from dmn_dli.feel.python_dates import feel_fact

            known = self.case_reader.values(facts)
            for variable, clause in self.memory.assumed.items():
                if all(name in known for name in clause.facts):
                    values = {name: feel_fact(known[name]) for name in clause.facts}
                    atoms[variable] = self.memory.term(clause).atom(values) + 1
        super()._refuse_impossible(atoms, facts)

    def _refuse_problems(
        self, found: Mapping[str, Residual], troubled: Sequence[Residual], facts: Mapping[str, Any]
    ) -> None:
        """As of every kernel; refused as well is what theories rule out once known values are put in."""
        if any(each.trouble == _IMPOSSIBLE for residual in troubled for each in residual.outcomes):
            raise CaseError([self._contradicted()])
        super()._refuse_problems(found, troubled, facts)

    def residuals(
        self, atoms: list[int], facts: Mapping[str, Any], decisions: Sequence[DecisionKernel]
    ) -> dict[str, Residual]:
        """What the facts leave of each decision: by its diagram, else approximated.

        The tables are asked as well for the rules of a conflict of which a diagram names two alone.
        """
        fine = any(each.has_fine for each in self.case_reader.facts.values()) and self._is_fine(facts)
        if self.analysable and not fine:
            found = super().residuals(atoms, facts, decisions)
            if not self._names_two or not any(each.names_two for each in found.values()):
                return found
        from dmn_dli.evaluate.approximation import Approximation

        return Approximation(
            self, self.compiled, self.decider, self.memory, atoms, facts, fine=fine
        ).residuals()

    def _is_fine(self, facts: Mapping[str, Any]) -> bool:
        """Whether atoms may not tell where a number of the case lies, so that the tables themselves do."""
        readers = self.case_reader.facts
        return any(readers[name].is_fine(value) for name, value in self.case_reader.values(facts).items())
