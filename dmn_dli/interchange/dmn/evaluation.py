"""The values of a model's elements for given input data (DMN 1.5, section 10.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dmn_dli.feel import runtime
from dmn_dli.feel.budget import metered
from dmn_dli.feel.coercion import coerced
from dmn_dli.feel.compiled import passes
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.reasons import Watched, gathering
from dmn_dli.interchange.dmn.lowered import LoweredElement, Reading


class Evaluation:
    """Works out decisions on demand; what no case changes, the model's functions, is made once."""

    def __init__(self, elements: Mapping[str, LoweredElement]) -> None:
        self._elements = elements
        self._inputs = [each.name for each in elements.values() if each.kind == "input"]
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._functions: dict[str, object] = {}
        self._make_functions()
        # The budget is the whole question's, not each decision's.
        self._values_of = metered(self._values)
        self._invoked = metered(_invoked)

    def decide(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of a decision."""
        return self._values_of((name,), self._given(inputs, self._inputs))[0]

    def service(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of a decision service."""
        service = self._elements[name]
        taken = [reading.name for reading in service.parameters]
        return self._served(service, self._given(inputs, taken))

    def invoke(self, name: str, arguments: Sequence[object] | Mapping[str, object]) -> object:
        """The value of a function of the model."""
        return self._invoked(self._functions.get(name), arguments)

    def function(self, name: str) -> object:
        """The function of the model, or the decision service, of that name; null where it has no logic."""
        return self._functions[name]

    def _given(self, inputs: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
        return {name: coerced(inputs.get(name), self._elements[name].type) for name in names}

    def _values(self, goals: tuple[str, ...], given: Mapping[str, object]) -> list[object]:
        """The values of the decisions, and of those that they require, but for what is given."""
        values = {**self._functions, **given}
        for name in self._order(goals, given):
            element = self._elements[name]
            if element.program is not None:
                scope = _scope(element.reads, values)
                values[name] = element.program(Watched(scope) if gathering() else scope)
        return [values.get(goal) for goal in goals]

    def _order(self, goals: tuple[str, ...], given: Mapping[str, object]) -> tuple[str, ...]:
        """The decisions that the goals need, each after those that it requires."""
        asked = tuple(sorted(name for name in given if self._elements[name].kind == "decision"))
        key = (*goals, "", *asked)
        if key not in self._orders:
            needed: set[str] = set()
            waiting = list(goals)
            while waiting:
                name = waiting.pop()
                element = self._elements[name]
                if name not in needed and element.kind == "decision" and name not in given:
                    needed.add(name)
                    waiting += [reading.name for reading in element.reads]
            self._orders[key] = tuple(name for name in self._elements if name in needed)
        return self._orders[key]

    def _make_functions(self) -> None:
        """Functions may call each other and themselves, so they are made before their scopes are filled."""
        scopes: list[tuple[dict[str, object], LoweredElement]] = []
        for element in self._elements.values():
            if element.kind == "service":
                self._functions[element.name] = self._service_function(element)
            elif element.kind == "function" and element.program is not None:
                scopes.append(({}, element))
                self._functions[element.name] = element.program(scopes[-1][0])
        for scope, element in scopes:
            scope.update(_scope(element.reads, self._functions))
            scope.setdefault(element.own_name, self._functions[element.name])

    def _service_function(self, service: LoweredElement) -> object:
        """The service as a function: its input data and input decisions are its parameters (10.4.1.3)."""
        names = [reading.name for reading in service.parameters]
        signature = ItemType(
            FeelType.FUNCTION,
            parameters=tuple(self._elements[name].type for name in names),
            result=service.type,
        )

        def body(*arguments: object) -> object:
            return self._served(service, dict(zip(names, arguments, strict=True)))

        return runtime.function(tuple(each.path[-1] for each in service.parameters), signature, body, passes)

    def _served(self, service: LoweredElement, given: Mapping[str, object]) -> object:
        goals = tuple(reading.name for reading in service.outputs)
        values = self._values_of(goals, given)
        if len(values) == 1:
            value = values[0]
        else:
            value = dict(zip((reading.path[-1] for reading in service.outputs), values, strict=True))
        return coerced(value, service.type)


def _scope(reads: Iterable[Reading], values: Mapping[str, object]) -> dict[str, object]:
    """What the names of an expression stand for; what an imported model has lies behind the import's name."""
    scope: dict[str, object] = {}
    for reading in reads:
        value = values.get(reading.name)
        if len(reading.path) == 1:
            scope[reading.path[0]] = value
        else:
            inner = scope.setdefault(reading.path[0], {})
            if isinstance(inner, dict):
                inner[reading.path[1]] = value
    return scope


def _invoked(function: object, arguments: Sequence[object] | Mapping[str, object]) -> object:
    call: Callable[..., object] = runtime.invoke
    if isinstance(arguments, Mapping):
        return runtime.invoke_named(function, tuple(arguments), *arguments.values())
    return call(function, *arguments)
