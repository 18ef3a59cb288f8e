"""A finding that somebody has accepted, with who, why and for how long."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from dmn_dli.model.cell import Cell


@frozen
class Waiver:
    """A row of the Accepted sheet.

    code: of the finding; where: the place as written.
    until: the last day on which the finding is accepted; None: without end.
    cell: the row's cell that holds the code.
    sheet, target, rule: the place as it is understood. `sheet` is "" for the workbook as a whole; `target`
        a cell such as `B7`, `rule` a rule's id; both "" where the whole sheet is meant.
    as_it_stood: what was accepted, one or more texts of `waivers.as_it_stands`; "" where nobody noted it.
    """

    code: str
    where: str
    why: str
    who: str
    until: date | None
    cell: Cell
    sheet: str = ""
    target: str = ""
    rule: str = ""
    as_it_stood: str = ""
