"""A row of a sheet of criteria as Python source: a function that gives True, False or None."""

from __future__ import annotations

import ast
from functools import cached_property

from attrs import frozen

from dmn_dli.runtime.policy import Criterion, Outcome
from dmn_dli.source.conditions import ALWAYS, NEVER, conjunction
from dmn_dli.source.literals import call, literal, load, typed
from dmn_dli.source.tables import TableSource, function
from dmn_dli.tables.linked import Needs

_STATUS = "bool | None"
_MEANING = "True is met, False is not met, None does not apply."
_JUDGES = {"all": "all_met", "any": "any_met", "none": "none_met", "at least": "at_least"}


@frozen(slots=False)
class CriterionSource(TableSource):
    """The decision of a row on its way to source.

    row: what the compiled policy says of it; None where the decision is no row, but counts how many members
    of one are met. The row's own function does that itself, so that there is none of the count.
    """

    row: Criterion | None = None

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The facts and decisions that are the function's arguments; of a group its members."""
        criterion = self.table.criterion
        assert criterion is not None, "the decision of a row"
        return criterion.members or super().reads

    def definitions(self) -> list[ast.stmt]:
        """The function of the row."""
        return [] if self.row is None else [self.function()]

    def decision(self) -> ast.expr:
        """The compiled decision; its rules stand in the function, and are called by no name."""
        rules = self.rules() if self.compiled.parts else literal({})
        return typed(self.compiled, rules=rules, outcomes=self.outcomes())

    def outcome(self, outcome: Outcome) -> ast.expr:
        """An outcome as an expression."""
        return typed(outcome, 3 if outcome.trouble else 2)

    def function(self) -> ast.FunctionDef:
        """The row as a function: of known values where it is plain, else of a case's facts."""
        body: list[ast.stmt] = [ast.Expr(ast.Constant(self._documentation()))]
        if not self.plain:
            answer = call("by_diagram", load("KERNEL"), literal(self.table.name), load("facts"))
            status = ast.Name("status", ast.Store())
            value = ast.Attribute(answer, "value", ast.Load())
            body += [ast.AnnAssign(status, _annotation(), value, 1), ast.Return(load("status"))]
            return function(self.name, {"facts": "Mapping[str, Any]"}, body, _STATUS)
        types = {self.parameters[name]: self.argument_type(name) for name in self.reads}
        body += self._condition() if self._needs is None else self._judgement(self._needs)
        return function(self.name, types, body, _STATUS)

    @property
    def _needs(self) -> Needs | None:
        return self.table.criterion.needs if self.table.criterion else None

    def _judgement(self, needs: Needs) -> list[ast.stmt]:
        """What a group needs of its members."""
        least = [literal(needs.least)] if needs.least else []
        members = [load(self.parameters[name]) for name in self.reads]
        return [ast.Return(call(_JUDGES[needs.word], *least, *members))]

    def _condition(self) -> list[ast.stmt]:
        """`if <its groups apply>: return <its condition>`, then None."""
        columns = [(column, self.column_conditions(at)) for at, column in enumerate(self.table.columns)]
        # A cell that the second rule has too is a group's: there the criterion applies, and is not met.
        reach = conjunction([cells[0] for column, cells in columns if len(column.tests) == 1])
        met = conjunction([cells[0] for column, cells in columns if len(column.tests) > 1])
        nothing = ast.Return(literal(None))
        if reach is NEVER:
            return [nothing]
        answer = ast.Return(met)
        return [answer] if reach is ALWAYS else [ast.If(reach, [answer], []), nothing]

    def _documentation(self) -> str:
        row = self.row
        assert row is not None, "asked of rows"
        what = f"A group that needs {row.needs} of its members" if row.needs else "A criterion"
        part = f", part of {row.part_of}" if row.part_of else ""
        lines = [" ".join(row.requirement.split()), "", f"{what}{part}.", _MEANING]
        if row.means is not None:
            lines.append(
                f"It claims to be met, where it applies, exactly if the determination is {row.means}."
            )
        if not self.plain:
            lines.append("Its conditions are expressions of facts: its diagram answers.")
        cited = f": {' '.join(row.citation.split())}" if row.citation else ""
        return "\n    ".join([*lines, "", f"{row.id} ({row.cell}){cited}", ""]).replace("\n    \n", "\n\n")


def _annotation() -> ast.expr:
    return ast.parse(_STATUS, mode="eval").body
