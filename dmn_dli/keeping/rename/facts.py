"""Where facts stand by their names and labels: the dictionary, clauses, expressions, cells and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dmn_dli.cases.columns import CaseColumn, Role, folded_names, read_columns
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.feel.syntax import Span
from dmn_dli.keeping.rename.cells import Edit, Speller, change, respelt, whole
from dmn_dli.keeping.rename.data import Change, Subject
from dmn_dli.keeping.rename.reading import Passage, Reading, assumed
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.words import folded

_LINES, _PARTS = re.compile(r"[^\n]+"), re.compile(r"[^,;\n]+")


def fact_speller(fact: Fact, subject: Subject, new: str) -> Speller:
    """Spells a fact's name or its label anew; where a text spells the other of the two, it stays.

    A spelling that fits both in other letter case is the label's, as people write it.
    """

    def spell(name: str, text: str) -> str | None:
        if name != fact.name:
            return None
        spelt = folded(text)
        if subject is Subject.FACT:
            named = text == fact.name or (spelt == folded(fact.name) and spelt != folded(fact.label))
        else:
            named = text != fact.name and spelt == folded(fact.label)
        return new if named else None

    return spell


def fact_changes(reading: Reading, fact: Fact, speller: Speller) -> Iterator[Change]:
    """The cells of a workbook that name a fact."""
    yield from respelt(reading.shown, reading.sheets, reading.passages, speller)
    cases = reading.workbook.cases
    if cases is None:
        return
    sheet = reading.sheets[cases.sheet]
    for position, column in enumerate(case_columns(reading)):
        text = column.heading.text
        if column.role is Role.FACT and column.name == fact.name:
            new = speller(fact.name, text)
            if new is not None:
                yield from change(reading.shown, sheet, column.heading, text, [(Span(0, len(text)), new)])
        elif column.role is Role.MISSING:
            names = folded_names(reading.dictionary.facts)
            for cell in (row.values[position] for row in cases.rows):
                edits = list(_listed(cell.text, names, speller))
                yield from change(reading.shown, sheet, cell, cell.text, edits)


def case_columns(reading: Reading) -> tuple[CaseColumn, ...]:
    """The columns of the workbook's Cases sheet."""
    tables = [table.name for table in reading.workbook.tables]
    return read_columns(reading.workbook, reading.dictionary.facts, tables)


def _listed(text: str, names: Mapping[str, str], speller: Speller) -> Iterator[Edit]:
    """The facts that an expectation of missing facts lists, a line each or parted by commas."""
    for line in _LINES.finditer(text):
        entire = plain_word(line[0]) in names
        for part in [line] if entire else _PARTS.finditer(text, *line.span()):
            word = part[0].strip()
            known = names.get(plain_word(word))
            new = None if known is None else speller(known, word)
            if new is not None:
                start = part.start() + part[0].index(word)
                yield Span(start, start + len(word)), new


def dictionary_changes(
    file: str, sheets: Mapping[str, Sheet], dictionary: Dictionary, fact: Fact, subject: Subject, new: str
) -> Iterator[Change]:
    """The cells of a dictionary that name a fact: its own, and those of the assumptions beside it."""
    sheet = sheets[dictionary.sheet]
    cell = fact_cell(sheet, fact, subject.value)
    if cell is not None:
        yield from whole(file, sheet, cell, new)
    yield from respelt(file, sheets, beside(dictionary), fact_speller(fact, subject, new))


def beside(dictionary: Dictionary) -> Iterator[Passage]:
    """The assumptions that a shared dictionary holds."""
    return assumed(dictionary.assumptions, dictionary)


def fact_cell(sheet: Sheet, fact: Fact, heading: str) -> Cell | None:
    """The cell of a fact's row under a heading; None where the sheet has no such column."""
    for cell in read_headings(sheet, Place(""), []):
        if plain_word(cell.text) == heading:
            return sheet.at(fact.row, cell.column)
    return None
