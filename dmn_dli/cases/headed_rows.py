"""What formats with rows below headings share: headings as keys, and values that have none."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.runtime.errors import Problem, problem
from dmn_dli.runtime.scalars import reported

OWN = ("case_id", "payer")
"""The keys of a case that are no facts."""

EMPTY = "It is empty; a row of headings, and a row for each case below it, are expected."


def keys_of(headings: Sequence[str]) -> list[str]:
    """The headings as keys; our own in small letters. Raises CasesFileError where one stands there twice."""
    keys = [" ".join(heading.split()) for heading in headings]
    keys = [key.casefold() if key.casefold() in OWN else key for key in keys]
    refuse_repeated(keys)
    return keys


def refuse_repeated(keys: Sequence[str]) -> None:
    """Raise CasesFileError where two columns have one name, letter case aside."""
    seen: set[str] = set()
    for key in keys:
        if key and key.casefold() in seen:
            raise CasesFileError(f'The heading "{key}" stands there twice; rename or delete one column.')
        seen.add(key.casefold())


def values_by_key(keys: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The values of a row that stand below a heading."""
    return {key: text for key, text in zip(keys, row, strict=False) if key}


def unheaded(keys: Sequence[str], row: Sequence[str], place: str) -> tuple[Problem, ...]:
    """A problem for each value of a row that stands below none."""
    return tuple(
        problem(f'{place} holds "{reported(text)}" in column {number}, which has no heading.', value=text)
        for number, (key, text) in enumerate(zip(keys, row, strict=False), 1)
        if not key and text.strip()
    )
