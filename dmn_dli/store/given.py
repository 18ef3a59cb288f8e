"""The workbooks that paths mean, shown as the person who gave them wrote them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.folder import (
    FOREIGN_ENDINGS,
    MODEL_ENDING,
    dictionaries_in,
    dictionary_file,
    find_tables,
    find_workbooks,
    is_dictionary,
    is_model,
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

    @property
    def is_model(self) -> bool:
        """Whether it is a DMN model."""
        return is_model(self.path.name)


def workbooks_of(path: Path, *, models: bool = False) -> tuple[Path, ...]:
    """The workbooks of a folder, or the file itself; models: its DMN models too.

    Raises InputError where the folder cannot be read.
    """
    if not path.is_dir():
        return (path,)
    try:
        return find_tables(path) if models else find_workbooks(path)
    except OSError as error:
        raise InputError(f'The folder "{path}" cannot be read: {why(error)}.') from error


def workbooks_at(places: Sequence[str], *, models: bool = False) -> tuple[Given, ...]:
    """The workbooks at these paths, those of folders by name and their dictionary last.

    models: whether DMN models are meant too; else one that is named is refused, and those of folders are left
    out. Raises InputError for a folder without a workbook, and for one that cannot be read.
    """
    found: dict[Path, Given] = {}
    for place in places:
        folder = Path(place).is_dir()
        if not (folder or models) and is_model(place):
            raise InputError(workbooks_only(place))
        inside = _inside(place, models=models) if folder else [Given(Path(place), place)]
        if not inside:
            raise InputError(
                f'The folder "{place}" holds no workbook{" and no DMN model" if models else ""}.'
            )
        for each in inside:
            found.setdefault(each.path.absolute(), each)
    return tuple(found.values())


def workbooks_only(place: str) -> str:
    """That a model cannot be used where a workbook is expected, and what to do about it."""
    return (
        f'"{place}" is a DMN model, and this command takes workbooks only; '
        f"`dmn-dli import {place} --output DIR` makes a workbook of it."
    )


def _inside(folder: str, *, models: bool) -> list[Given]:
    paths = (*workbooks_of(Path(folder), models=models), *dictionaries_in(Path(folder)))
    return [Given(path, os.path.join(folder, path.name)) for path in paths]  # noqa: PTH118 - a path as it was written, `./` included


def files_read(place: Path) -> tuple[Path, ...]:
    """The files that are read where this path is given: a folder's workbooks, with a workbook its dictionary.

    Without whatever cannot be looked at.
    """
    try:
        inside = list(place.iterdir()) if place.is_dir() else [place]
    except OSError:
        return ()
    readable = (".xlsx", MODEL_ENDING, *FOREIGN_ENDINGS)
    files = [path for path in inside if path == place or path.name.lower().endswith(readable)]
    folders = {path.parent for path in files if is_workbook(path.name)}
    return (*files, *(dictionary_file(folder) for folder in folders))


def dictionary_of(workbook: Given) -> Given:
    """The dictionary that a workbook without a Facts sheet shares."""
    path = dictionary_file(workbook.path.parent)
    beside = path.parent == workbook.path.parent
    return Given(path, workbook.shown.removesuffix(workbook.path.name) + path.name if beside else path.name)
