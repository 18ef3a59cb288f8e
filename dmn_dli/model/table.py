"""Decision tables as they stand in the sheet: cells with their places, nothing interpreted yet."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from dmn_dli.model.cell import Cell
from dmn_dli.runtime.hit_policy import HitPolicy


@frozen
class InputClause:
    """An `IF` column: the clause's cell (row 3), and row 4's cell of allowed values (None where blank)."""

    cell: Cell
    allowed: Cell | None = None


@frozen
class OutputClause:
    """A `THEN` column.

    name: as row 3 says, outer blanks dropped.
    values: row 4 without its default: allowed values in priority order as FEEL text, or one of the words
        `number`, `boolean`, `date`, `expression`; "" where blank (the column holds text).
    default: the text behind `default:` on row 4's last line; None where there is none.
    """

    name: str
    cell: Cell
    values: str = ""
    values_cell: Cell | None = None
    default: str | None = None


@frozen
class Annotation:
    """A `NOTE` column: its heading and where it stands."""

    name: str
    cell: Cell


@frozen
class Rule:
    """A row: cells in the order of the table's clauses; `retired` rules are kept and never evaluated."""

    id: str
    cell: Cell
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    annotations: tuple[Cell, ...] = ()
    retired: bool = False


@frozen
class DecisionTable:
    """A sheet that holds a decision table; `name` is the decision's (A1), `sheet` the tab's.

    of_model: whether it is a DMN model's, whose cells stand nowhere: messages call its parts by their names.
    """

    of_model: ClassVar[bool] = False

    name: str
    sheet: str
    question: str
    hit_policy: HitPolicy
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    annotations: tuple[Annotation, ...]
    rules: tuple[Rule, ...]

    def note(self, name: str) -> int | None:
        """Which of the annotations has a name, whatever its letter case; None where none has."""
        names = [annotation.name.strip().casefold() for annotation in self.annotations]
        return names.index(name.casefold()) if name.casefold() in names else None

    @property
    def next_row(self) -> int:
        """The first row below the rules, where a rule that is missing would stand."""
        return max([rule.cell.row for rule in self.rules], default=4) + 1

    @property
    def in_force(self) -> tuple[Rule, ...]:
        """The rules that are not retired."""
        return tuple(rule for rule in self.rules if not rule.retired)


@frozen
class ModelTable(DecisionTable):
    """A decision of a DMN model, laid out as a sheet would have it."""

    of_model: ClassVar[bool] = True


__all__ = [
    "Annotation",
    "DecisionTable",
    "HitPolicy",
    "InputClause",
    "ModelTable",
    "OutputClause",
    "Rule",
]
