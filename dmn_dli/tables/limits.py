"""Where in a table FEEL was given up that takes more work than is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from dmn_dli.feel import FeelLimit
from dmn_dli.feel.compiled import takes_work
from dmn_dli.feel.syntax import Node
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.runtime.errors import TableError, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.tables.linked import LinkedTable

_P = ParamSpec("_P")
_R = TypeVar("_R")


class CellLimit(FeelLimit, InputError):
    """What a cell says takes more work than is allowed; the input is at fault, not the program."""

    def __init__(self, message: str, cell: Cell) -> None:
        super().__init__(message)
        self.cell = cell

    def __str__(self) -> str:
        return f'The cell {self.cell.reference} reads "{self.cell.text}": {self.message}.'


def placed(tree: Node, function: Callable[_P, _R], cell: Cell) -> Callable[_P, _R]:
    """A cell's function, which raises CellLimit in place of FeelLimit."""
    if not takes_work(tree):
        return function

    def answer(*arguments: _P.args, **named: _P.kwargs) -> _R:
        try:
            return function(*arguments, **named)
        except FeelLimit as limit:
            raise CellLimit(limit.message, cell) from None

    return answer


def table_error(table: LinkedTable, limit: CellLimit) -> TableError:
    """The limit as an error of the table on a case."""
    place = cell_name(table.table.sheet, limit.cell.reference)
    reason = f'"{table.name}" has no value for this case: {place} reads "{limit.cell.text}": {limit.message}.'
    return TableError([problem(reason, decision=table.name, cell=place)])
