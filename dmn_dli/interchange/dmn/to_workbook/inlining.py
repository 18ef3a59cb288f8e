"""The logic of decisions as FEEL over facts and decisions alone, functions written where they are called.

A workbook has tables and facts. It has no functions that several tables share, so that a business knowledge
model or a decision service becomes a function of FEEL inside the expression that calls it.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from dmn_dli.feel import syntax
from dmn_dli.feel.binding import arguments_of, captures
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.walk import free_names, size
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.policy.conversions import unwrapped
from dmn_dli.interchange.dmn.policy.structures import Part
from dmn_dli.interchange.dmn.policy.tables import Tables
from dmn_dli.interchange.dmn.policy.trees import Meaning, Scope, in_policy, meaning_of_input
from dmn_dli.interchange.dmn.to_workbook.inexpressible import Inexpressible

MOST_NODES = 20_000
"""How many nodes a decision's logic may have when functions are written into it."""


@define
class Inliner:
    """Gives the trees of a model's decisions over the names of a policy (facts by path, decisions).

    parts: the facts of each input. tables: of the decisions so far, for the names of their outputs.
    """

    model: LoweredModel
    parts: Mapping[str, Part]
    tables: Tables
    _under_way: list[str] = field(factory=list)

    def tree(self, element: LoweredElement) -> syntax.Node:
        """A decision's logic. Raises Inexpressible where it calls what cannot be written into it."""
        tree = applied(in_policy(element.tree, self._scope(element)))
        if size(tree, MOST_NODES) > MOST_NODES:
            raise Inexpressible(f"With all functions written into it, it has more than {MOST_NODES:,} parts.")
        return tree

    def _scope(self, element: LoweredElement) -> Scope:
        scope: dict[tuple[str, ...], Meaning] = {}
        called = free_names(element.tree)
        for reading in element.reads:
            required = self.model.elements[reading.name]
            if required.kind == "input":
                scope[reading.path] = meaning_of_input(self.parts[reading.name])
            elif required.kind == "decision":
                outputs = self.tables.output_names(reading.name) if reading.name in self.tables.tables else {}
                scope[reading.path] = Meaning(syntax.Name(reading.name), outputs=outputs)
            elif reading.path[0] in called:
                scope[reading.path] = Meaning(self._function(required))
        return scope

    def _function(self, element: LoweredElement) -> syntax.Node:
        if element.name in self._under_way or element.own_name in free_names(element.tree):
            raise Inexpressible(f'"{element.name}" calls itself, and a function in a cell cannot do that.')
        self._under_way.append(element.name)
        try:
            if element.kind == "service":
                return self._service(element)
            return in_policy(element.tree, self._scope(element))
        finally:
            self._under_way.pop()

    def _service(self, service: LoweredElement) -> syntax.Node:
        """A decision service as a function: what it encapsulates are entries of a context (10.4.1.3)."""
        given = {each.name: each.path[-1] for each in service.parameters}
        entries: list[tuple[str, syntax.Node]] = []
        for each in service.outputs:
            self._encapsulated(each.name, given, entries)
        outputs = [self.model.elements[each.name].own_name for each in service.outputs]
        if len(outputs) == 1:
            result: syntax.Node = syntax.Name(outputs[0])
        else:
            result = syntax.ContextLiteral(tuple((name, syntax.Name(name)) for name in outputs))
        body = syntax.Path(syntax.ContextLiteral((*entries, ("", result))), "")
        return syntax.FunctionDefinition(tuple(map(syntax.Parameter, given.values())), body)

    def _encapsulated(
        self, name: str, given: Mapping[str, str], entries: list[tuple[str, syntax.Node]]
    ) -> None:
        """The entries of a decision and of all that it requires, each after those that it reads."""
        element = self.model.elements[name]
        if name in given or element.own_name in dict(entries):
            return
        scope: dict[tuple[str, ...], Meaning] = {}
        for reading in element.reads:
            required = self.model.elements[reading.name]
            if required.kind in ("function", "service"):
                if reading.path[0] in free_names(element.tree):
                    scope[reading.path] = Meaning(self._function(required))
                continue
            if required.kind == "decision":
                self._encapsulated(reading.name, given, entries)
            elif reading.name not in given:
                raise Inexpressible(f'A service does not take "{reading.name}", which its logic reads.')
            scope[reading.path] = Meaning(syntax.Name(given.get(reading.name, required.own_name)))
        entries.append((element.own_name, in_policy(element.tree, scope)))


def applied(tree: syntax.Node) -> syntax.Node:
    """The tree; a function that is called where it is written is its body, with the arguments put in.

    FEEL has no effects but values, so that it makes no difference when an argument is evaluated.
    """
    inner, _ = unwrapped(tree)
    if not isinstance(inner, syntax.Invocation) or not isinstance(inner.function, syntax.FunctionDefinition):
        return tree
    function = inner.function
    if function.external:
        return tree
    given = arguments_of(inner, [each.name for each in function.parameters])
    if given is None or captures(function.body, given):
        return tree
    return applied(with_nodes(function.body, given))
