"""Files that are made anew: never over one that is there, and all of them or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.runtime.input_error import InputError, why

from .outcome import DONE
from .output import open_output, say, write_bytes

if TYPE_CHECKING:
    from dmn_dli.keeping.new.file import NewFile


def write_new(folder: Path, files: Sequence[NewFile]) -> int:
    """Write files that are not there yet, all or none, and say so. Raises InputError."""
    paths = make_new(folder, files)
    for file in files:
        for remark in file.remarks:
            say(remark)
    with open_output(None, "text") as stream:
        stream.writelines(f"{path}\n" for path in paths)
    return DONE


def make_new(folder: Path, files: Sequence[NewFile]) -> list[Path]:
    """Write files that are not there yet, all or none; gives their paths. Raises InputError."""
    paths = [folder / file.name for file in files]
    taken = [str(path) for path in paths if _exists(path)]
    if taken:
        raise InputError(f"Nothing was written, since there is already: {', '.join(taken)}.")
    made: list[Path] = []
    folders: list[Path] = []
    try:
        for path, file in zip(paths, files, strict=True):
            folders += _make_folder(path.parent)
            write_bytes(path, file.data)
            made.append(path)
    except InputError:
        for path in made:
            path.unlink()
        for path in reversed(folders):
            path.rmdir()
        raise
    return paths


def _exists(path: Path) -> bool:
    """Whether there is a file of this name, in any letter case, be it a link that leads nowhere."""
    try:
        names = {each.casefold() for each in os.listdir(path.parent)}  # noqa: PTH208 - names are enough
    except OSError:
        return os.path.lexists(path)
    return path.name.casefold() in names


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it; gives those that were not there. Raises InputError."""
    missing = [each for each in (*reversed(folder.parents), folder) if not each.exists()]
    blocked = next((each for each in (folder, *folder.parents) if each.is_file()), None)
    if blocked is not None:
        raise InputError(f'"{folder}" cannot be made, for "{blocked}" is a file.')
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f'The folder "{folder}" cannot be made: {why(error)}.') from error
    return missing
