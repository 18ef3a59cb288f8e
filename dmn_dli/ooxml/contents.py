"""The part of a workbook that names its sheets, and what all its sheets share."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.grid import Grid
from dmn_dli.ooxml.package import DECLARATION, TYPES, Package, Relation
from dmn_dli.ooxml.styles import BARE_STYLES, Styles
from dmn_dli.ooxml.texts import item_text

RELATIONS_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

WORKBOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews"),
    *("pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects"),
    "extLst",
)
"""The elements of a workbook's part in their order (18.2.27)."""

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Contents:
    """A file's parts, and those that every sheet needs: the workbook's own, styles, shared strings."""

    def __init__(self, data: bytes) -> None:
        """Raises BrokenBookError and LostPartsError as `EditedBook` does."""
        self.package = Package(data)
        self._grids: dict[str, Grid] = {}
        if self.package.find(TYPES) is None:
            raise BrokenBookError(f"The file lacks the part {TYPES}.")
        parts = self.package.related("", "officeDocument")
        if not parts:
            raise BrokenBookError("The file names no workbook.")
        self.part = parts[0]
        if self.root.local != "workbook" or self.root.space != MAIN_SPACE:
            raise BrokenBookError(f"The part {self.part} is no workbook.")

    @property
    def root(self) -> Element:
        """The root of the workbook's part."""
        return self.package.root(self.part)

    @property
    def sheets(self) -> list[Element]:
        """What the workbook says of each sheet, in the order of the tabs."""
        holder = self.root.find("sheets")
        return [] if holder is None else holder.find_all("sheet")

    def part_of(self, sheet: Element) -> str:
        """The part of a sheet. Raises BrokenBookError where the file holds none."""
        relation = self._relation(sheet)
        found = None if relation is None else self.package.find(relation.target)
        if found is None:
            raise BrokenBookError(f'The file lacks the part of the sheet "{sheet.get("name")}".')
        return found

    def is_worksheet(self, sheet: Element) -> bool:
        """Whether a sheet has cells; charts and dialogs on sheets of their own have none."""
        relation = self._relation(sheet)
        return relation is None or relation.kind == "worksheet"

    def _relation(self, sheet: Element) -> Relation | None:
        wanted = sheet.get_in(RELATIONS_SPACE, "id")
        return next((each for each in self.package.relations(self.part) if each.id == wanted), None)

    @cached_property
    def styles(self) -> Styles:
        """The styles; a part of them is made where the file has none."""
        parts = self.package.related(self.part, "styles")
        if parts:
            return Styles(self.package.root(parts[0]))
        name = self.package.find("xl/styles.xml") or "xl/styles.xml"
        self.package.put(name, (DECLARATION + BARE_STYLES).encode())
        self.package.relate(self.part, "styles", name)
        self.package.set_type(name, _STYLES_TYPE)
        return Styles(self.package.root(name))

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells share, by their numbers."""
        parts = self.package.related(self.part, "sharedStrings")
        return [item_text(item) for item in self.package.root(parts[0]).find_all("si")] if parts else []

    @property
    def epoch(self) -> datetime:
        """The day from which days are counted."""
        properties = self.root.find("workbookPr")
        counts_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        return MAC_EPOCH if counts_from_1904 else WINDOWS_EPOCH

    def grid(self, part: str) -> Grid:
        """The rows and cells of a worksheet's part: the same grid each time, which follows what it changes.

        Raises BrokenBookError for a part without rows, or with rows or cells out of their order.
        """
        data = self.package.root(part).find("sheetData")
        if data is None:
            raise BrokenBookError(f"The part {part} has no rows.")
        grid = self._grids.get(part)
        if grid is None or grid.data is not data:
            grid = self._grids[part] = Grid(data, part)
        return grid

    def drop_calculation_chain(self) -> None:
        """Take out the order in which formulas are reckoned, which Excel finds anew, once formulas move."""
        for name in self.package.related(self.part, "calcChain"):
            self.package.unrelate(self.part, name)
            self.package.remove(name)
