"""The page's workbooks as the tables that the program in it is installed with, compiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.page.contents import Contents
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.artefact import SUFFIX, Origin, dump
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.folder import COMPILED_FOLDER, DICTIONARY_NAME, INSTALLED_FOLDER
from dmn_dli.store.given import Given, dictionary_of
from dmn_dli.store.load import load_version

FOLDER = f"dmn_dli/{INSTALLED_FOLDER}"


def table_files(workbooks: Iterable[Given], contents: Contents) -> dict[str, bytes]:
    """The workbooks, their dictionary, and what they compile to, by paths beside the program's.

    Raises InputError where they do not go together in one folder.
    """
    given = [each for each in workbooks if not each.is_dictionary]
    books = _by_name(given)
    dictionary = _dictionary(given, contents)
    facts = hex_digest(dictionary) if dictionary else ""
    files = {f"{FOLDER}/{name}": data for name, data in books.items()}
    if dictionary is not None:
        files[f"{FOLDER}/{DICTIONARY_NAME}"] = dictionary
    for name, data in _compiled(given, contents, facts):
        files[f"{FOLDER}/{COMPILED_FOLDER}/{name}"] = data
    return files


def _by_name(given: Iterable[Given]) -> dict[str, bytes]:
    books: dict[str, bytes] = {}
    for each in given:
        if not _is_text(each.path.name):
            raise InputError(
                f'The name of "{each.shown}" is no text, which a page with an engine needs. '
                "--no-engine writes a page to read."
            )
        if each.path.name in books:
            raise InputError(
                f'Two workbooks are named "{each.path.name}"; in a page with an engine each has a name of '
                "its own. --no-engine writes a page to read."
            )
        books[each.path.name] = each.path.read_bytes()
    return books


def _is_text(name: str) -> bool:
    """Whether a file's name is more than bytes that mean no letters."""
    return not any("\ud800" <= each <= "\udfff" for each in name)


def _dictionary(given: Iterable[Given], contents: Contents) -> bytes | None:
    """The bytes of the dictionary that the workbooks share; None where each has its own."""
    found: dict[bytes, str] = {}
    for each, policy in zip(given, contents.policies, strict=True):
        place = dictionary_of(each)
        if policy.linked.workbook.dictionary is None and place.path.is_file():
            found.setdefault(place.path.read_bytes(), place.shown)
    if len(found) > 1:
        names = " and ".join(f'"{shown}"' for shown in found.values())
        raise InputError(
            f"The workbooks share no dictionary: {names} differ. --no-engine writes a page to read."
        )
    return next(iter(found), None)


def _compiled(given: Iterable[Given], contents: Contents, facts: str) -> Iterator[tuple[str, bytes]]:
    """The artefact of each workbook without errors, under the name by which it is found in the page."""
    for each, policy in zip(given, contents.policies, strict=True):
        version = load_version(each.path, linked=policy.linked)
        if isinstance(version, PolicyKernel):
            key = Origin(each.path.name, policy.linked.workbook.sha256, facts).key
            yield key + SUFFIX, dump(version.compiled, key)


def tables_in_page(workbooks: Iterable[Given]) -> Path:
    """What the page's session answers from: the folder of the tables, or the one workbook that was named.

    A draft is used where it is named, and not where its folder is.
    """
    named = [each for each in workbooks if not each.is_dictionary]
    return Path(FOLDER) / named[0].path.name if len(named) == 1 else Path(FOLDER)
