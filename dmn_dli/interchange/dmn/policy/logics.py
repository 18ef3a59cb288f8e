"""What a model says of its elements, by the names by which the lowered model knows them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from dmn_dli.interchange.dmn.expressions import Expression
from dmn_dli.interchange.dmn.lower_graph import variable_name
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.model import BusinessKnowledgeModel, Decision, Definitions, InputData
from dmn_dli.interchange.dmn.policy.facts import Input
from dmn_dli.interchange.dmn.policy.structures import Part
from dmn_dli.interchange.dmn.policy.tables import Logic


@define
class Logics:
    """Decisions and inputs as the files of a model and of those that it imports have them."""

    _decisions: dict[tuple[str, str], Decision] = field(factory=dict)
    _functions: dict[tuple[str, str], BusinessKnowledgeModel] = field(factory=dict)
    _inputs: dict[tuple[str, str], InputData] = field(factory=dict)

    @classmethod
    def of(cls, models: Iterable[Definitions]) -> Logics:
        """Those of these models."""
        found = cls()
        for model in models:
            for decision in model.decisions:
                found._decisions.setdefault((model.namespace, variable_name(decision)), decision)
            for function in model.knowledge:
                found._functions.setdefault((model.namespace, variable_name(function)), function)
            for data in model.inputs:
                found._inputs.setdefault((model.namespace, variable_name(data)), data)
        return found

    def logic(self, element: LoweredElement) -> Logic:
        """A decision on its way to a table."""
        decision = self._decisions.get((element.namespace, element.own_name), Decision())
        question = decision.question or decision.description
        return Logic(element.name, element.tree, decision.expression, " ".join(question.split()))

    def table_of(self, function: LoweredElement) -> Expression | None:
        """The body of a function, as its file has it."""
        knowledge = self._functions.get((function.namespace, function.own_name))
        return knowledge.logic.body if knowledge is not None and knowledge.logic is not None else None

    def input(self, element: LoweredElement, part: Part) -> Input:
        """An input with its facts."""
        data = self._inputs.get((element.namespace, element.own_name), InputData())
        return Input(element.name, part, " ".join(data.description.split()))
