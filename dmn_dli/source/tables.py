"""A decision table as Python source: its rules as data, and its logic as a function of known values."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.compiled import compiled_outcome
from dmn_dli.feel.json_values import feel_json
from dmn_dli.model.facts import FactType
from dmn_dli.runtime.policy import Decision, Outcome
from dmn_dli.source.conditions import ALWAYS, NEVER, conjunction, fact_condition, value_condition
from dmn_dli.source.literals import assign, call, literal, load, sequence, typed
from dmn_dli.source.names import identifiers
from dmn_dli.tables.admission import output_value
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import Column, DecisionSource, FactSource, LinkedTable
from dmn_dli.tables.logic import TableLogic

_TYPES = {
    FactType.STRING: "str",
    FactType.NUMBER: "Decimal",
    FactType.INTEGER: "Decimal",
    FactType.BOOLEAN: "bool",
    FactType.DATE: "date",
}


@frozen(slots=False)
class TableSource:
    """A decision on its way to source.

    compiled: the decision as the kernel has it. name: of its function; `name.upper()` is that of its rules.
    domains: of all facts. required: for each decision that it reads the FEEL values that it can have.
    reserved: names that arguments do not have.
    """

    table: LinkedTable
    compiled: Decision
    name: str
    domains: Mapping[str, Domain]
    required: Mapping[str, Sequence[Any]]
    reserved: Set[str]

    @property
    def rules_name(self) -> str:
        """The name of the constant that holds the rules."""
        return self.name.upper()

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The facts and decisions that are the function's arguments, in the order of the columns."""
        return tuple(dict.fromkeys(name for column in self.table.columns for name in column.names))

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """For each fact and decision that is an argument its name in Python."""
        return identifiers(self.reads, {*self.reserved, self.rules_name})

    @cached_property
    def plain(self) -> bool:
        """Whether conditions on known values say it all.

        They do not where a clause is an expression, a cell reads a name, an output is computed or
        aggregated, a list or nothing at all arrives, or some facts lead to an error.
        """
        return (
            not self.table.computed
            and not self.table.hit_policy.aggregates
            and all(self._is_plain(column) for column in self.table.columns)
            and all(each.trouble in ((), ("impossible",)) for each in self.compiled.outcomes)
        )

    def _is_plain(self, column: Column) -> bool:
        match column.source:
            case FactSource():
                return not column.reads
            case DecisionSource() as source:
                values = self._arriving(source)
                kinds = {type(feel_json(value)) for value in values} - {type(None)}
                alike = len({repr(feel_json(value)) for value in values}) == len(values)
                # Nothing arrives where every case is an error, or ruled out by the assumptions.
                return (
                    not column.reads
                    and values != []
                    and alike
                    and (kinds in ({str}, {bool}, set()) or kinds <= {int, float})
                )
        return False

    def _arriving(self, source: DecisionSource) -> list[Any]:
        """The values of another decision, each once."""
        values = [output_value(value, source.output or "") for value in self.required[source.decision]]
        return list({repr(value): value for value in values}.values())

    def definitions(self) -> list[ast.stmt]:
        """The rules as a constant, and the function."""
        return [assign(self.rules_name, self.rules()), self.function()]

    def decision(self) -> ast.expr:
        """The compiled decision."""
        return typed(self.compiled, rules=load(self.rules_name), outcomes=self.outcomes())

    def outcomes(self) -> ast.expr:
        """All outcomes of the compiled decision."""
        return sequence(self.outcome(each) for each in self.compiled.outcomes)

    def rules(self) -> ast.expr:
        """The rules in force as a mapping from id to cell, output, and what a record quotes."""
        rules = self.compiled.rules
        return ast.Dict([literal(each) for each in rules], [typed(rule, 2) for rule in rules.values()])

    def outcome(self, outcome: Outcome) -> ast.expr:
        """An outcome as an expression: by its rules where these say its value."""
        fired = [literal(identifier) for identifier in outcome.rules]
        hit_policy = self.table.hit_policy
        if outcome.trouble:
            return typed(outcome, 3)
        if not fired:
            return call("otherwise", literal(outcome.value))
        if not self.table.computed and hit_policy.one_answer:
            return call("decided", load(self.rules_name), *fired)
        if not self.table.computed and hit_policy.gives_list:
            return call("listed", load(self.rules_name), *fired)
        if hit_policy.counts:
            return call("counted", *fired)
        return typed(outcome, 2)

    def function(self) -> ast.FunctionDef:
        """The decision as a function: of known values where it is plain, else of a case's facts."""
        body: list[ast.stmt] = [ast.Expr(ast.Constant(self._documentation()))]
        if not self.plain:
            answer = call("by_diagram", load("KERNEL"), literal(self.table.name), load("facts"))
            return function(self.name, {"facts": "Mapping[str, Any]"}, [*body, ast.Return(answer)])
        conditions = self._conditions()
        body += self._chain(conditions) if self.table.hit_policy.one_rule else self._gathering(conditions)
        types = {self.parameters[name]: self.argument_type(name) for name in self.reads}
        return function(self.name, types, body)

    def _chain(self, conditions: Sequence[ast.expr]) -> list[ast.stmt]:
        """`if …: return …` for each rule, in the order in which they win."""
        body: list[ast.stmt] = []
        for rule in self._by_rank():
            answer = ast.Return(self.outcome(Outcome((self._identifiers[rule],))))
            if conditions[rule] is ALWAYS:
                return [*body, answer]
            if conditions[rule] is not NEVER:
                body.append(ast.If(conditions[rule], [answer], []))
        return [*body, ast.Return(self._nothing_fires())]

    def _gathering(self, conditions: Sequence[ast.expr]) -> list[ast.stmt]:
        """`if …: fired.append(…)` for each rule, then what they make together."""
        annotation = ast.Subscript(load("list"), load("str"), ast.Load())
        body: list[ast.stmt] = [
            ast.AnnAssign(ast.Name("fired", ast.Store()), annotation, ast.List([], ast.Load()), 1)
        ]
        for rule in self._by_rank():
            append = ast.Attribute(load("fired"), "append", ast.Load())
            step = ast.Expr(ast.Call(append, [literal(self._identifiers[rule])], []))
            if conditions[rule] is ALWAYS:
                body.append(step)
            elif conditions[rule] is not NEVER:
                body.append(ast.If(conditions[rule], [step], []))
        fired = ast.Starred(load("fired"), ast.Load())
        if self.table.hit_policy.counts:
            answer: ast.expr = call("counted", fired)
        else:
            maker = "decided" if self.table.hit_policy.must_agree else "listed"
            answer = call(maker, load(self.rules_name), fired)
        nothing = self._nothing_fires()
        return [*body, ast.Return(ast.IfExp(load("fired"), answer, nothing))]

    def _nothing_fires(self) -> ast.expr:
        return self.outcome(compiled_outcome(self._logic.outcome(0), self.table))

    @cached_property
    def _identifiers(self) -> tuple[str, ...]:
        """The ids of the rules in force, by position."""
        return tuple(self.compiled.rules)

    @cached_property
    def _logic(self) -> TableLogic:
        return TableLogic(self.table)

    def _by_rank(self) -> Sequence[int]:
        """The rules in the order in which they win or stand in the list."""
        every = self._logic.outcome(self._logic.all_rules)
        if not self.table.hit_policy.ranked:
            return range(len(self.table.rule_indexes))
        if self.table.hit_policy.gives_list:
            return every.rules
        left = self._logic.all_rules
        order: list[int] = []
        while left:
            (winner,) = self._logic.outcome(left).rules
            order.append(winner)
            left &= ~(1 << winner)
        return order

    def _conditions(self) -> list[ast.expr]:
        """For each rule the condition under which it fires."""
        by_column = [self.column_conditions(position) for position in range(len(self.table.columns))]
        return [
            conjunction([column[rule] for column in by_column])
            for rule in range(len(self.table.rule_indexes))
        ]

    def column_conditions(self, position: int) -> list[ast.expr]:
        """For each rule what its cell in a column asks."""
        column, logic = self.table.columns[position], self._logic.columns[position]
        name = self.parameters[column.names[0]]

        def chosen(rule: int, masks: Sequence[int]) -> list[bool]:
            return [bool(mask >> rule & 1) for mask in masks]

        negated = [column.tests[test].negated for test in column.rules]
        if isinstance(column.source, FactSource):
            domain = self.domains[column.source.fact.name]
            masks = atom_masks(logic, domain)
            return [
                fact_condition(name, domain, chosen(rule, masks), negated=turned)
                for rule, turned in enumerate(negated)
            ]
        assert isinstance(column.source, DecisionSource)
        values = self._arriving(column.source)
        masks = tuple(logic.mask(value, {}) for value in values)
        plain = [feel_json(value) for value in values]
        return [
            value_condition(name, plain, chosen(rule, masks), negated=turned)
            for rule, turned in enumerate(negated)
        ]

    def argument_type(self, name: str) -> str:
        """The annotation of an argument."""
        for column in self.table.columns:
            match column.source:
                case FactSource(fact) if fact.name == name:
                    return _TYPES[fact.type] + (" | None" if fact.nullable else "")
                case DecisionSource() as source if source.name == name:
                    values = [feel_json(value) for value in self._arriving(source)]
                    kinds = sorted({type(value).__name__ for value in values} - {"NoneType"})
                    return " | ".join([*kinds, *(["None"] if None in values else [])])
        raise AssertionError(f"{name} is no clause")

    def _documentation(self) -> str:
        table = self.table.table
        policy = table.hit_policy
        word = policy.name.replace("COLLECT_", "collect, ").replace("_", " ").capitalize()
        lines = [
            table.question.strip() or table.name,
            "",
            f"Sheet {table.sheet}, hit policy {policy.value} ({word}): {policy.reading}.",
        ]
        if not self.plain:
            lines.append("Its conditions are expressions of facts, or may contradict: its diagram answers.")
        lines.append("")
        for position, (identifier, compiled) in enumerate(self.compiled.rules.items()):
            rule, cell = self.table.rules[position], compiled.cell
            notes = dict(zip([each.name for each in table.annotations], rule.annotations, strict=True))
            cited = next(
                (each for name, each in notes.items() if name.strip().casefold() == "citation"), None
            )
            source = " ".join(cited.text.split()) if cited is not None else ""
            lines.append(f"{identifier} ({cell}): {source}" if source else f"{identifier} ({cell})")
        return "\n    ".join(line.rstrip() for line in lines).replace("\n    \n", "\n\n") + "\n    "


def function(
    name: str, types: Mapping[str, str], body: list[ast.stmt], answer: str = "Outcome"
) -> ast.FunctionDef:
    """A function of arguments with these types; `answer` is the type of what it gives."""
    parameters = [
        ast.arg(parameter, ast.parse(annotation, mode="eval").body) for parameter, annotation in types.items()
    ]
    arguments = ast.arguments([], parameters, None, [], [], None, [])
    return ast.FunctionDef(name, arguments, body, [], ast.parse(answer, mode="eval").body)
