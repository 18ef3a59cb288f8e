"""Zip archives of which the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can name."""


def archive(files: Mapping[str, bytes]) -> bytes:
    """Files by their paths as an archive, in order of these; not compressed, which is done of the whole."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as target:
        for name in sorted(files):
            target.writestr(ZipInfo(name, _TIME), files[name])
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their paths."""
    with ZipFile(io.BytesIO(data)) as source:
        return {each.filename: source.read(each) for each in source.infolist() if not each.is_dir()}
