"""Workbooks as files for other tools: each read, linked and written as a DMN model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from attrs import frozen

from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.workbook import open_package
from dmn_dli.model.finding import Finding, errors
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, further_package, why
from dmn_dli.store.compile import link_file
from dmn_dli.store.given import Given
from dmn_dli.store.shared import SharedDictionary

VERSIONS = ("1.5", "1.3")
"""Of DMN: the latest that is written, and the one that most editors read."""

ENDING = ".dmn"


@frozen
class Exported:
    """A file for another tool; workbook: that of which it was made, as it was given."""

    workbook: str
    name: str
    data: bytes


@frozen
class NotExported:
    """A workbook that has errors, or a text that the other format cannot hold."""

    workbook: str
    findings: tuple[Finding, ...]


def export_dmn(workbooks: Sequence[Given], version: str = "1.5") -> Iterator[Exported | NotExported]:
    """A DMN model of each workbook, in their order, dictionaries left out: `molina-2025-02-12.dmn`.

    Raises InputError where there is no workbook, one cannot be read, or lxml is not installed.
    """
    _require_lxml()
    chosen = [each for each in workbooks if not each.is_dictionary]
    if not chosen:
        raise InputError("There is no workbook to export: a dictionary of facts decides nothing.")
    shared: dict[Path, SharedDictionary] = {}
    for each in chosen:
        folder = each.path.parent
        yield _exported(each, shared.setdefault(folder, SharedDictionary(folder)), version)


def _exported(given: Given, shared: SharedDictionary, version: str) -> Exported | NotExported:
    from dmn_dli.interchange.dmn.from_policy.model import definitions_of
    from dmn_dli.interchange.dmn.write import Unwritable, model_xml

    data = _read(given.path, given.shown)
    linked = link_file(given.path, given.shown, first=data, shared=shared)
    wrong = errors(linked.findings)
    package, _ = open_package(data, given.path.name, Place(given.shown))
    if wrong or package is None:
        return NotExported(given.shown, wrong)
    dictionary = None if linked.workbook.dictionary else shared.data
    facts = package.sheets if dictionary is None else _sheets(dictionary)
    named = next((sheet for sheet in facts if plain_word(sheet.name) == "facts"), None)
    try:
        written = model_xml(definitions_of(linked, package, named, version=version), version)
    except Unwritable as error:
        return NotExported(given.shown, error.findings)
    return Exported(given.shown, PurePath(given.path.name).stem + ENDING, written)


def _sheets(dictionary: bytes) -> tuple[Sheet, ...]:
    package, _ = open_package(dictionary, "facts.xlsx", Place("facts.xlsx"))
    return package.sheets if package is not None else ()


def _read(path: Path, shown: str) -> bytes:
    try:
        return read_within(path, WORKBOOK_BYTES)
    except OSError as error:
        raise InputError(f'"{shown}" cannot be read: {why(error)}.') from error


def _require_lxml() -> None:
    try:
        import lxml.etree  # noqa: F401 - asked whether it is there
    except ImportError as error:
        raise InputError(f"Writing DMN {further_package('dmn')}.") from error
