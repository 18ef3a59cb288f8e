"""The parts of an xlsx in the tests: taken out, put together, compared."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from io import BytesIO


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name, in its own order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A file of these parts, the same bytes each time."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def with_parts(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The file with the parts that match a pattern passed through a function."""
    parts = parts_of(data)
    for pattern, change in changes.items():
        for name in parts:
            if re.search(pattern, name):
                parts[name] = change(parts[name].decode()).encode()
    return zipped(parts)


def other_parts_are_same(before: bytes, after: bytes, changed: Collection[str]) -> None:
    """Fail unless each part is byte for byte what it was and in its old order, but for those in `changed`.

    changed: names of parts, or the beginnings of names (`xl/comments`), that may differ, come and go.
    """
    old, new = (
        {name: text for name, text in parts_of(data).items() if not name.startswith(tuple(changed))}
        for data in (before, after)
    )
    assert [*new] == [*old]
    assert [name for name in old if old[name] != new[name]] == []
