"""Artefacts: compiled policies kept on disk under a key of the content they were made from.

An artefact is `MAGIC`, a checksum of what follows, and plain data. Its name is
the key, a hash of the workbook's and the dictionary's bytes, so that a changed
workbook never meets an old artefact. A damaged or foreign file is as good as
none. Files are written whole under another name and then renamed, so that
concurrent runs see all or nothing. Where nothing can be written, nothing is.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from pathlib import Path
from zlib import crc32

from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.plain import SHAPE, from_plain, to_plain

FORMAT = 5
"""Raise it whenever the compiled policy's content or meaning changes; tests/store guards that.

A change of its shape alone, a field more or less, needs no new number.
"""

MAGIC = b"dmn-dli artefact\n"
SUFFIX = ".artefact"

_CHECKSUM_BYTES = 4

_KEEP = 256
"""How many artefacts the user's cache holds before the oldest are dropped."""


def key(workbook_name: str, workbook_sha256: str, facts_sha256: str, source: str = "") -> str:
    """The name under which the artefact of a workbook is kept; `source` is the state of a checkout's code."""
    parts = f"{FORMAT}\n{SHAPE}\n{workbook_name}\n{workbook_sha256}\n{facts_sha256}\n{source}"
    return hex_digest(parts.encode())[:40]


def key_of(policy: CompiledPolicy) -> str:
    """The name under which the artefact of an installed package's workbook is kept."""
    reference = policy.policy.reference
    return key(reference["workbook"], reference["sha256"], reference["facts_sha256"])


def dump(policy: CompiledPolicy) -> bytes:
    """An artefact's bytes; the same policy gives the same bytes."""
    # Version 2 of the format writes no references, which would depend on reference counts.
    data = marshal.dumps(to_plain(policy), 2)
    return MAGIC + _checksum(data) + data


def parse(data: bytes) -> CompiledPolicy | None:
    """The policy in an artefact's bytes; None where they are not whole."""
    start = len(MAGIC) + _CHECKSUM_BYTES
    content = data[start:]
    if not data.startswith(MAGIC) or _checksum(content) != data[len(MAGIC) : start]:
        return None
    return from_plain(marshal.loads(content))  # noqa: S302 - plain data, whole as it was written


def _checksum(data: bytes) -> bytes:
    """Tells damage, not malice: who can write here can as well change the program."""
    return crc32(data).to_bytes(_CHECKSUM_BYTES, "big")


def cache_folder() -> Path | None:
    """The user's folder for artefacts; None where there is no home to put it in.

    `DMN_DLI_CACHE` names another folder, or none at all where it is empty.
    """
    chosen = os.environ.get("DMN_DLI_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if base:
        return Path(base) / "dmn-dli"
    with contextlib.suppress(RuntimeError):
        library = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        return Path.home().joinpath(*library, "dmn-dli")
    return None


def find(name: str, folders: list[Path]) -> CompiledPolicy | None:
    """The policy kept under a key in the first folder that has it whole."""
    for folder in folders:
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            policy = parse((folder / (name + SUFFIX)).read_bytes())
            if policy is not None:
                return policy
    return None


def save(name: str, policy: CompiledPolicy, folder: Path) -> bool:
    """Keep a policy; whether that was possible."""
    import tempfile

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}.", delete=False) as temporary:
            temporary.write(dump(policy))
        Path(temporary.name).replace(folder / (name + SUFFIX))
        _prune(folder)
    except OSError:
        return False
    return True


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-_KEEP]:
        path.unlink(missing_ok=True)
