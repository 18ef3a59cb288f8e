"""Where the reader is, so that every finding names its file, sheet, cell and decision."""

from __future__ import annotations

from attrs import evolve, frozen

from dmn_dli.excel import codes
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.repair import repair_blanks, repair_text, trim


@frozen
class Place:
    """A file as given on the command line, and within it a sheet and a decision."""

    file: str
    sheet: str = ""
    decision: str = ""

    def finding(
        self,
        code: Code,
        message: str,
        cell: Cell | str = "",
        *,
        remedy: str = "",
        rules: tuple[str, ...] = (),
    ) -> Finding:
        """A finding here; the code's own remedy unless a closer one is given."""
        return Finding(
            code=code,
            message=message,
            remedy=remedy or code.remedy,
            file=self.file,
            sheet=self.sheet,
            cell=cell.reference if isinstance(cell, Cell) else cell,
            decision=self.decision,
            rules=rules,
        )

    def repaired(self, cell: Cell, found: list[Finding]) -> Cell:
        """An expression's, test's or name's cell in plain characters; a repair is added to `found`."""
        return self._with_text(cell, repair_text(cell.text), found)

    def repaired_blanks(self, cell: Cell, found: list[Finding]) -> Cell:
        """The cell with plain single blanks, for an id, whose other characters are its own."""
        return self._with_text(cell, repair_blanks(cell.text), found)

    def _with_text(self, cell: Cell, repair: tuple[str, tuple[str, ...]], found: list[Finding]) -> Cell:
        text, repairs = repair
        if not repairs or cell.kind is not CellKind.TEXT:
            return cell
        found.append(
            self.finding(codes.REPAIRED, f'Found {", ".join(repairs)}; the cell was read as "{text}".', cell)
        )
        return evolve(cell, text=text)


def short(text: str) -> str:
    """As much of a text as a message can bear."""
    return text if len(text) <= 80 else text[:77] + "..."


def trimmed(cell: Cell) -> Cell:
    """The cell with every character but outer blanks."""
    return evolve(cell, text=trim(cell.text))
