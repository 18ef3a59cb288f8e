"""A worksheet of one workbook in another, with all that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dmn_dli.ooxml import tabs
from dmn_dli.ooxml.contents import WORKBOOK_ORDER, Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.foreign_looks import ForeignLooks, adopted
from dmn_dli.ooxml.mentions import Names, follow
from dmn_dli.ooxml.part_copies import PartCopies
from dmn_dli.ooxml.schema import related_id

_PERSON_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_DAYS_BETWEEN = 1462
"""Days between the two calendars by which Excel counts."""

_OF_A_VALUE = ("cm", "vm")
"""What a cell says of its value in a part that the whole workbook shares."""

_NUMBER = re.compile(r"\d+(\.\d*)?")


def import_sheet(to: Contents, source: Contents, sheet: Element, position: int | None) -> Element:
    """A copy of another workbook's worksheet at a place among the tabs: what the workbook says of it.

    Raises ValueError where there is a sheet of that name already.
    """
    part = source.part_of(sheet)
    made = tabs.add(to, sheet.get("name"), position, source.package.read(part))
    if sheet.get("state"):
        made.set("state", sheet.get("state"))
    copy = to.part_of(made)
    copies = PartCopies(source.package, to.package, {part: copy})
    copies.copy_related(part, copy)
    root = to.package.root(copy)
    looks = ForeignLooks(to.styles, source.styles)
    _follow_calendar(root, to, source, looks)
    _inline_strings(root, source)
    for each in (copy, *to.package.related(copy, "table")):
        looks.follow(to.package.root(each))
    _leave_behind(root, copies.left_behind)
    _name_tables(to, copy, copies.names.values())
    _copy_names(to, source, sheet, made)
    _copy_persons(to, source, copy)
    if tabs.holds_formulas(root):
        to.drop_calculation_chain()
    return made


def _inline_strings(root: Element, source: Contents) -> None:
    """Let cells hold the texts, with the looks of their pieces, that they shared with others."""
    parts = source.package.related(source.part, "sharedStrings")
    shared = source.package.root(parts[0]).find_all("si") if parts else []
    for cell in _cells(root):
        for name in _OF_A_VALUE:
            cell.set(name, None)
        value = cell.find("v")
        if cell.get("t") == "s" and value is not None:
            number = int(value.text) if value.text.strip().isdigit() else -1
            item = cell.make("is")
            for each in shared[number].elements if 0 <= number < len(shared) else ():
                item.append(adopted(item, each))
            cell.set("t", "inlineStr")
            cell.replace(value, item)


def _follow_calendar(root: Element, to: Contents, source: Contents, looks: ForeignLooks) -> None:
    """Let days be the same days where the two workbooks count them from another one."""
    if to.epoch == source.epoch:
        return
    further = _DAYS_BETWEEN if to.epoch < source.epoch else -_DAYS_BETWEEN
    for cell in _cells(root):
        value = cell.find("v")
        if value is None or cell.get("t", "n") != "n" or not looks.is_day(cell.get("s", "0")):
            continue
        if _NUMBER.fullmatch(value.text):
            whole, point, rest = value.text.partition(".")
            value.set_text(f"{int(whole) + further}{point}{rest}")


def _cells(root: Element) -> Iterable[Element]:
    data = root.find("sheetData")
    for row in [] if data is None else data.find_all("row"):
        yield from row.find_all("c")


def _leave_behind(root: Element, relations: set[str]) -> None:
    """Take out what names a part that has not come along; no other sheet of a book is chosen than before."""
    views = root.find("sheetViews")
    for view in [] if views is None else views.find_all("sheetView"):
        if view.get("tabSelected"):
            view.set("tabSelected", None)
    extensions = root.find("extLst")
    for holder in [root, *([] if extensions is None else [extensions])]:
        for each in holder.elements:
            if each is not extensions and any(related_id(inner) in relations for inner in each.walk()):
                holder.remove(each)
    if extensions is not None and not extensions.elements:
        root.remove(extensions)


def _name_tables(to: Contents, sheet: str, copied: Iterable[str]) -> None:
    """Give formatted tables numbers and names that no other has; the sheet's formulas follow."""
    tables = to.package.related(sheet, "table")
    if not tables:
        return
    others = [
        to.package.root(part)
        for each in to.sheets
        for part in to.package.related(to.part_of(each), "table")
        if part not in tables
    ]
    taken = {each.get("displayName").casefold() for each in others} | _defined(to)
    numbers = [int(each.get("id", "0")) for each in others]
    renamed: dict[str, str | None] = {}
    for part in tables:
        root = to.package.root(part)
        numbers.append(max([0, *numbers]) + 1)
        root.set("id", str(numbers[-1]))
        for each in root.walk():
            for attribute in [name for name in each.attributes if name.endswith("CellStyle")]:
                each.set(attribute, None)  # a style of cells that only its own workbook names
        old = root.get("displayName")
        names = (old, *(f"{old}_{number}" for number in range(2, len(taken) + 3)))
        name = next(each for each in names if each.casefold() not in taken)
        taken.add(name.casefold())
        if name != old:
            renamed[old.casefold()] = name
            root.set("displayName", name)
            root.set("name", name)
    if renamed:
        follow(to, Names({}, renamed), list(copied))


def _defined(to: Contents) -> set[str]:
    names = to.root.find("definedNames")
    return set() if names is None else {each.get("name").casefold() for each in names.elements}


def _copy_names(to: Contents, source: Contents, sheet: Element, made: Element) -> None:
    """Take over the names that a sheet defines for itself, such as its print titles."""
    defined = source.root.find("definedNames")
    at = next(number for number, each in enumerate(source.sheets) if each is sheet)
    now = next(number for number, each in enumerate(to.sheets) if each is made)
    for each in [] if defined is None else defined.find_all("definedName"):
        if each.get("localSheetId") == str(at):
            holder = to.root.settle("definedNames", WORKBOOK_ORDER)
            copy = adopted(holder, each)
            copy.set("localSheetId", str(now))
            holder.append(copy)


def _copy_persons(to: Contents, source: Contents, sheet: str) -> None:
    """Take over who speaks in the threaded comments of a sheet."""
    speaking = {
        each.get("personId")
        for part in to.package.related(sheet, "threadedComment")
        for each in to.package.root(part).elements
    }
    for part in source.package.related(source.part, "person") if speaking else ():
        present = to.package.related(to.part, "person")
        if not present:
            copy = PartCopies(source.package, to.package).copy(part)
            to.package.relate(to.part, _PERSON_KIND, copy)
            continue
        root = to.package.root(present[0])
        known = {each.get("id") for each in root.elements}
        for person in source.package.root(part).elements:
            if person.get("id") in speaking - known:
                root.append(adopted(root, person))
