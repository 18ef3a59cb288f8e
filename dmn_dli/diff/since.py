"""What changed in a number of workbooks and folders since an older side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dmn_dli.diff.edition import Edition
from dmn_dli.diff.editions import Editions, two_sides
from dmn_dli.diff.version_difference import Match, VersionDifference, folder_difference
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import is_dictionary

_RANGE = ".."


def differences_since(old: str, places: Sequence[str]) -> tuple[VersionDifference, ...]:
    """What differs from the older side to the workbooks that stand at these paths now.

    old: a path that exists, or a git revision (`main`, `main..`), which is that of each path. What a folder
    no longer holds is removed; a workbook that is named alone says nothing of others. Raises InputError.
    """
    revision = old if Path(old).exists() else _revision(old)
    sides = [
        two_sides(revision, place, lambda place=place: Path(place))  # type: ignore[misc]
        for place in places
        if not is_dictionary(Path(place).name)
    ]
    found = folder_difference(_once(before for before, _ in sides), _once(now for _, now in sides))
    if any(Path(place).is_dir() for place in places):
        return found
    return tuple(each for each in found if each.match is not Match.REMOVED)


def _revision(old: str) -> str:
    """The revision of a range that ends with what stands there now. Raises InputError for any other range."""
    first, dots, second = old.partition(_RANGE)
    if second.removeprefix("."):
        raise InputError(
            f'"{old}" names two revisions, and a page shows the workbooks as they are now: name one.'
        )
    return (first or "HEAD") if dots else old


def _once(sides: Iterable[Editions]) -> Editions:
    """The editions of all sides, each once."""
    found: dict[str, Edition] = {}
    for side in sides:
        for each in side:
            found.setdefault(each.shown, each)
    return tuple(found.values())
