"""A model's policy, compiled and ready to decide; it is kept in memory alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.interchange.dmn.policy.link import ModelPolicy
from dmn_dli.interchange.dmn.policy.readers import ModelCaseReader
from dmn_dli.runtime.compiled import CompiledPolicy


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

    def by_path(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts by the names that the model's policy has for them. Raises CaseError."""
        return self.case_reader.by_path(facts)

    def scope(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts and supplied decisions by their names; a value that its type does not admit is null."""
        return self.case_reader.scope(facts)


def _compiled(policy: ModelPolicy) -> CompiledPolicy:
    found = compile_policy(build(policy), portable=False)
    return found._replace(policy=found.policy._replace(payer=policy.payer))
