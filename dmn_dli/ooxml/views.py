"""What stays in sight of a sheet, its tab, its merges and its links (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.ooxml.contents import RELATIONS_SPACE
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.places import area_of, reference_of, written_area
from dmn_dli.ooxml.printing import PROPERTIES_ORDER
from dmn_dli.ooxml.schema import SHEET_ORDER
from dmn_dli.ooxml.shifting import Place
from dmn_dli.ooxml.texts import written_text

_VIEW_ORDER = ("pane", "selection", "pivotSelection", "extLst")


def freeze(root: Element, rows: int, columns: int) -> None:
    """Keep rows and columns of a sheet in sight; 0 and 0 for none."""
    if not rows and not columns and root.find("sheetViews") is None:
        return
    for view in _views(root):
        if _frozen(view) != (rows, columns):
            _freeze(view, rows, columns)


def show_grid(root: Element, *, shown: bool) -> None:
    """Show or hide the lines between a sheet's cells."""
    if shown and root.find("sheetViews") is None:
        return
    for view in _views(root):
        if (view.get("showGridLines", "1") in ("1", "true")) != shown:
            view.set("showGridLines", None if shown else "0")


def _views(root: Element) -> list[Element]:
    """How windows show a sheet; one is made where none is told."""
    holder = root.settle("sheetViews", SHEET_ORDER)
    if not holder.elements:
        holder.append(holder.make("sheetView", {"workbookViewId": "0"}))
    return holder.find_all("sheetView")


def _frozen(view: Element) -> Place | None:
    """How many rows and columns of a view stay; None where it is split without being frozen."""
    pane = view.find("pane")
    if pane is None:
        return (0, 0)
    if pane.get("state") not in ("frozen", "frozenSplit"):
        return None
    return int(float(pane.get("ySplit", "0"))), int(float(pane.get("xSplit", "0")))


def _freeze(view: Element, rows: int, columns: int) -> None:
    chosen = view.find_all("selection")
    for each in [*view.find_all("pane"), *chosen]:
        view.remove(each)
    # A view that was scrolled shows the beginning again, whose rows are frozen.
    view.set("topLeftCell", None)
    if not rows and not columns:
        return
    panes = [*(["topRight"] if columns else []), *(["bottomLeft"] if rows else [])]
    panes += ["bottomRight"] if rows and columns else []
    first = reference_of(rows + 1, columns + 1)
    pane = view.settle("pane", _VIEW_ORDER)
    for name, value in (("xSplit", columns), ("ySplit", rows)):
        if value:
            pane.set(name, str(value))
    for name, text in (("topLeftCell", first), ("activePane", panes[-1]), ("state", "frozen")):
        pane.set(name, text)
    for name in reversed(panes):
        attributes = {"pane": name, "activeCell": first, "sqref": first}
        made = view.make("selection", attributes if name == panes[-1] else {"pane": name})
        view.put_in_order(made, _VIEW_ORDER)


def colour_tab(root: Element, colour: str) -> None:
    """Give a sheet's tab a colour, `RRGGBB`."""
    properties = root.settle("sheetPr", SHEET_ORDER)
    present = properties.find("tabColor")
    if present is not None and present.get("rgb")[-6:].upper() == colour.upper() and not present.get("tint"):
        return
    if present is not None:
        properties.remove(present)
    properties.settle("tabColor", PROPERTIES_ORDER).set("rgb", "FF" + colour.upper())


def merges(root: Element) -> tuple[str, ...]:
    """The merged areas of a sheet."""
    holder = root.find("mergeCells")
    return () if holder is None else tuple(each.get("ref") for each in holder.find_all("mergeCell"))


def merge(root: Element, reference: str) -> None:
    """Merge an area; those that meet it are taken apart. Raises ValueError for what is no area."""
    area = area_of(reference)
    if area is None or (area.top, area.left) == (area.bottom, area.right):
        raise ValueError(f"{reference} is no area that can be merged.")
    if written_area(area) in merges(root):
        return
    for other in merges(root):
        present = area_of(other)
        if present is not None and present.meets(area):
            unmerge(root, other)
    holder = root.settle("mergeCells", SHEET_ORDER)
    holder.append(holder.make("mergeCell", {"ref": written_area(area)}))
    holder.set("count", str(len(holder.elements)))


def unmerge(root: Element, reference: str) -> None:
    """Take a merged area apart; nothing where it is none."""
    holder = root.find("mergeCells")
    for each in [] if holder is None else holder.find_all("mergeCell"):
        if holder is not None and area_of(each.get("ref")) == area_of(reference):
            holder.remove(each)
            holder.set("count", str(len(holder.elements)))
    if holder is not None and not holder.elements:
        root.remove(holder)


def links(root: Element, locations: Mapping[Place, str], tooltip: str) -> None:
    """Let clicks on cells of a sheet lead to places in the workbook."""
    if not locations:
        return
    holder = root.settle("hyperlinks", SHEET_ORDER)
    present = {each.get("ref"): each for each in reversed(holder.elements)}
    for place, location in locations.items():
        reference = reference_of(*place)
        link = present.get(reference)
        if link is None:
            link = present[reference] = holder.append(holder.make("hyperlink", {"ref": reference}))
        link.set("location", location)
        link.set("tooltip", written_text(tooltip) or None)
        for name in list(link.attributes):
            prefix, _, local = name.rpartition(":")
            if local == "id" and link.namespaces.get(prefix) == RELATIONS_SPACE:
                link.set(name, None)
