"""What Excel stored in a cell: whether it can be a value of the column at all."""

from __future__ import annotations

from dmn_dli.feel import FeelType
from dmn_dli.linking import codes
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, CellKind


def reported(cell: Cell) -> bool:
    """Whether the reader has said already why a cell holds nothing to go by."""
    return cell.kind in (CellKind.BLANK, CellKind.FORMULA, CellKind.ERROR)


def kind_fits(cell: Cell, type_: FeelType, label: str, reporter: Reporter) -> bool:
    """Whether what Excel stored can be a value of the column; else a finding says what happened."""
    if reported(cell):
        return False
    match cell.kind:
        case CellKind.NUMBER if type_ not in (FeelType.NUMBER, FeelType.ANY):
            odd = "%" in cell.number_format or "E" in cell.number_format.upper().replace("GENERAL", "")
            code = codes.PERCENT_OR_EXPONENT if odd else codes.NUMBER_FOR_TEXT
            reporter.add(
                code, cell, f'The cell holds the number {cell.text}, but "{label}" holds {article(type_)}.'
            )
            return False
        case CellKind.NUMBER if "%" in cell.number_format:
            reporter.add(
                codes.PERCENT_NUMBER,
                cell,
                f"The cell is shown as a percentage, but what is read is {cell.text}.",
            )
        case CellKind.DATE | CellKind.TIME if not _temporal_fits(cell.kind, type_):
            reporter.add(
                codes.DATE_FOR_OTHER,
                cell,
                f'The cell holds the date or time {cell.text}, but "{label}" holds {article(type_)}; '
                "Excel may have made a date of something else.",
            )
            return False
        case CellKind.BOOLEAN if type_ not in (FeelType.BOOLEAN, FeelType.ANY):
            reporter.add(
                codes.BOOLEAN_FOR_OTHER,
                cell,
                f'The cell holds {cell.text.upper()}, but "{label}" holds {article(type_)}.',
            )
            return False
    return True


def article(type_: FeelType) -> str:
    """A type in the words of a message: `text`, `numbers`, `dates` ..."""
    return {
        FeelType.STRING: "text",
        FeelType.NUMBER: "numbers",
        FeelType.BOOLEAN: "true or false",
        FeelType.DATE: "dates",
    }.get(type_, f"values of the type {type_.name.lower().replace('_', ' ')}")


def due(type_: FeelType) -> str:
    """What a column's cells are expected to hold, as a message says it."""
    return {
        FeelType.STRING: "value of the column, nor a list with commas between its values",
        FeelType.BOOLEAN: "true or false",
        FeelType.NUMBER: "number, comparison or range",
        FeelType.DATE: "date such as 2025-02-12, nor a comparison with one",
    }.get(type_, "value or test")


def _temporal_fits(kind: CellKind, type_: FeelType) -> bool:
    if type_ is FeelType.ANY:
        return True
    if kind is CellKind.DATE:
        return type_ in (FeelType.DATE, FeelType.DATE_TIME)
    return type_ in (FeelType.TIME, FeelType.DATE_TIME)
