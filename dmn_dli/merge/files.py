"""The files that are merged, and the dictionary that belongs to them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.keeping.in_place import read_given
from dmn_dli.merge.checked import MergeResult, merge_checked
from dmn_dli.merge.merging import Merged, Version, merge_versions, version
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import dictionaries_in, dictionary_file
from dmn_dli.store.given import Given


def merge_files(
    base: Path | None, ours: Path, theirs: Path, *, output: Path, tables: Path | None = None
) -> MergeResult:
    """Merge three files and look at the whole as it would stand at `output`; nothing is written.

    tables: a folder, or a file in it, whose dictionary is meant. Raises InputError.
    """
    versions = read_versions(base, ours, theirs)
    beside = output.parent if tables is None else tables if tables.is_dir() else tables.parent
    folder = next((each for each in (beside, ours.parent) if dictionaries_in(each)), ours.parent)
    return merge_checked(*versions, name=output.name, dictionary=_dictionary(folder))


def merge_for_git(base: Path, ours: Path, theirs: Path, shown: str) -> Merged:
    """Merge three files by their structure alone, as git asks for one file of many.

    shown: the path of the merged file in the working tree, beside which the dictionary lies that OURS goes
    with. Raises InputError.
    """
    versions = read_versions(base, ours, theirs, shown)
    data = b""
    with suppress(InputError):  # git asks for the dictionary itself too, and is told then
        data = _dictionary(Path(shown).parent)
    dictionary = read_dictionary_bytes(data, shown, shown)[0] if data else None
    return merge_versions(*versions, dictionary=dictionary)


def read_versions(
    base: Path | None, ours: Path, theirs: Path, shown: str = ""
) -> tuple[Version, Version, Version]:
    """The three files; base: None, or a file without bytes, where both sides began with nothing.

    shown: what messages call all three, where their own names say nothing. Raises InputError, which tells of
    each file that cannot be read.
    """
    found: list[Version] = []
    wrong: list[str] = []
    for number, path in enumerate((base, ours, theirs)):
        nothing = path is None or path == Path(os.devnull)  # how git and others name a file that is not there
        try:
            data = b"" if path is None or nothing else read_given(Given(path, shown or str(path)))
            found.append(version(data, shown or str(path), may_be_empty=number == 0))
        except InputError as error:
            wrong.append(str(error))
    if wrong:
        raise InputError("\n".join(dict.fromkeys(wrong)))
    first, second, third = found
    return first, second, third


def _dictionary(folder: Path) -> bytes:
    """The dictionary of a folder, else the bundled one; nothing where there is none. Raises InputError."""
    file = dictionary_file(folder)
    return read_given(Given(file, str(file))) if file.exists() else b""
