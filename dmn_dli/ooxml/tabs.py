"""The sheets of a workbook as wholes: which there are, in which order, under which names."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.ooxml.contents import MAIN_SPACE, RELATIONS_SPACE, WORKBOOK_ORDER, Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.mentions import Names, follow
from dmn_dli.ooxml.names import objection_to_name
from dmn_dli.ooxml.package import DECLARATION, Package, relations_part
from dmn_dli.ooxml.schema import SHEET_ORDER, set_related_id

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BARE_SHEET = f'<worksheet xmlns="{MAIN_SPACE}" xmlns:r="{RELATIONS_SPACE}"><sheetData/></worksheet>'
_VIEWS = ("workbookView",)


def check_name(contents: Contents, name: str, *, present: Element | None = None) -> None:
    """Raise ValueError for a name that Excel does not take, or that another sheet than `present` has."""
    objection = objection_to_name(name)
    if objection:
        raise ValueError(objection)
    for each in contents.sheets:
        if each is not present and each.get("name").casefold() == name.casefold():
            raise ValueError(f'The workbook has a sheet "{each.get("name")}" already.')


def add(contents: Contents, name: str, position: int | None, data: bytes | None = None) -> Element:
    """A new sheet at a place among the tabs, empty or of these bytes: what the workbook says of it."""
    check_name(contents, name)
    package = contents.package
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.put(part, (DECLARATION + _BARE_SHEET).encode() if data is None else data)
    package.set_type(part, _SHEET_TYPE)
    holder = contents.root.settle("sheets", WORKBOOK_ORDER)
    before = contents.sheets
    numbers = [int(each.get("sheetId", "0")) for each in before]
    made = holder.make("sheet", {"name": name, "sheetId": str(max([0, *numbers]) + 1)})
    set_related_id(made, package.relate(contents.part, "worksheet", part))
    follower = before[position] if position is not None and position < len(before) else None
    holder.put_before(made, follower)
    _renumber(contents, before)
    return made


def remove(contents: Contents, sheet: Element) -> None:
    """Take a worksheet out, with the parts that nothing else refers to and the names it defines."""
    before = contents.sheets
    part = contents.part_of(sheet)
    tables = {
        contents.package.root(each).get("displayName").casefold(): None
        for each in contents.package.related(part, "table")
    }
    if holds_formulas(contents.package.root(part)):
        contents.drop_calculation_chain()
    contents.package.unrelate(contents.part, part)
    _remove_with_orphans(contents.package, part)
    holder = contents.root.find("sheets")
    assert holder is not None
    holder.remove(sheet)
    _renumber(contents, before)
    follow(contents, Names({sheet.get("name").casefold(): None}, tables))


def rename(contents: Contents, sheet: Element, name: str) -> None:
    """Give a sheet another name; formulas, defined names, charts and links that speak of it follow."""
    old = sheet.get("name")
    if old == name:
        return
    check_name(contents, name, present=sheet)
    sheet.set("name", name)
    follow(contents, Names({old.casefold(): name}, {}))
    _drop_titles(contents)


def order(contents: Contents, names: Sequence[str]) -> None:
    """Bring the sheets into this order. Raises ValueError where it does not hold each name once."""
    before = contents.sheets
    if sorted(names) != sorted(each.get("name") for each in before):
        raise ValueError("The order of the sheets must name each of them once.")
    by_name = {each.get("name"): each for each in before}
    holder = contents.root.find("sheets")
    assert holder is not None
    places = [at for at, each in enumerate(holder.inside) if any(each is sheet for sheet in before)]
    for at, name in zip(places, names, strict=True):
        holder.inside[at] = by_name[name]
    _renumber(contents, before)


def choose(contents: Contents, sheet: Element) -> None:
    """Make a sheet the one that is in front when the file is opened, and the only one that is chosen."""
    at = next(number for number, each in enumerate(contents.sheets) if each is sheet)
    views = contents.root.settle("bookViews", WORKBOOK_ORDER)
    view = views.settle("workbookView", _VIEWS)
    _set_tab(view, "activeTab", at)
    _set_tab(view, "firstSheet", min(at, int(view.get("firstSheet", "0"))))
    for each in contents.sheets:
        root = contents.package.root(contents.part_of(each))
        shown = root.settle("sheetViews", SHEET_ORDER) if each is sheet else root.find("sheetViews")
        if shown is None:
            continue
        if each is sheet and not shown.elements:
            shown.append(shown.make("sheetView", {"workbookViewId": "0"}))
        for found in shown.find_all("sheetView"):
            if (found.get("tabSelected") in ("1", "true")) != (each is sheet):
                found.set("tabSelected", "1" if each is sheet else None)


def holds_formulas(root: Element) -> bool:
    """Whether a cell of a worksheet holds a formula."""
    return any(each.local == "f" and each.space == root.space for each in root.walk())


def _renumber(contents: Contents, before: Sequence[Element]) -> None:
    """Let what counts sheets by their places, which were these, follow them to where they are now."""
    now = contents.sheets
    if len(now) == len(before) and all(one is other for one, other in zip(before, now, strict=True)):
        return
    places = {old: new for old, one in enumerate(before) for new, other in enumerate(now) if one is other}
    defined = contents.root.find("definedNames")
    for name in [] if defined is None else defined.find_all("definedName"):
        local = name.get("localSheetId")
        if local and int(local) in places:
            name.set("localSheetId", str(places[int(local)]))
        elif local and defined is not None:
            defined.remove(name)
    if defined is not None and not defined.elements:
        contents.root.remove(defined)
    views = contents.root.find("bookViews")
    for view in [] if views is None else views.find_all("workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            at = int(view.get(attribute, "0"))
            _set_tab(view, attribute, places.get(at, max(0, min(at, len(now) - 1))))
    _drop_titles(contents)


def _set_tab(view: Element, attribute: str, at: int) -> None:
    """Let a view name another tab; the first is the one that is meant where none is named."""
    if int(view.get(attribute, "0")) != at:
        view.set(attribute, str(at) if at else None)


def _drop_titles(contents: Contents) -> None:
    """Take out the list of sheets and names in the file's properties, which Excel writes anew."""
    for part in contents.package.related("", "extended-properties"):
        root = contents.package.root(part)
        for name in ("HeadingPairs", "TitlesOfParts"):
            found = root.find(name)
            if found is not None:
                root.remove(found)


def _remove_with_orphans(package: Package, part: str) -> None:
    """Take a part out, and the parts that it alone refers to."""
    targets = [each.target for each in package.relations(part) if not each.external]
    package.remove(part)
    for target in dict.fromkeys(targets):
        found = package.find(target)
        if found is not None and not _is_mentioned(package, found):
            _remove_with_orphans(package, found)


def _is_mentioned(package: Package, part: str) -> bool:
    return any(
        not relation.external and relation.target.lower() == part.lower()
        for source in ("", *package.names)
        if package.find(relations_part(source)) is not None
        for relation in package.relations(source)
    )
