"""Which rules of a table fire on given facts, asked cell by cell, without index or diagrams."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any

from attrs import frozen

from dmn_dli.feel import from_python
from dmn_dli.tables.admission import admission, clause_value, named_value
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import Outcome, TableLogic
from dmn_dli.tables.masks import members

Scope = Mapping[str, object]


@frozen
class Firing:
    """A table on one case.

    values: what arrives at each input clause. masks: for each the rules in force whose cell accepts it.
    fired: the mask of the rules that fire. unlisted: the first clause at which a value arrives that its
    row 4 does not list, None if there is none. outcome: what the rules that fire result in.
    """

    values: tuple[object, ...]
    masks: tuple[int, ...]
    fired: int
    unlisted: int | None
    outcome: Outcome

    @property
    def rules(self) -> tuple[int, ...]:
        """The rules that fire (positions among those in force)."""
        return tuple(members(self.fired))

    def failing(self, rule: int) -> tuple[int, ...]:
        """The positions of a rule's cells that do not accept."""
        return tuple(position for position, mask in enumerate(self.masks) if not mask >> rule & 1)


class Firer:
    """The tables of a policy without errors, ready to be asked which rules fire."""

    def __init__(self, policy: LinkedPolicy) -> None:
        """Take the linked tables; each is prepared when it is first asked."""
        self.policy = policy
        self._tables: dict[str, _Table] = {}

    def fire(self, decision: str, facts: Mapping[str, Any]) -> Firing | None:
        """What a decision's table makes of a case; an absent fact is null.

        None where a decision that it requires has no value but a problem of its own.
        """
        return self._fire(decision, facts, {})

    def _fire(self, decision: str, facts: Mapping[str, Any], done: dict[str, Firing | None]) -> Firing | None:
        if decision not in done:
            done[decision] = self._fire_table(decision, facts, done)
        return done[decision]

    def _fire_table(
        self, decision: str, facts: Mapping[str, Any], done: dict[str, Firing | None]
    ) -> Firing | None:
        table = self._tables.get(decision)
        if table is None:
            table = self._tables[decision] = _Table(TableLogic(self.policy.by_name[decision]))
        scope: dict[str, object] = {}
        for name in table.reads:
            required = self.policy.decision_names.get(name)
            if required is None:
                scope[name] = from_python(facts.get(name))
                continue
            upstream = self._fire(required, facts, done)
            if upstream is None or self._has_problem(required, upstream):
                return None
            scope[name] = named_value(name, required, upstream.outcome.value)
        return table.fire(scope)

    def _has_problem(self, decision: str, firing: Firing) -> bool:
        if firing.unlisted is not None or firing.outcome.conflict is not None:
            return True
        return not firing.fired and self.policy.must_answer(self.policy.by_name[decision])


class _Table:
    """One table's cells as functions."""

    def __init__(self, logic: TableLogic) -> None:
        self.logic = logic
        self.reads = sorted(logic.table.reads)
        self.clauses = [clause_value(column) for column in logic.table.columns]
        self.admissions = [admission(column) for column in logic.table.columns]

    def fire(self, scope: Scope) -> Firing:
        values = tuple(clause(scope) for clause in self.clauses)
        masks = tuple(
            column.mask(value, scope) for column, value in zip(self.logic.columns, values, strict=True)
        )
        unlisted = (
            position
            for position, (value, admits) in enumerate(zip(values, self.admissions, strict=True))
            if not admits(value)
        )
        fired = reduce(and_, masks, self.logic.all_rules)
        outcome = self.logic.outcome(fired, scope if self.logic.table.computed else None)
        return Firing(values, masks, fired, next(unlisted, None), outcome)
