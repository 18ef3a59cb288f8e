"""Every place of a file that names a sheet or a formatted table: formulas, defined names, links, charts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from dmn_dli.ooxml.contents import Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.names import with_columns, with_names
from dmn_dli.ooxml.vml import drawing_root

_FORMULAS = frozenset(
    {
        *("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"),
        *("totalsRowFormula", "FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup", "FmlaPict"),
    }
)
"""Elements whose text is a formula: of sheets, x14 formats, charts, tables, controls of old drawings."""

_FORMULA_ATTRIBUTES = (
    *("location", "textlink", "fmlaLink", "fmlaRange", "fmlaTxbx", "linkedCell", "listFillRange"),
)
_NAMES_SHEET = ("worksheetSource", "dataRef", "rangeSet")
"""Elements whose attribute `sheet` is a sheet's name as such: sources of pivot tables, consolidations."""

_WITHOUT_MENTIONS = re.compile(
    r"(^|/)(sharedStrings|styles|theme\d*|comments?\d*|threadedComments?\d*|persons?\d*|calcChain)\.xml$"
)
_WORD = re.compile(r"[A-Za-z0-9]+")


@frozen
class Names:
    """Other names for sheets and tables, by the old ones' casefolded; None for those that are gone."""

    sheets: Mapping[str, str | None]
    tables: Mapping[str, str | None]

    def may_stand_in(self, data: bytes) -> bool:
        """Whether a part may mention one of them; only then is it worth to be read."""
        lowered = data.lower()
        words = [max(_WORD.findall(name), key=len, default="") for name in (*self.sheets, *self.tables)]
        return any(word.lower().encode() in lowered for word in words)


def follow(contents: Contents, names: Names, parts: Iterable[str] | None = None) -> None:
    """Let everything that mentions these sheets and tables use the new names.

    parts: where it is looked for; None: everywhere.
    """
    for element in _mentioning(contents, names, parts):
        change_formulas(element, lambda formula: with_names(formula, names.sheets, names.tables))
        if element.local in _NAMES_SHEET:
            new = names.sheets.get(element.get("sheet").casefold())
            if new is not None:
                element.set("sheet", new)
        elif element.local == "Relationship" and element.get("Target").startswith("#"):
            element.set("Target", "#" + with_names(element.get("Target")[1:], names.sheets))


def follow_columns(contents: Contents, table: str, columns: Mapping[str, str | None]) -> None:
    """Let formulas use other names for the columns of a formatted table; None for those that are gone.

    columns: the new names by the old ones' casefolded.
    """
    for element in _mentioning(contents, Names({}, {table.casefold(): table})):
        change_formulas(element, lambda formula: with_columns(formula, table, columns))


def _mentioning(contents: Contents, names: Names, parts: Iterable[str] | None = None) -> Iterator[Element]:
    """The elements of all parts that may mention one of these names."""
    package = contents.package
    for part in package.names if parts is None else parts:
        read = part.lower().startswith("xl/") and part.lower().endswith((".xml", ".vml", ".rels"))
        if read and not _WITHOUT_MENTIONS.search(part) and names.may_stand_in(package.read(part)):
            yield from drawing_root(package, part).walk()


def change_formulas(element: Element, change: Callable[[str], str]) -> None:
    """Pass the formulas that an element itself holds through a function."""
    if element.local in _FORMULAS:
        formula = element.text
        changed = change(formula) if formula else formula
        if changed != formula:
            element.set_text(changed)
    for attribute in _FORMULA_ATTRIBUTES:
        formula = element.get(attribute)
        if formula:
            element.set(attribute, change(formula))
