"""The dictionary that a folder's workbooks share: read, or said why it is not the one that they mean."""

from __future__ import annotations

import re
from pathlib import Path

from dmn_dli.excel import codes, read_dictionary
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.store.folder import (
    bundled_tables,
    dictionaries_in,
    dictionary_file,
    dictionary_objection,
    find_workbooks,
)

_LIKE_THE_DICTIONARY = re.compile(r"(copy of )?facts\b.*\.[a-z]+\Z", re.IGNORECASE)


def read_shared_dictionary(
    folder: Path, first: bytes | None = None
) -> tuple[Dictionary | None, tuple[Finding, ...]]:
    """The dictionary for a folder's workbooks without facts of their own, and what is wrong with it.

    first: its bytes where they have been read already.
    """
    path, objection = dictionary_file(folder), dictionary_objection(folder)
    if objection is not None:
        return None, (
            Finding(codes.NO_PLAIN_DICTIONARY, objection, codes.NO_PLAIN_DICTIONARY.remedy, file=str(path)),
        )
    return read_dictionary(path, first=first)


def borrowed(folder: Path, shown: str) -> Finding | None:
    """That a folder's workbooks rest on the bundled dictionary, and what may have been meant to be theirs.

    shown: the workbook that the finding is about, the first of them.
    """
    if dictionaries_in(folder) or folder.resolve() == bundled_tables().resolve():
        return None
    like = [path.name for path in find_workbooks(folder) if _LIKE_THE_DICTIONARY.match(path.name)]
    hint = f' If "{like[0]}" is the dictionary, rename it to facts.xlsx.' if like else ""
    return Finding(
        codes.BORROWED_DICTIONARY,
        "There is no facts.xlsx in the workbook's folder; its facts are those of the dictionary that comes "
        f"with dmn-dli.{hint}",
        codes.BORROWED_DICTIONARY.remedy,
        file=shown,
    )
