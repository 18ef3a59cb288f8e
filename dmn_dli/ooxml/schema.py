"""In which order a worksheet's elements stand, and how an element names a related part."""

from __future__ import annotations

from dmn_dli.ooxml.contents import RELATIONS_SPACE
from dmn_dli.ooxml.exact import Element

SHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    "extLst",
)
"""The elements of a worksheet's part in their order (18.3.1.99)."""


def related_id(element: Element) -> str:
    """The id of the relation that an element names (`r:id`); "" where it names none."""
    return element.get_in(RELATIONS_SPACE, "id")


def set_related_id(element: Element, relation: str) -> None:
    """Let an element name a relation, with the prefix that the part uses, or one of its own."""
    prefix = next(
        (each for each, space in element.namespaces.items() if each and space == RELATIONS_SPACE), ""
    )
    if not prefix:
        prefix = "r"
        element.set("xmlns:r", RELATIONS_SPACE)
        element.namespaces = {**element.namespaces, "r": RELATIONS_SPACE}
    element.set(f"{prefix}:id", relation)
