"""Collects findings about one sheet, so that every problem of a file comes out in one run."""

from __future__ import annotations

from attrs import define, field

from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding


@define
class Reporter:
    """Takes down findings; `file`, `sheet` and `decision` go into each."""

    file: str
    sheet: str
    decision: str = ""
    findings: list[Finding] = field(factory=list)

    def add(
        self, code: Code, cell: Cell | None, message: str, remedy: str = "", rules: tuple[str, ...] = ()
    ) -> None:
        """Take down one finding; without a remedy of its own it has the code's."""
        self.findings.append(
            Finding(
                code=code,
                message=message,
                remedy=remedy or code.remedy,
                file=self.file,
                sheet=self.sheet,
                cell=cell.reference if cell else "",
                decision=self.decision,
                rules=rules,
            )
        )
