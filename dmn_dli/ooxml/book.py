"""A whole workbook while it is being changed."""

from __future__ import annotations

from dmn_dli.ooxml import tabs
from dmn_dli.ooxml.bare import bare_book
from dmn_dli.ooxml.contents import Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.formatted_tables import settle_headings
from dmn_dli.ooxml.imports import import_sheet
from dmn_dli.ooxml.properties import set_property
from dmn_dli.ooxml.sheet import EditedSheet


class EditedBook:
    """An xlsx file while it is being changed: parts that nobody touches stay byte for byte.

    Cells that are written hold their text inline, so that the part of shared strings stays as it is.
    """

    def __init__(self, data: bytes) -> None:
        """Take a file's bytes, which the archive's own checks have passed (`excel.archive.objection_to`).

        Raises LostPartsError where the file holds what a change would spoil (a digital signature, say), and
        BrokenBookError where a part is not well-formed or lacks what an xlsx must have.
        """
        self._contents = Contents(data)
        self._sheets: dict[int, EditedSheet] = {}

    @classmethod
    def empty(cls) -> EditedBook:
        """A workbook of no sheets yet, with the parts that every xlsx has; the same bytes each time."""
        return cls(bare_book())

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The sheets' names in the order of their tabs, chart sheets among them."""
        return tuple(sheet.get("name") for sheet in self._contents.sheets)

    @property
    def worksheet_names(self) -> tuple[str, ...]:
        """Those of the sheets that have cells: neither charts nor dialogs on sheets of their own."""
        contents = self._contents
        return tuple(each.get("name") for each in contents.sheets if contents.is_worksheet(each))

    def sheet(self, name: str) -> EditedSheet:
        """The worksheet of that name. Raises KeyError where there is none."""
        entry = _entry(self._contents, name)
        return self._sheets.setdefault(id(entry), EditedSheet(self._contents, entry))

    def add_sheet(self, name: str, position: int | None = None) -> EditedSheet:
        """An empty worksheet at that place among the tabs (0-based; None: the last).

        Raises ValueError for a name that is taken (without letter case) or that Excel does not take.
        """
        tabs.add(self._contents, name, position)
        return self.sheet(name)

    def import_sheet(self, other: EditedBook, name: str, position: int | None = None) -> EditedSheet:
        """A copy of another workbook's worksheet: cells, styles, notes, widths, dropdowns, formats, pictures.

        Its shared strings become inline ones; names that it defines for itself (print titles) come with it.
        Pivot tables and slicers, which hang on the whole of their workbook, stay behind; their cells come.
        Raises KeyError where there is no such worksheet, ValueError where the name is taken.
        """
        source = other._contents
        import_sheet(self._contents, source, _entry(source, name), position)
        return self.sheet(name)

    def remove_sheet(self, name: str) -> None:
        """Take a worksheet out, with the parts that nothing else refers to and the names it defines.

        What speaks of it says `#REF!`, as in Excel. Raises KeyError where there is no such worksheet.
        """
        tabs.remove(self._contents, _entry(self._contents, name))

    def rename_sheet(self, old: str, new: str) -> None:
        """Give a worksheet another name; formulas, defined names and links that speak of it follow.

        Raises KeyError where there is no such worksheet, ValueError as `add_sheet`.
        """
        tabs.rename(self._contents, _entry(self._contents, old), new)

    def order_sheets(self, names: tuple[str, ...]) -> None:
        """Bring the tabs into this order, which holds each name once; else ValueError is raised."""
        tabs.order(self._contents, names)

    def choose_sheet(self, name: str) -> None:
        """Make a worksheet the one that is open when the file is opened."""
        tabs.choose(self._contents, _entry(self._contents, name))

    def set_property(self, name: str, text: str) -> None:
        """Let the file have a property of its own (Excel: File, Info, Properties, Custom)."""
        set_property(self._contents, name, text)

    def data(self) -> bytes:
        """The file's bytes: the very bytes that were given where nothing changed; else a function of both."""
        settle_headings(self._contents)
        return self._contents.package.data()


def _entry(contents: Contents, name: str) -> Element:
    """What a workbook says of the worksheet of that name. Raises KeyError where there is none."""
    for entry in contents.sheets:
        if entry.get("name") == name and contents.is_worksheet(entry):
            return entry
    raise KeyError(name)
