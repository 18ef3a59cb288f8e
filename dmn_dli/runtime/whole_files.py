"""Files that appear whole or not at all: the one way in which the program writes a file anew."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PREFIX, _SUFFIX = ".dmn-dli.", ".tmp"
_OWNER_ONLY = 0o600

_unfinished: set[Path] = set()
"""The temporary files of this process, for when it is told to end."""


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; else an older file of that name stays.

    A symbolic link is followed, and a file that is replaced keeps its mode and group. private: it is for
    the user alone, and takes the place of whatever bore its name. Raises OSError where it cannot be written.
    """
    target = path if private else _target(path)
    before = None if private else _state(target)
    temporary = target.with_name(f"{_PREFIX}{os.getpid()}.{os.urandom(6).hex()}{_SUFFIX}")
    # What is to be kept from others is so from its first byte on.
    first = _OWNER_ONLY if private or before is not None else 0o666
    _unfinished.add(temporary)
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, first)) as stream:
            if before is not None:
                _make_alike(temporary, before)
            yield stream
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
        _unfinished.discard(temporary)


def write_whole(data: bytes, path: Path, *, private: bool = False) -> None:
    """Write a file as `replacing` does. Raises OSError where it cannot be written."""
    with replacing(path, private=private) as stream:
        stream.write(data)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files as `replacing` does, all or none.

    Raises OSError where one of them cannot be written; those that were written then hold what they held.
    """
    before = {path: path.read_bytes() for path in files if path.exists()}
    try:
        with ExitStack() as written:
            for path, data in files.items():
                written.enter_context(replacing(path)).write(data)
    except OSError:
        for path in files:
            with suppress(OSError):
                if path not in before:
                    path.unlink(missing_ok=True)
                elif path.read_bytes() != before[path]:
                    write_whole(before[path], path)
        raise


def discard_unfinished() -> None:
    """Remove the temporary files of this process, which is about to end without unwinding."""
    for temporary in list(_unfinished):
        with suppress(OSError):
            temporary.unlink()


def strays(folder: Path, before: float) -> Iterator[Path]:
    """Temporary files in a folder that were last written before a time: their writers have died."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(FileNotFoundError):
            if path.stat(follow_symlinks=False).st_mtime < before:
                yield path


def _target(path: Path) -> Path:
    """The file that is meant, all links followed. Raises OSError for links that go round in a circle."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def _state(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _make_alike(temporary: Path, before: os.stat_result) -> None:
    """Give a file the group and the mode of the one that it will replace, as far as that is allowed."""
    mode = stat.S_IMODE(before.st_mode)
    made = temporary.stat()
    if hasattr(os, "chown") and (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        for owner in (before.st_uid, -1):
            with suppress(OSError):
                os.chown(temporary, owner, before.st_gid)
                break
        else:
            # What the old group might do, another group may do only if all may.
            mode = mode & ~0o070 | (mode & 0o007) << 3
    temporary.chmod(mode)
