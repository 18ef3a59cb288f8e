"""The workbooks that paths on the command line mean, as the person who typed them wrote them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dmn_dli.store.folder import DICTIONARY_NAME, dictionary_file

from .outcome import CommandError
from .tables import choose_own_tables, workbooks_of


class Given(NamedTuple):
    """A workbook; `shown` is its path as given on the command line."""

    path: Path
    shown: str

    @property
    def is_dictionary(self) -> bool:
        """Whether it is the dictionary that a folder's workbooks share."""
        return self.path.name.lower() == DICTIONARY_NAME


def given_workbooks(paths: Sequence[str], tables: Path | None) -> tuple[Given, ...]:
    """The workbooks at these paths, those of folders by name; without paths those of `tables` or `./tables`.

    A folder's own dictionary is among them, last. Raises CommandError where there is none.
    """
    return workbooks_at(given_places(paths, tables))


def given_places(paths: Sequence[str], tables: Path | None) -> tuple[str, ...]:
    """The paths, or else the place that is meant where none is named, which is said on standard error.

    Raises CommandError where there is none.
    """
    if paths:
        return tuple(paths)
    own = choose_own_tables(tables)
    if own is None:
        raise CommandError(
            "There is no workbook to look at: name workbooks or folders, or give --tables; "
            "there is no ./tables with workbooks."
        )
    return (str(own),)


def workbooks_at(places: Sequence[str]) -> tuple[Given, ...]:
    """The workbooks at these places, as `given_workbooks` says."""
    found: dict[Path, Given] = {}
    for place in places:
        inside = _inside(place) if Path(place).is_dir() else [Given(Path(place), place)]
        if not inside:
            raise CommandError(f'The folder "{place}" holds no workbook.')
        for each in inside:
            found.setdefault(each.path.absolute(), each)
    return tuple(found.values())


def _inside(folder: str) -> list[Given]:
    workbooks = [Given(path, os.path.join(folder, path.name)) for path in workbooks_of(Path(folder))]  # noqa: PTH118 - a path as it was written, `./` included
    dictionary = Path(folder) / DICTIONARY_NAME
    if dictionary.is_file():
        workbooks.append(Given(dictionary, os.path.join(folder, DICTIONARY_NAME)))  # noqa: PTH118 - as above
    return workbooks


def dictionary_of(workbook: Given) -> Given:
    """The dictionary that a workbook without a Facts sheet shares."""
    path = dictionary_file(workbook.path.parent)
    beside = path.parent == workbook.path.parent
    return Given(path, workbook.shown.removesuffix(workbook.path.name) + path.name if beside else path.name)
