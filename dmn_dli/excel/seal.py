"""The seal by which a copy that we wrote is told from one that somebody has edited since."""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from io import BytesIO

from dmn_dli.excel.archive import BROKEN_ARCHIVE

SEAL = "dmn-dli annotated copy"
"""The document property that holds the seal."""

UNSEALED = "0" * 64
"""Its value while the workbook is being written."""

_PROPERTIES = "docProps/custom.xml"
_VALUE = re.compile(rb'name="' + SEAL.encode() + rb'"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([0-9a-f]{64})<')
_EPOCH = (1980, 1, 1, 0, 0, 0)


def sealed(data: bytes) -> bytes:
    """The workbook with the digest of all its parts as the value of its property SEAL, which is UNSEALED yet.

    The parts lose their times, so that the same parts give the same bytes.
    """
    parts = _parts(data)
    digest = _digest(parts).encode()
    parts[_PROPERTIES] = parts[_PROPERTIES].replace(UNSEALED.encode(), digest, 1)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return stream.getvalue()


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are a copy that `sealed` made and nobody has saved since."""
    try:
        parts = _parts(data)
    except BROKEN_ARCHIVE:
        return False
    value = _VALUE.search(parts.get(_PROPERTIES, b""))
    if value is None:
        return False
    parts[_PROPERTIES] = parts[_PROPERTIES].replace(value[1], UNSEALED.encode(), 1)
    return _digest(parts).encode() == value[1]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _digest(parts: dict[str, bytes]) -> str:
    """One digest of all parts, by name."""
    total = sha256()
    for name in sorted(parts):
        total.update(sha256(name.encode()).digest() + sha256(parts[name]).digest())
    return total.hexdigest()
