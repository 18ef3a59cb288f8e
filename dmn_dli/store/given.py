"""The workbooks that paths mean, shown as the person who gave them wrote them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.folder import (
    FOREIGN_ENDINGS,
    dictionaries_in,
    dictionary_file,
    find_workbooks,
    is_dictionary,
    is_workbook,
)


class Given(NamedTuple):
    """A workbook; `shown` is its path as it was given."""

    path: Path
    shown: str

    @property
    def is_dictionary(self) -> bool:
        """Whether it is the dictionary that a folder's workbooks share."""
        return is_dictionary(self.path.name)


def workbooks_of(path: Path) -> tuple[Path, ...]:
    """The workbooks of a folder, or the file itself. Raises InputError where the folder cannot be read."""
    if not path.is_dir():
        return (path,)
    try:
        return find_workbooks(path)
    except OSError as error:
        raise InputError(f'The folder "{path}" cannot be read: {why(error)}.') from error


def workbooks_at(places: Sequence[str]) -> tuple[Given, ...]:
    """The workbooks at these paths, those of folders by name and their dictionary last.

    Raises InputError for a folder without a workbook, and for one that cannot be read.
    """
    found: dict[Path, Given] = {}
    for place in places:
        inside = _inside(place) if Path(place).is_dir() else [Given(Path(place), place)]
        if not inside:
            raise InputError(f'The folder "{place}" holds no workbook.')
        for each in inside:
            found.setdefault(each.path.absolute(), each)
    return tuple(found.values())


def _inside(folder: str) -> list[Given]:
    paths = (*workbooks_of(Path(folder)), *dictionaries_in(Path(folder)))
    return [Given(path, os.path.join(folder, path.name)) for path in paths]  # noqa: PTH118 - a path as it was written, `./` included


def files_read(place: Path) -> tuple[Path, ...]:
    """The files that are read where this path is given: a folder's workbooks, with a workbook its dictionary.

    Without whatever cannot be looked at.
    """
    try:
        inside = list(place.iterdir()) if place.is_dir() else [place]
    except OSError:
        return ()
    readable = (".xlsx", *FOREIGN_ENDINGS)
    files = [path for path in inside if path == place or path.name.lower().endswith(readable)]
    folders = {path.parent for path in files if is_workbook(path.name)}
    return (*files, *(dictionary_file(folder) for folder in folders))


def dictionary_of(workbook: Given) -> Given:
    """The dictionary that a workbook without a Facts sheet shares."""
    path = dictionary_file(workbook.path.parent)
    beside = path.parent == workbook.path.parent
    return Given(path, workbook.shown.removesuffix(workbook.path.name) + path.name if beside else path.name)
