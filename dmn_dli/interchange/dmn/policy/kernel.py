"""A model's policy, compiled and ready to decide; it is kept in memory alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.table_function import Decide
from dmn_dli.interchange.dmn.policy.link import ModelPolicy
from dmn_dli.interchange.dmn.policy.readers import ModelCaseReader
from dmn_dli.interchange.dmn.policy.structures import Structure
from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.record import NEEDS_INFORMATION


class ModelKernel(PolicyKernel):
    """The kernel of a model; its facts are those of the model's inputs, by path."""

    of_model = True

    def __init__(self, policy: ModelPolicy) -> None:
        """Compile a model's policy that has no errors."""
        super().__init__(_compiled(policy))
        self.__dict__["linked"] = policy
        self.model = policy
        reader = ModelCaseReader(self.policy.facts, self.policy.variables, policy.types, policy.inputs)
        self.case_reader: ModelCaseReader = reader

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """The record for a case. Raises CaseError and TableError as every kernel does.

        Where several decisions are the answer, the facts that it lacks are those that one of them lacks.
        """
        record = super().determine(facts, case_id)
        if record["determination"] == NEEDS_INFORMATION and self.final.name not in self.model.answers:
            given = self.by_path(facts)
            found = self.residuals(self.case_reader.atoms(given), given, self.decisions)
            left = [found[name] for name in self.model.answers]
            missing = frozenset().union(*[each.deciding_variables | each.doubt_variables for each in left])
            record["missing_facts"] = sorted(self.facts_by_variable[variable] for variable in missing)
            own = f"{self.final.decision.sheet} cannot be analysed while unknown: "
            record["notes"] = [note for note in record["notes"] if not note.startswith(own)]
        return record

    @property
    def objects(self) -> tuple[str, ...]:
        """The inputs that have components."""
        return tuple(name for name, part in self.model.inputs.items() if isinstance(part, Structure))

    def by_path(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts by the names that the model's policy has for them. Raises CaseError."""
        return self.case_reader.by_path(facts)

    def function(self, decision: str) -> Decide:
        """As of every kernel, with facts and supplied decisions by their names.

        A value that its type does not admit is null.
        """
        decide, scope = super().function(decision), self.case_reader.scope
        return lambda facts: decide(scope(facts))


def _compiled(policy: ModelPolicy) -> CompiledPolicy:
    found = compile_policy(build(policy), portable=False)
    # What is asked for is a decision's whole value, all of its outputs.
    decisions = tuple(
        each._replace(whole=True, first="") if each.name in policy.answers else each
        for each in found.policy.decisions
    )
    return found._replace(policy=found.policy._replace(payer=policy.payer, decisions=decisions))
