"""Which layout a file has, and the workbook that is made of it."""

from __future__ import annotations

from attrs import evolve

from dmn_dli.excel.table import looks_like_table
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.interchange.layouts import camunda, drools, plain, pydmn
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.book import made_of
from dmn_dli.interchange.layouts.delimited import read_delimited
from dmn_dli.interchange.layouts.drafts import ForeignBook
from dmn_dli.interchange.layouts.grid import ForeignFile, looks
from dmn_dli.interchange.layouts.xls import SIGNATURE, read_xls
from dmn_dli.interchange.layouts.xlsx import read_xlsx
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.input_error import InputError

_TEXTS = (".csv", ".tsv", ".txt")


def opened(data: bytes, name: str) -> ForeignFile:
    """The file's sheets, by what its bytes are. Raises InputError where it is no spreadsheet that is read."""
    if not data:
        raise InputError(f"{name} is empty.")
    if data.startswith(SIGNATURE):
        return read_xls(data, name)
    if data.startswith(b"PK") or not name.lower().endswith(_TEXTS):
        return read_xlsx(data, name)
    return read_delimited(data, name)


def workbook_of(data: bytes, name: str, asked: Asked) -> ImportedBook:
    """The workbook that a spreadsheet of another layout becomes. Raises InputError, with the reason."""
    file = opened(data, name)
    book = _read(file, asked)
    said = [*file.guesses, *(each for grid in file.grids for each in looks(grid)), *book.guesses]
    return made_of(evolve(book, guesses=tuple(said)), name)


def _read(file: ForeignFile, asked: Asked) -> ForeignBook:
    if not any(grid.sheet.cells for grid in file.grids):
        raise InputError(f"{file.name} holds no value.")
    if _is_ours(file):
        raise InputError(f"{file.name} is a workbook of dmn-dli already; there is nothing to import.")
    if drools.is_drools(file):
        return drools.read_drools(file, asked)
    if pydmn.is_pydmn(file):
        return pydmn.read_pydmn(file, asked)
    if any(camunda.is_camunda(grid) for grid in file.grids):
        return camunda.read_camunda(file, asked)
    if any(plain.heading_row(grid) is not None for grid in file.grids):
        return plain.read_plain(file, asked)
    raise InputError(
        f"{file.name} has none of the layouts that are read. No cell says RuleTable, as Drools has it; no "
        "sheet is named Decision or Glossary, and no double line parts a table, as pyDMNrules has it; row 1 "
        "of no sheet says Input and Output, as Camunda's advanced layout has it; and no sheet begins with a "
        "row of two different headings or more, all text, side by side, with rules below."
    )


def _is_ours(file: ForeignFile) -> bool:
    named = {plain_word(grid.name) for grid in file.grids}
    return bool(named & {"policy", "facts"}) and any(
        looks_like_table(grid.sheet) or plain_word(grid.name) == "facts" for grid in file.grids
    )
