"""The Facts sheet: the dictionary of facts that the tables speak about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dmn_dli.excel import codes
from dmn_dli.excel.hazards import merge_hazards, value_hazards
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import DICTIONARY_TYPES, FACT_HEADINGS, Changeable, Dictionary, Fact, FactType
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.nearest import did_you_mean, nearest

_TYPES = {fact_type.value: fact_type for fact_type in DICTIONARY_TYPES}
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_CHANGEABLE = {
    "yes": Changeable.YES,
    "true": Changeable.YES,
    "no": Changeable.NO,
    "false": Changeable.NO,
    "request": Changeable.REQUEST,
}
_NEEDED = ("fact", "type")
_OPTIONAL = tuple(heading for heading in FACT_HEADINGS if heading not in _NEEDED)
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def read_facts(sheet: Sheet, place: Place, name: str, sha256: str) -> tuple[Dictionary | None, list[Finding]]:
    """The dictionary with what is wrong with it; None where no row is a fact.

    name, sha256: of the file, for the dictionary. A fact whose type is not known is taken for the nearest
    type, so that the tables that use it can be looked at all the same.
    """
    found: list[Finding] = []
    columns = {plain_word(cell.text): cell.column for cell in read_headings(sheet, place, found)}
    found.extend(_misspelt_headings(sheet, columns, place))
    missing = [heading for heading in _NEEDED if heading not in columns]
    for heading in missing:
        near = nearest(heading, columns)
        hint = f' The heading "{near}" is like it.' if near else ""
        message = f'The Facts sheet has no column "{heading}".{hint}'
        found.append(place.finding(codes.FACT_COLUMN, message, "A1"))
    whole = Area(1, 1, max(sheet.last_row, 1), max(columns.values(), default=1))
    found.extend(value_hazards(sheet, place, sheet.used(whole)))
    found.extend(merge_hazards(sheet, place, whole))
    if missing:
        return None, found
    rows = (_FactRow(sheet, place, columns, row) for row in sheet.rows if row > 1)
    facts = [fact for row in rows if (fact := row.read(found)) is not None]
    if not facts:
        found.append(place.finding(codes.NO_FACTS, "The Facts sheet has no fact below its headings.", "A2"))
        return None, found
    found.extend(_duplicates(facts, columns, place))
    return Dictionary(tuple(facts), name, sheet.name, sha256), found


def _misspelt_headings(sheet: Sheet, columns: dict[str, int], place: Place) -> Iterator[Finding]:
    """Further columns are free, but one that is nearly a known heading was meant to be read."""
    absent = [heading for heading in _OPTIONAL if heading not in columns]
    for heading, column in columns.items():
        meant = nearest(heading, absent) if heading not in FACT_HEADINGS else None
        if meant is not None:
            message = f'The column "{heading}" is not read. Did you mean "{meant}"?'
            yield place.finding(codes.FACT_HEADING, message, sheet.at(1, column))


class _FactRow:
    """One row of the sheet, its cells by their headings."""

    def __init__(self, sheet: Sheet, place: Place, columns: dict[str, int], row: int) -> None:
        self._sheet, self._place, self._columns, self._row = sheet, place, columns, row

    def read(self, found: list[Finding]) -> Fact | None:
        """The fact; None where the row names none (in a further column, only a remark may stand)."""
        if all(self._cell(heading).blank for heading in ("fact", "label", "type", "allowed values")):
            return None
        name = self._place.repaired(self._cell("fact"), found)
        if not SNAKE_CASE.fullmatch(name.text):
            read = f'"{name.text}"' if name.text else "nothing"
            message = f"The fact's name is {read}; small letters, digits and _ are expected, as in donor_age."
            found.append(self._place.finding(codes.FACT_NAME, message, name))
            if name.blank:
                return None
        label = self._place.repaired(self._cell("label"), found)
        if label.blank:
            message = f"The fact {name.text} has no label, the name that people read."
            found.append(self._place.finding(codes.FACT_INCOMPLETE, message, label))
        allowed = self._cell("allowed values")
        return Fact(
            name=name.text,
            label=label.text or name.text,
            type=self._type(name.text, found),
            allowed=None if allowed.blank else self._place.repaired(allowed, found),
            unit=trimmed(self._cell("unit")).text,
            nullable=self._nullable(name.text, found),
            question=trimmed(self._cell("question")).text,
            description=trimmed(self._cell("description")).text,
            changeable=self._changeable(name.text, found),
            row=self._row,
        )

    def _cell(self, heading: str) -> Cell:
        column = self._columns.get(heading)
        return Cell(self._row, 1) if column is None else self._sheet.at(self._row, column)

    def _type(self, name: str, found: list[Finding]) -> FactType:
        cell = self._cell("type")
        word = plain_word(cell.text)
        if word in _TYPES:
            return _TYPES[word]
        read = f'"{cell.text}"' if cell.text else "nothing"
        message = f"The type of {name} is {read}; one of {', '.join(_TYPES)} is expected."
        hint = did_you_mean(word, _TYPES)
        found.append(self._place.finding(codes.FACT_TYPE, message + hint, cell))
        return _TYPES[nearest(word, _TYPES) or FactType.STRING.value]

    def _nullable(self, name: str, found: list[Finding]) -> bool:
        """Whether the cell says Yes; No where it is blank."""
        cell = self._cell("nullable")
        word = plain_word(cell.text)
        if word and word not in _YES_NO:
            message = f'Nullable of {name} is "{cell.text}"; Yes or No is expected.'
            found.append(self._place.finding(codes.NULLABLE, message, cell))
        return _YES_NO.get(word, False)

    def _changeable(self, name: str, found: list[Finding]) -> Changeable | None:
        """What the cell says; a word that is none is taken for the nearest, None where it is blank."""
        cell = self._cell("changeable")
        word = plain_word(cell.text)
        if word and word not in _CHANGEABLE:
            message = f'Changeable of {name} is "{cell.text}"; Yes, No or request is expected.'
            words = (each.value for each in Changeable)
            found.append(self._place.finding(codes.CHANGEABLE, message + did_you_mean(word, words), cell))
        return _CHANGEABLE.get(word if word in _CHANGEABLE else nearest(word, _CHANGEABLE) or "")


def _duplicates(facts: Iterable[Fact], columns: dict[str, int], place: Place) -> Iterator[Finding]:
    """Facts with the name or label of an earlier one."""
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        for heading, text in (("fact", fact.name), ("label", fact.label)):
            first = seen.setdefault((heading, text.casefold()), fact)
            if first is not fact and heading in columns:
                cell = Cell(fact.row, columns[heading])
                message = f'The {heading} "{text}" stands in row {first.row} already.'
                yield place.finding(codes.DUPLICATE_FACT, message, cell)
