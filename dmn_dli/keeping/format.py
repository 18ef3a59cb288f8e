"""Workbooks and dictionaries brought into the house style, in place, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from dmn_dli.excel import WorkbookUnreadableError
from dmn_dli.keeping.house_style import Left, Restated, Restyled, restyled
from dmn_dli.keeping.in_place import NOTHING_CHANGED, Change, read_given, write_changes
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Severity
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.given import Given, dictionary_of
from dmn_dli.store.shared import SharedDictionary


@frozen
class FormattedFile:
    """What came of a file.

    file: its path as given. changed: whether it was not in the house style before. restated: row 4 of facts'
    clauses, the only values that change. left: sheets and columns that were not understood, and stay.
    """

    file: str
    changed: bool
    restated: tuple[Restated, ...] = ()
    left: tuple[Left, ...] = ()


def format_files(workbooks: Sequence[Given], *, check: bool) -> tuple[FormattedFile, ...]:
    """Bring the files into the house style with the words of their dictionaries; check: write nothing.

    Raises InputError, with every file that cannot be read or written, and writes none of them then.
    """
    dictionaries: dict[Path, SharedDictionary] = {}
    formatted: list[FormattedFile] = []
    changes: list[Change] = []
    problems: list[str] = []
    for given in workbooks:
        folder = given.path.parent
        if folder not in dictionaries:
            dictionaries[folder] = SharedDictionary(folder)
        try:
            before = read_given(given)
            styled = _styled(given, before, dictionaries[folder])
        except InputError as error:
            problems.append(str(error))
            continue
        formatted.append(FormattedFile(given.shown, styled.changed, styled.restated, styled.left))
        if styled.changed:
            changes.append(Change(given, before, styled.data))
    if problems:
        raise InputError("\n".join([*dict.fromkeys(problems), NOTHING_CHANGED]))
    if not check:
        write_changes(tuple(changes))
    return tuple(formatted)


def _styled(given: Given, data: bytes, shared: SharedDictionary) -> Restyled:
    try:
        return restyled(data, lambda: _dictionary(given, shared), given.path.name)
    except (WorkbookUnreadableError, BrokenBookError, LostPartsError) as error:
        raise InputError(f'"{given.shown}" is left as it is: {error}') from error


def _dictionary(given: Given, shared: SharedDictionary) -> Dictionary | None:
    """The dictionary that a workbook shares. Raises InputError where there is one that cannot be read."""
    if given.is_dictionary:
        return None
    try:
        dictionary, findings = shared.read
    except FileNotFoundError:
        return None
    errors = [finding for finding in findings if finding.code.severity is Severity.ERROR]
    if dictionary is None and errors:
        said = " ".join(finding.text for finding in errors)
        shown = dictionary_of(given).shown  # the same for all workbooks beside it, and told once
        raise InputError(f'"{shown}", whose words the workbooks are to have, cannot be read: {said}')
    return dictionary
