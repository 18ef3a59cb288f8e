"""`policy.decide`: one decision's value as DMN defines it, with whatever else it requires computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.evaluate.table_function import Decide, TableFunction
from dmn_dli.feel import from_python
from dmn_dli.feel.values import to_python
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.values import own
from dmn_dli.tables.admission import named_value
from dmn_dli.tables.limits import CellLimit, table_error
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import TableLogic


class Decider:
    """All decisions of a policy as functions of facts."""

    def __init__(self, policy: LinkedPolicy) -> None:
        """Prepare to decide; each table is compiled when it is first asked."""
        self.policy = policy
        self._tables: dict[str, TableFunction] = {}
        self._functions: dict[str, Decide] = {}

    def table(self, decision: str) -> TableFunction:
        """The table of a decision, prepared."""
        table = self._tables.get(decision)
        if table is None:
            table = self._tables[decision] = TableFunction(self.policy.by_name[decision])
        return table

    def logic(self, decision: str) -> TableLogic:
        """What rules fire in the table of a decision."""
        return self.table(decision).logic

    def function(self, decision: str) -> Decide:
        """The function of a decision. Raises KeyError, with the nearest name, for one that does not exist."""
        function = self._functions.get(decision)
        if function is None:
            if decision not in self.policy.by_name:
                known = did_you_mean(decision, self.policy.by_name)
                raise KeyError(f'There is no decision "{decision}".{known}')
            function = self._functions[decision] = self.table(decision).compile(
                lambda facts: self._careful(decision, facts)
            )
        return function

    def _careful(self, decision: str, facts: Mapping[str, Any]) -> Any:
        return own(to_python(self._value(decision, facts, {})))

    def _value(self, decision: str, facts: Mapping[str, Any], computed: dict[str, Any]) -> Any:
        table = self.table(decision)
        scope: dict[str, object] = {}
        for name in table.table.reads:
            required = self.policy.decision_names.get(name)
            if required is None:
                scope[name] = from_python(facts.get(name))
                continue
            if required in facts:
                value = from_python(facts[required])
            elif required in computed:
                value = computed[required]
            else:
                value = computed[required] = self._value(required, facts, computed)
            scope[name] = named_value(name, required, value)
        try:
            return table.value(table.outcome(scope))
        except CellLimit as limit:
            raise table_error(table.table, limit) from None
