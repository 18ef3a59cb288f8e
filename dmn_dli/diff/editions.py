"""The two sides of a comparison: files, folders, and git revisions of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from dmn_dli.diff.edition import Edition, ModelEdition
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.folder import DICTIONARY_NAME, bundled_tables, dictionary_file, is_model, is_workbook
from dmn_dli.store.given import workbooks_of
from dmn_dli.store.models import models_beside
from dmn_dli.store.revision import Revision, RevisionError, revision

_RANGE = ".."

Editions = tuple[Edition, ...]


def two_sides(old: str, new: str | None, tables: Callable[[], Path]) -> tuple[Editions, Editions]:
    """The editions of both sides.

    old, new: a path that exists, or a git revision; `old` may be a range of two (`main..`). A revision is
    that of the path which the other side names, else of `tables()`, which is asked for only then; a missing
    side is the working tree. At one of two revisions a folder may have held no workbook yet. Raises
    InputError.
    """
    sides = _named(old, new, tables)
    if not any(sides):
        raise InputError(f'"{old}" names two revisions, and neither holds a workbook.')
    return sides


def _named(old: str, new: str | None, tables: Callable[[], Path]) -> tuple[Editions, Editions]:
    ranged = _RANGE in old and not Path(old).exists()
    if ranged:
        first, _, second = old.partition(_RANGE)
        if new is not None and not Path(new).exists():
            raise InputError(f'Behind the range "{old}" a path may stand; there is no "{new}".')
        scope = tables() if new is None else Path(new)
        return _side(first or "HEAD", scope), _side(second.removeprefix(".") or None, scope)
    if new is None:
        if Path(old).exists():
            raise InputError(f'Compare "{old}" with what? Name another path, or a git revision.')
        scope = tables()
        return _side(old, scope), _side(None, scope)
    named = [Path(each) for each in (new, old) if Path(each).exists()]
    sides = [
        _on_disk(Path(each)) if Path(each).exists() else _side(each, named[0] if named else tables())
        for each in (old, new)
    ]
    return sides[0], sides[1]


def _side(shown: str | None, scope: Path) -> Editions:
    """The editions of a revision; without one those of the working tree."""
    if shown is None:
        return _on_disk(scope)
    try:
        found = tuple(_at(revision(shown, scope if scope.is_dir() else scope.parent), scope))
    except RevisionError as error:
        raise InputError(f'"{shown}" is neither a path nor a revision of "{scope}": {error}') from error
    if not found and not scope.is_dir():
        raise InputError(f'The revision "{shown}" holds no workbook at "{scope}".')
    return found


def _at(revision: Revision, scope: Path) -> Iterator[Edition]:
    dictionary = revision.read(DICTIONARY_NAME)
    if dictionary is None:
        dictionary = (bundled_tables() / DICTIONARY_NAME).read_bytes()
    for name in revision.names():
        if (is_workbook(name) or is_model(name)) and (scope.is_dir() or name == scope.name):
            data = revision.read(name)
            assert data is not None, "git has what it lists"
            shown = f"{revision.shown}:{(revision.folder / name).as_posix()}"
            if is_model(name):
                yield ModelEdition(shown, name, data, b"", partial(_models_of, revision, name))
            else:
                yield Edition(shown, name, data, dictionary)


def _models_of(revision: Revision, name: str) -> dict[str, bytes]:
    """The models of a revision that lie beside one."""
    others = [each for each in revision.names() if is_model(each) and each != name]
    return {each: data for each in others if (data := revision.read(each)) is not None}


def _on_disk(path: Path) -> Editions:
    found = workbooks_of(path, models=True)
    if not found:
        raise InputError(f'The folder "{path}" holds no workbook and no DMN model.')
    folder = found[0].parent
    try:
        file = dictionary_file(folder)
        # The bundled one may be missing too.
        dictionary = read_within(file, WORKBOOK_BYTES) if file.is_file() else b""
        read = [(each, read_within(each, WORKBOOK_BYTES)) for each in found]
        return tuple(
            ModelEdition(each.as_posix(), each.name, data, b"", partial(models_beside, each))
            if is_model(each.name)
            else Edition(each.as_posix(), each.name, data, dictionary)
            for each, data in read
        )
    except OSError as error:
        raise InputError(f'"{path}" cannot be read: {why(error)}.') from error
