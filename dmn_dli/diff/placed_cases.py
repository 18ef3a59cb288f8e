"""The cases that are put to both sides of a change: of files and as mappings, each with where it stands."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, check_case_file, given_case, read_case_file
from dmn_dli.runtime.input_error import InputError

GIVEN = "the cases given"
"""What stands for a file's name where a case is given as a mapping."""


class PlacedCase(NamedTuple):
    """A case with its file, and which of the file's cases it is."""

    file: str
    row: int
    case: Case


def placed_cases(
    sources: Iterable[str | os.PathLike[str] | Mapping[str, Any]], aside: Collection[str]
) -> Iterator[PlacedCase]:
    """The cases of these files, and those that are given as mappings, one after the other.

    aside: keys whose values are no facts. Raises InputError for a file that cannot be read.
    """
    numbers, given = count(1), count(1)
    for source in sources:
        if isinstance(source, Mapping):
            yield PlacedCase(GIVEN, next(given), given_case(source, next(numbers), aside))
            continue
        name = os.fspath(source)
        check_case_file(name)
        try:
            for row, case in enumerate(read_case_file(name, numbers, aside), 1):
                yield PlacedCase(name, row, case)
        except CasesFileError as error:
            raise InputError(f'"{name}" cannot be used. {error}') from error
