"""Cases on the first sheet of a workbook: a row for each below a row of headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.cases.entries import CasesFileError, Entry
from dmn_dli.cases.headed_rows import EMPTY, keys_of, unheaded, values_by_key
from dmn_dli.runtime.errors import Problem, problem

if TYPE_CHECKING:
    from dmn_dli.model.cell import Cell
    from dmn_dli.model.finding import Finding


def entries(path: Path) -> Iterator[Entry]:
    """The cases on the first sheet of a workbook.

    A formula, an error value or a percentage is a problem of its case. Raises CasesFileError for what is no
    workbook, for what is hidden, filtered out, struck through or merged,
    for an empty sheet and for repeated headings.
    """
    from dmn_dli.excel import WorkbookUnreadableError, read_rows

    try:
        rows = read_rows(path)
    except WorkbookUnreadableError as error:
        raise CasesFileError(_reasons(error.findings)) from error
    except OSError as error:
        raise CasesFileError("It cannot be opened.") from error
    if not rows:
        raise CasesFileError(EMPTY)
    keys = keys_of([cell.text for cell in rows[0]])
    return iter([_entry(keys, row) for row in rows[1:]])


def _reasons(findings: Iterable[Finding]) -> str:
    return " ".join(f"{each.place}: {each.text}" if each.place else each.text for each in findings)


def _entry(keys: Sequence[str], row: Sequence[Cell]) -> Entry:
    texts = ["" if _cell_problem(cell) else cell.text for cell in row]
    problems = [found for cell in row if (found := _cell_problem(cell))]
    problems += unheaded(keys, texts, f"Row {row[0].row}")
    return Entry(values_by_key(keys, texts), written=True, problems=tuple(problems))


def _cell_problem(cell: Cell) -> Problem | None:
    kind = cell.kind.value
    if kind == "formula":
        reason = "holds a formula; replace it with its value by Paste Special > Values."
    elif kind == "error":
        reason = f"holds the error value {cell.text}; type the value that belongs there."
    elif kind == "number" and "%" in cell.number_format:
        reason = "shows a percentage; format the cell as Text and type the number alone."
    else:
        return None
    return problem(f"The cell {cell.reference} {reason}", value=cell.text, cell=cell.reference)
