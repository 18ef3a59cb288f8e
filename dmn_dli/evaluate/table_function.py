"""A decision table as a Python function of facts, built as a syntax tree.

For a table over the facts `service` and `disease_status` the function reads

    def decide(facts):
        return root[facts['service']][facts['disease_status']]

with `root` the first node of a `ValueDiagram`. What that does not know yet is
worked out by the masks of the rules, which such a function answers from, too:

        return outcomes[column_0[facts['service']] & column_1[facts['disease_status']]]

with each column a `ColumnMemory` and `outcomes` a memory from the mask of the
rules that fire to the decision's value. A table that outgrows its diagram looks
whole cases up instead, in a `CaseMemory`:

        return cases[facts['service'], facts['disease_status']]

Whatever does not fit that form (a fact
that is absent, a decision that the caller did not supply, an expression, a
cell that reads other names) goes the careful way instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import CodeType, FunctionType
from typing import Any, TypeAlias

from dmn_dli.evaluate.case_memory import CaseMemory
from dmn_dli.evaluate.column_memory import ColumnMemory
from dmn_dli.evaluate.value_diagram import ValueDiagram, by_key
from dmn_dli.feel import takes_work, to_feel
from dmn_dli.feel.python_nodes import name_of
from dmn_dli.feel.values import to_python
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.values import own
from dmn_dli.tables.admission import admission, clause_value
from dmn_dli.tables.linked import Constant, DecisionSource, ExpressionSource, FactSource, LinkedTable
from dmn_dli.tables.logic import Outcome, Scope, TableLogic

Decide: TypeAlias = Callable[[Mapping[str, Any]], Any]

_KEEP = 4_096


class HitPolicyError(Exception):
    """Rules that fire together contradict the hit policy: `decision`, `rules` (ids) and `cells` name them."""

    def __init__(self, decision: str, rules: tuple[str, ...], cells: tuple[str, ...], reason: str) -> None:
        """Name the rules and their cells in the message."""
        named = ", ".join(f"{rule} ({cell})" for rule, cell in zip(rules, cells, strict=True))
        super().__init__(f'In "{decision}" the rules {named} fire together. {reason}.')
        self.decision = decision
        self.rules = rules
        self.cells = cells


class Outcomes(dict[int, Any]):
    """Mask of the rules that fire to the decision's value as Python has it, worked out once each."""

    def __init__(self, function: TableFunction) -> None:
        """Remember values for one table."""
        super().__init__()
        self.function = function

    def __missing__(self, mask: int) -> Any:
        """Work out the value of a mask. Raises HitPolicyError, which is not remembered."""
        value = to_python(self.function.value(self.function.logic.outcome(mask)))
        if len(self) >= _KEEP:
            self.clear()
        self[mask] = value
        return value


