"""A DMN model lowered to FEEL: a tree for each element of its graph, and their values (DMN 1.5, 10.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import frozen

from dmn_dli.interchange.dmn.evaluation import Evaluation
from dmn_dli.interchange.dmn.lowered import Kind, LoweredElement
from dmn_dli.model.finding import Finding
from dmn_dli.runtime.nearest import did_you_mean


class NoSuchElement(KeyError):
    """A name that the model does not have; the message names the nearest that it has."""


@frozen(slots=False)
class LoweredModel:
    """A model and all that it reads of others; elements: by name, each after what it requires."""

    name: str
    elements: Mapping[str, LoweredElement]
    findings: tuple[Finding, ...] = ()

    def of_kind(self, kind: Kind) -> tuple[LoweredElement, ...]:
        """The elements of a kind, in an order in which each follows what it requires."""
        return tuple(each for each in self.elements.values() if each.kind == kind)

    def unread(self, namespace: str) -> list[str]:
        """The decisions of the model of a namespace that no decision reads."""
        decisions = self.of_kind("decision")
        read = {reading.name for each in decisions for reading in each.reads}
        return [each.name for each in decisions if each.namespace == namespace and each.name not in read]

    def find(self, name: str, kind: Kind, namespace: str | None = None) -> LoweredElement:
        """The element of that name and kind. Raises NoSuchElement.

        namespace: of the model that holds it; else the root's is meant, by its name there.
        """
        if namespace is not None:
            for each in self.elements.values():
                if (each.own_name, each.namespace, each.kind) == (name, namespace, kind):
                    return each
        found = self.elements.get(name)
        if found is None or found.kind != kind:
            hint = did_you_mean(name, [each.name for each in self.of_kind(kind)])
            raise NoSuchElement(f"{self.name} has no {kind} called `{name}`.{hint}")
        return found

    @cached_property
    def _evaluation(self) -> Evaluation:
        return Evaluation(self.elements)

    def decide(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of a decision.

        inputs: the input data by name, as FEEL values; what is absent is null, and so is what its type
        does not admit.

        Raises NoSuchElement, and FeelLimit beyond the budget.
        """
        return self._evaluation.decide(self.find(name, "decision").name, inputs)

    def service(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of a decision service: its output's, or a context of all outputs (10.4.1.3).

        inputs: its input data and input decisions by name; what is absent is null.

        Raises NoSuchElement, and FeelLimit beyond the budget.
        """
        return self._evaluation.service(self.find(name, "service").name, inputs)

    def invoke(self, name: str, arguments: Sequence[object] | Mapping[str, object]) -> object:
        """The value of a business knowledge model for its arguments, in order or by the parameters' names.

        Raises NoSuchElement, and FeelLimit beyond the budget.
        """
        return self._evaluation.invoke(self.find(name, "function").name, arguments)

    def function(self, name: str) -> object:
        """The function that a business knowledge model or a decision service is for those that call it.

        Null where its logic cannot be used. Raises KeyError where the model has no such element.
        """
        return self._evaluation.function(name)
