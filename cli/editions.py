"""The two sides of a comparison: files, folders, and git revisions of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.cases.entries import why

from .outcome import CommandError
from .tables import choose_own_tables, workbooks_of

if TYPE_CHECKING:
    from dmn_dli.diff.edition import Edition
    from dmn_dli.store.revision import Revision

_RANGE = ".."

Editions = tuple["Edition", ...]


def two_sides(old: str, new: str | None, tables: Path | None) -> tuple[Editions, Editions]:
    """The editions of both sides.

    old, new: a path that exists, or a git revision; `old` may be a range of two (`main..`). A revision is
    that of the path which the other side names, else of `--tables` or ./tables; a missing side is the
    working tree. Raises CommandError.
    """
    ranged = _RANGE in old and not Path(old).exists()
    if ranged:
        first, _, second = old.partition(_RANGE)
        if new is not None and not Path(new).exists():
            raise CommandError(f'Behind the range "{old}" a path may stand; there is no "{new}".')
        scope = _scope(new, tables)
        return _side(first or "HEAD", scope), _side(second.removeprefix(".") or None, scope)
    if new is None:
        if Path(old).exists():
            raise CommandError(f'Compare "{old}" with what? Name another path, or a git revision.')
        scope = _scope(None, tables)
        return _side(old, scope), _side(None, scope)
    named = next((each for each in (new, old) if Path(each).exists()), None)
    sides = [
        _on_disk(Path(each)) if Path(each).exists() else _side(each, _scope(named, tables))
        for each in (old, new)
    ]
    return sides[0], sides[1]


def _scope(path: str | None, tables: Path | None) -> Path:
    """The file or folder whose revisions are meant."""
    found = Path(path) if path is not None else choose_own_tables(tables)
    if found is None:
        raise CommandError(
            "There is no ./tables with workbooks whose revisions could be meant: give --tables."
        )
    return found


def _side(shown: str | None, scope: Path) -> Editions:
    """The editions of a revision; without one those of the working tree."""
    if shown is None:
        return _on_disk(scope)
    from dmn_dli.store.revision import RevisionError, revision

    try:
        found = tuple(_at(revision(shown, scope if scope.is_dir() else scope.parent), scope))
    except RevisionError as error:
        raise CommandError(f'"{shown}" is neither a path nor a revision of "{scope}": {error}') from error
    if not found:
        raise CommandError(f'The revision "{shown}" holds no workbook at "{scope}".')
    return found


def _at(revision: Revision, scope: Path) -> Iterator[Edition]:
    from dmn_dli.diff.edition import Edition
    from dmn_dli.store.folder import DICTIONARY_NAME, is_workbook

    dictionary = revision.read(DICTIONARY_NAME)
    if dictionary is None:
        dictionary = _bundled_dictionary()
    for name in revision.names():
        if is_workbook(name) and (scope.is_dir() or name == scope.name):
            data = revision.read(name)
            assert data is not None, "git has what it lists"
            yield Edition(f"{revision.shown}:{(revision.folder / name).as_posix()}", name, data, dictionary)


def _on_disk(path: Path) -> Editions:
    from dmn_dli.diff.edition import Edition

    found = workbooks_of(path)
    if not found:
        raise CommandError(f'The folder "{path}" holds no workbook.')
    folder = found[0].parent
    try:
        dictionary = _dictionary(folder)
        return tuple(Edition(each.as_posix(), each.name, each.read_bytes(), dictionary) for each in found)
    except OSError as error:
        raise CommandError(f'"{path}" cannot be read: {why(error)}.') from error


def _dictionary(folder: Path) -> bytes:
    """The dictionary beside the workbooks, else the bundled one; nothing where there is none."""
    from dmn_dli.store.folder import dictionary_file

    file = dictionary_file(folder)
    return file.read_bytes() if file.is_file() else b""


def _bundled_dictionary() -> bytes:
    from dmn_dli.store.folder import DICTIONARY_NAME, bundled_tables

    return (bundled_tables() / DICTIONARY_NAME).read_bytes()