class TableFunction:
    """One decision table, ready to be asked."""

    def __init__(self, table: LinkedTable) -> None:
        """Prepare the columns of a linked table."""
        self.table = table
        self.logic = TableLogic(table)
        self.memories = [ColumnMemory(column) for column in self.logic.columns]
        self.outcomes = Outcomes(self)
        self._clauses = [clause_value(column) for column in table.columns]

    @cached_property
    def _admissions(self) -> list[Callable[[object], bool]]:
        return [admission(column) for column in self.table.columns]

    @property
    def plain(self) -> bool:
        """Whether clauses are facts or decisions, cells read no name nor take work, outputs are constant."""
        return not self.table.computed and not any(
            isinstance(column.source, ExpressionSource) or column.reads or any(map(takes_work, column.tests))
            for column in self.table.columns
        )

    def value(self, outcome: Outcome) -> Any:
        """An outcome's FEEL value. Raises HitPolicyError for a conflict."""
        if outcome.conflict is None:
            return outcome.value
        source = self.table.table
        rules = [self.table.rules[rule] for rule in outcome.rules]
        raise HitPolicyError(
            source.name,
            tuple(rule.id for rule in rules),
            tuple(cell_name(source.sheet, rule.cell.reference) for rule in rules),
            outcome.conflict,
        )

    def outcome(self, scope: Scope) -> Outcome:
        """The outcome for FEEL values of all names that the table reads; an absent name is null."""
        mask = self.logic.all_rules
        for column, memory, clause in zip(self.table.columns, self.memories, self._clauses, strict=True):
            value = clause(scope)
            if column.reads:
                mask &= memory.logic.mask(value, scope)
            else:
                mask &= memory.of(value)
        return self.logic.outcome(mask, scope if self.table.computed else None)

    def live(self, known: Scope) -> tuple[int, int]:
        """The rules that the known facts do not rule out, and those that fire whatever else is read."""
        may = sure = self.logic.all_rules
        for column, memory in zip(self.table.columns, self.memories, strict=True):
            source = column.source
            if isinstance(source, FactSource) and not column.reads and source.fact.name in known:
                mask = memory.mask(known[source.fact.name])
                may &= mask
                sure &= mask
            else:
                tests = zip(column.tests, memory.logic.test_masks, strict=True)
                sure &= sum(rules for test, rules in tests if not test.tests)
        return may, sure

    def arrival(self, scope: Scope) -> tuple[str, str] | None:
        """A value that arrives at a clause whose row 4 does not list it, and the clause's cell; else None."""
        for column, clause, admits in zip(self.table.columns, self._clauses, self._admissions, strict=True):
            value = clause(scope)
            if not admits(value):
                return to_feel(value), cell_name(self.table.table.sheet, column.clause.reference)
        return None

    def compile(self, careful: Decide) -> Decide:
        """The table's function of facts; `careful` answers what the quick form cannot."""
        if not self.plain or not self.table.columns:
            return careful
        names: list[str] = []
        for column in self.table.columns:
            source = column.source
            assert not isinstance(source, ExpressionSource)
            if isinstance(source, DecisionSource) and source.output is not None:
                return careful
            names.append(source.fact.name if isinstance(source, FactSource) else source.decision)
        masks = self._by_masks(names, careful)
        columns = list(zip(names, self.memories, strict=True))

        def outgrown() -> None:
            """From now on the function has another body; a call that is under way still finds its names."""
            cases = CaseMemory(columns, self._answer, masks)
            other = self._build(cases.expression(), cases.scope, cases.learnt)
            decide.__globals__.update(other.__globals__)
            decide.__code__ = other.__code__

        diagram = ValueDiagram(columns, self._answer, masks, outgrown)
        decide = self._build(diagram.expression(), diagram.scope, diagram.grown)
        return decide

    def _answer(self, mask: int) -> Any:
        return self.outcomes[mask & -mask if self.table.hit_policy.first_wins else mask]

    def _by_masks(self, names: Sequence[str], careful: Decide) -> Decide:
        lookups = [self._lookup(position, name) for position, name in enumerate(names)]
        mask = lookups[0]
        for lookup in lookups[1:]:
            mask = ast.BinOp(mask, ast.BitAnd(), lookup)
        if self.table.hit_policy.first_wins:
            # The rules below the first change nothing: of what then decides there are as few as rules.
            lowest = ast.UnaryOp(ast.USub(), name_of("fired"))
            mask = ast.BinOp(ast.NamedExpr(ast.Name("fired", ast.Store()), mask), ast.BitAnd(), lowest)
        answer = ast.Subscript(name_of("outcomes"), mask, ast.Load())
        scope: dict[str, Any] = {f"column_{i}": memory for i, memory in enumerate(self.memories)}
        return self._build(answer, scope | {"outcomes": self.outcomes}, careful)

    def _lookup(self, position: int, name: str) -> ast.expr:
        """`column[facts[name]]`, with a detour for booleans among numbers and for all else among booleans."""
        memory = name_of(f"column_{position}")
        value = ast.Subscript(name_of("facts"), ast.Constant(name), ast.Load())
        return by_key(
            value,
            self.table.columns[position].type,
            lambda known: ast.Subscript(memory, known, ast.Load()),
            lambda odd: ast.Call(ast.Attribute(memory, "of", ast.Load()), [odd], []),
        )

    @property
    def _gives_parts(self) -> bool:
        """Whether the value is, or may hold, a list or a context, which the caller must not share with us."""
        entries = [each for output in self.table.outputs for each in output.all_entries]
        return (
            self.table.hit_policy.gives_list
            or len(self.table.outputs) > 1
            or any(isinstance(each, Constant) and isinstance(each.value, list | dict) for each in entries)
        )

    def _build(self, answer: ast.expr, scope: dict[str, Any], otherwise: Decide) -> FunctionType:
        """The function of facts that gives the answer; where that cannot be had, what `otherwise` gives."""
        if self._gives_parts:
            answer = ast.Call(name_of("copy"), [answer], [])
        handler = ast.ExceptHandler(
            ast.Tuple([name_of("KeyError"), name_of("TypeError")], ast.Load()),
            None,
            [ast.Return(ast.Call(name_of("otherwise"), [name_of("facts")], []))],
        )
        body = ast.Try([ast.Return(answer)], [handler], [], [])
        arguments = ast.arguments([], [ast.arg("facts")], None, [], [], None, [])
        function = ast.FunctionDef("decide", arguments, [body], [], None)
        module = ast.fix_missing_locations(ast.Module([function], []))
        return _define(module, scope | {"otherwise": otherwise, "copy": own})


def _define(module: ast.Module, scope: dict[str, Any]) -> FunctionType:
    code = compile(module, "<decision table>", "exec")
    function = next(constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(function, scope)  # the module itself is never executed
