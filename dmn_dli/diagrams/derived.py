"""Clauses that stand as variables of their own: into which atoms their values fall, and in which one does.

Such a variable is asked for where a column cannot be traced to atoms of facts and terms.
"""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.feel import FeelType
from dmn_dli.tables.admission import admission, clause_value
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.domain import Domain, domain_of
from dmn_dli.tables.linked import Column
from dmn_dli.tables.logic import ColumnLogic
from dmn_dli.tables.traceable import orders_strings


def derived_atom(column: Column, test: int | None, scope: Mapping[str, object]) -> int:
    """The atom (0-based) of a column's derived variable, once all that the column reads is known."""
    value = clause_value(column)(scope)
    if test == len(column.tests):
        return int(admission(column)(value))
    if test is not None:
        return int(ColumnLogic(column).test(test)(value, scope) is True)
    domain = clause_domain(column)
    assert domain is not None
    return domain.locate(value)


def clause_domain(column: Column) -> Domain | None:
    """Atoms of a clause's own value, where its tests compare it with constants only.

    Null is among them, which arithmetic may give, and so are values that row 4 does not list.
    """
    if column.type is FeelType.STRING and any(orders_strings(test) for test in column.tests):
        return None
    constants = column.all_constants
    if constants is None:
        return None
    try:
        if column.allowed is not None:
            constants |= test_constants(column.allowed.tests)
        return domain_of(column.type, None, constants, nullable=True, computed=True)
    except (NotAnalysable, ValueError):
        return None
