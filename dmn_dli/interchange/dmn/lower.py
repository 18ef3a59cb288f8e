"""A model, with those that it imports, as FEEL trees over the names of what each element requires.

DMN 1.5, chapters 6, 7 and 10: whatever a box may hold becomes FEEL, so that evaluation, inference, analysis
and diagrams need no second interpreter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from attrs import define, evolve, field

from dmn_dli.feel.compiled import Expression, compile_expression
from dmn_dli.feel.environment import Clock, Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.foreign import ForeignFunctions
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.syntax import Node, NoValue
from dmn_dli.interchange.dmn.lower_expressions import lower_expression, lower_function
from dmn_dli.interchange.dmn.lower_graph import (
    DrgElement,
    Found,
    Source,
    described,
    found,
    read_by,
    sources,
    variable_name,
)
from dmn_dli.interchange.dmn.lower_order import lowering_order
from dmn_dli.interchange.dmn.lower_reporter import Reporter
from dmn_dli.interchange.dmn.lower_scope import Scope, converted
from dmn_dli.interchange.dmn.lowered import Kind, LoweredElement, Reading
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
)
from dmn_dli.model.dmn_codes import DUPLICATE_NAME
from dmn_dli.model.dmn_logic_codes import CIRCLE, NO_LOGIC, REFUSED

_LONG = 10
_NOTHING = NoValue("it has no value of its own")
_KINDS: Mapping[type, Kind] = {
    InputData: "input",
    Decision: "decision",
    BusinessKnowledgeModel: "function",
    DecisionService: "service",
}


def lower(
    definitions: Definitions,
    imported: Mapping[str, Definitions] | None = None,
    *,
    foreign: ForeignFunctions | None = None,
    clock: Clock | None = None,
) -> LoweredModel:
    """The model as FEEL.

    imported: the models that it may import, by namespace. foreign: the functions of other languages that it
    may call; none without it. clock: what `now()` gives; without it the clock is refused.

    Whatever the model says, this ends: each problem is a finding, and what it spoils is null.
    """
    reporter = Reporter(definitions.file)
    root = sources(definitions, imported or {}, reporter)
    return _Lowerer(root, reporter, foreign, clock).model()


@define
class _Lowerer:
    root: Source
    reporter: Reporter
    foreign: ForeignFunctions | None
    clock: Clock | None
    _made: dict[str, LoweredElement] = field(factory=dict)
    _types: dict[int, dict[str, ItemType]] = field(factory=dict)
    _circular: frozenset[str] = frozenset()

    def model(self) -> LoweredModel:
        self._types[id(self.root)] = self.root.types.named()
        reads = self._reached()
        order = self._order(reads)
        for name in order:
            self._made[name] = self._element(*reads[name])
        return LoweredModel(self.root.definitions.name, self._made, tuple(self.reporter.findings))

    def _reached(self) -> dict[str, tuple[Found, list[Found]]]:
        """The root's elements and what they require, by name; with each what it requires itself."""
        waiting = deque(Found(each, self.root, (variable_name(each),)) for each in self.root.elements())
        reads: dict[str, tuple[Found, list[Found]]] = {}
        while waiting:
            each = waiting.popleft()
            if each.name not in reads:
                targets = read_by(each.element, each.source)
                reads[each.name] = each, targets
                waiting += targets
            elif each.source is not reads[each.name][0].source:
                self._report_clash(each)
        return reads

    def _report_clash(self, found: Found) -> None:
        """An import without a name brings one that is taken; a model's own doubles are told by its reader."""
        message = f"an imported element is called `{found.name}` as well; give the import a name."
        self.root.reporter.report(DUPLICATE_NAME, found.element, described(found.element), message)

    def _order(self, reads: Mapping[str, tuple[Found, list[Found]]]) -> tuple[str, ...]:
        """Each element after what it requires; decisions that require each other are told, and are null."""
        requires = {name: [each.name for each in targets] for name, (_, targets) in reads.items()}
        decisions = {name for name, (each, _) in reads.items() if isinstance(each.element, Decision)}
        order = lowering_order(requires, decisions)
        self._circular = order.circular
        for circle in order.circles:
            first = reads[circle[0]][0]
            way = " -> ".join(circle if len(circle) < _LONG else (*circle[: _LONG - 2], "…", circle[-1]))
            message = f"decisions require each other in a circle: {way}; their value is null."
            first.source.reporter.report(CIRCLE, first.element, described(first.element), message)
        return order.names

    def _element(self, each: Found, targets: list[Found]) -> LoweredElement:
        element, source = each.element, each.source
        variable = element.variable
        type_ = source.types.of(variable.type_ref if variable is not None else None)
        made = LoweredElement(
            each.name,
            variable_name(element),
            source.definitions.namespace,
            _KINDS[type(element)],
            type_,
            type_,
            _NOTHING,
            self._environment(source, targets),
            tuple(Reading(target.path, target.name) for target in targets),
        )
        match element:
            case Decision():
                return self._decision(element, made, source)
            case BusinessKnowledgeModel():
                return self._function(element, made, source)
            case DecisionService():
                return self._service(element, made, source)
        return made

    def _scope(self, element: DrgElement, environment: Environment, source: Source) -> Scope:
        language = source.definitions.expression_language
        return Scope(environment, source.types, source.reporter, described(element), language)

    def _decision(self, decision: Decision, made: LoweredElement, source: Source) -> LoweredElement:
        scope = self._scope(decision, made.environment, source)
        tree: Node
        if made.name in self._circular:
            tree = NoValue(f"`{made.own_name}` requires itself by a circle of decisions")
        elif decision.expression is None:
            scope.report(NO_LOGIC, decision, "it has no logic; its value is null.")
            tree = NoValue(f"`{made.own_name}` has no logic")
        else:
            tree = converted(lower_expression(decision.expression, scope, made.type), made.type)
        shape = scope.look_over(tree, decision)
        return evolve(made, tree=tree, shape=shape, program=_program(tree, decision, scope))

    def _function(
        self, knowledge: BusinessKnowledgeModel, made: LoweredElement, source: Source
    ) -> LoweredElement:
        """A function knows itself by its name, so that it may call itself."""
        logic = knowledge.logic
        if logic is None:
            source.reporter.report(
                NO_LOGIC, knowledge, described(knowledge), "it has no logic; its value is null."
            )
            return made
        result = (made.type.result or ANY) if made.type.basic is FeelType.FUNCTION else made.type
        parameters = tuple(source.types.of(each.type_ref) for each in logic.parameters)
        shape = ItemType(FeelType.FUNCTION, parameters=parameters, result=result)
        scope = self._scope(knowledge, made.environment.bind({made.own_name: shape}), source)
        tree = lower_function(logic, scope, result)
        shape = scope.look_over(tree, knowledge)
        return evolve(
            made,
            tree=tree,
            shape=shape,
            environment=scope.environment,
            program=_program(tree, knowledge, scope),
        )

    def _service(self, service: DecisionService, made: LoweredElement, source: Source) -> LoweredElement:
        """Input data come before input decisions; what the service gives has the type of its variable."""
        parameters = _readings((*service.input_data, *service.input_decisions), source)
        outputs = _readings(service.output_decisions, source)
        type_ = (made.type.result or ANY) if made.type.basic is FeelType.FUNCTION else made.type
        shapes = {each.path[-1]: self._shape(each.name) for each in outputs}
        several = ItemType(FeelType.CONTEXT, fields=tuple(shapes.items()))
        given = type_ if type_ != ANY else several if len(outputs) != 1 else next(iter(shapes.values()))
        taken = tuple(self._shape(each.name) for each in parameters)
        shape = ItemType(FeelType.FUNCTION, parameters=taken, result=given)
        return evolve(made, type=type_, shape=shape, parameters=parameters, outputs=outputs)

    def _shape(self, name: str) -> ItemType:
        made = self._made.get(name)
        return made.shape if made is not None else ANY

    def _environment(self, source: Source, targets: Iterable[Found]) -> Environment:
        variables: dict[str, ItemType] = {}
        behind: dict[str, dict[str, ItemType]] = {}
        for target in targets:
            shape = self._shape(target.name)
            if len(target.path) == 1:
                variables[target.path[0]] = shape
            else:
                behind.setdefault(target.path[0], {})[target.path[1]] = shape
        for name, fields in behind.items():
            variables[name] = ItemType(FeelType.CONTEXT, fields=tuple(fields.items()))
        if id(source) not in self._types:
            self._types[id(source)] = source.types.named()
        return Environment.model(variables, self._types[id(source)], foreign=self.foreign, clock=self.clock)


def _readings(hrefs: Iterable[str], source: Source) -> tuple[Reading, ...]:
    targets = (found(href, source) for href in hrefs)
    return tuple(Reading(target.path, target.name) for target in targets if target is not None)


def _program(tree: Node, element: DrgElement, scope: Scope) -> Expression:
    """The tree as a function of its scope; null, and a finding, where FEEL refuses it."""
    try:
        return compile_expression(tree, scope.environment)
    except FeelUnsupported as error:
        scope.report(REFUSED, element, f"{error.message}; its value is null.")
        return compile_expression(NoValue(error.message))
