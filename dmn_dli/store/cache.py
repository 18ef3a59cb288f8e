"""Where artefacts are kept and found, and which of them are believed.

Those inside an installed package are trusted as its code is. In the user's cache an artefact counts only if
folder and file are the user's own and nobody else's to write, if its seal was made with the secret that lies
in the folder, and if the digests in it are those of the workbook and the dictionary at hand. Else it is as
good as none. Where nothing can be written, nothing is.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.whole_files import strays, write_whole
from dmn_dli.store.artefact import SUFFIX, Origin, dump, parse
from dmn_dli.store.folder import COMPILED_FOLDER, installed_tables

FOLDER_VARIABLE = "DMN_DLI_CACHE"
SECRET_NAME = "secret"  # noqa: S105 - a file's name

_SECRET_BYTES = 32
_OTHERS_MAY_WRITE = 0o022
_KEEP = 256
"""How many artefacts the user's cache holds before the oldest are dropped."""

_STRAY_AFTER = 3600
"""Seconds after which a temporary file is nobody's any more."""


def cache_folder() -> Path | None:
    """The user's folder for artefacts; None where there is no home to put it in.

    `DMN_DLI_CACHE` names another folder, or none at all where it is empty.
    """
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if base:
        return Path(base) / "dmn-dli"
    with contextlib.suppress(RuntimeError):
        library = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        return Path.home().joinpath(*library, "dmn-dli")
    return None


@contextlib.contextmanager
def without_cache() -> Iterator[None]:
    """While this lasts no artefact of the user's cache is read or written, by child processes neither."""
    before = os.environ.get(FOLDER_VARIABLE)
    os.environ[FOLDER_VARIABLE] = ""
    try:
        yield
    finally:
        if before is None:
            del os.environ[FOLDER_VARIABLE]
        else:
            os.environ[FOLDER_VARIABLE] = before


def find(origin: Origin) -> CompiledPolicy | None:
    """The policy made from this workbook and this dictionary, where there is an artefact to be believed."""
    for data, secret in _candidates(origin.key):
        policy = parse(data, origin.key, secret)
        if policy is not None and origin.made(policy):
            return policy
    return None


def save(origin: Origin, policy: CompiledPolicy) -> bool:
    """Keep a policy; whether it was. One that is of another workbook or dictionary by now is not."""
    folder = cache_folder()
    if folder is None or not origin.made(policy):
        return False
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _own(folder.stat()):
            return False
        secret = _secret(folder) or _new_secret(folder)
        file = folder / (origin.key + SUFFIX)
        write_whole(dump(policy, origin.key, secret), file, private=True)
        _prune(folder, file.stat().st_mtime)
    except OSError:
        return False
    return True


def _candidates(key: str) -> Iterator[tuple[bytes, bytes]]:
    """The bytes of artefacts under a key, each with the secret that its seal is made with."""
    shipped = installed_tables()
    if shipped is not None:
        with contextlib.suppress(OSError):
            yield (shipped / COMPILED_FOLDER / (key + SUFFIX)).read_bytes(), b""
    folder = cache_folder()
    if folder is None:
        return
    with contextlib.suppress(OSError):
        data = _own_bytes(folder / (key + SUFFIX)) if _own(folder.stat()) else None
        secret = None if data is None else _secret(folder)
        if data is not None and secret is not None:
            yield data, secret


def _own(found: os.stat_result) -> bool:
    """Whether a folder or a file is the user's own, and nobody else's to write."""
    if os.name != "posix" or not hasattr(os, "geteuid"):
        # Windows keeps others out of a profile by lists that owner and mode do not show; in a page's engine
        # there are no others.
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _own_bytes(path: Path) -> bytes | None:
    """The bytes of a regular file that is the user's own. Raises OSError."""
    # Neither a link to elsewhere nor a pipe, for whose other end one would wait.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags | getattr(os, "O_BINARY", 0))) as stream:
        found = os.fstat(stream.fileno())
        return stream.read() if stat.S_ISREG(found.st_mode) and _own(found) else None


def _secret(folder: Path) -> bytes | None:
    """The secret of a cache; None where there is none to be trusted."""
    with contextlib.suppress(OSError):
        secret = _own_bytes(folder / SECRET_NAME)
        if secret is not None and len(secret) == _SECRET_BYTES:
            return secret
    return None


def _new_secret(folder: Path) -> bytes:
    """A secret for a cache that has none. Raises OSError.

    Of several programs that make one at once the last wins; what the others keep is made anew once.
    """
    path = folder / SECRET_NAME
    write_whole(os.urandom(_SECRET_BYTES), path, private=True)
    return _secret(folder) or os.urandom(_SECRET_BYTES)


def _prune(folder: Path, now: float) -> None:
    """Drop the oldest artefacts, and what runs that died have left; now: by the folder's clock."""
    kept = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
    for path in (*kept[:-_KEEP], *strays(folder, now - _STRAY_AFTER)):
        path.unlink(missing_ok=True)
