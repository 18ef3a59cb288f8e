"""Reading with a bound, so that a device or a file of absurd size is an error in words and no full memory."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import IO, AnyStr

WORKBOOK_BYTES = 100_000_000
"""Bytes that a workbook may have. One of policies takes about fifty thousand."""

MODEL_BYTES = 20_000_000
"""Bytes that a DMN model may have. One of a hundred decisions takes about three hundred thousand."""

DOCUMENT_BYTES = 250_000_000
"""Bytes that a document may have which is read whole, such as cases in JSON."""

LINE_BYTES = 16_000_000
"""Bytes, or characters, that a line may have where lines are read one at a time."""


def read_within(path: Path, limit: int) -> bytes:
    """A file's bytes. Raises OSError where it is no plain file, cannot be read, or holds over `limit`."""
    if not S_ISREG(path.stat().st_mode):
        # Reading a pipe waits for ever for somebody to write into it.
        raise OSError(errno.EINVAL, "it is no plain file")
    with path.open("rb") as stream:
        return rest_within(stream, limit)


def rest_within(stream: IO[AnyStr], limit: int) -> AnyStr:
    """What is left of a stream. Raises OSError where it is more than `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it holds more than {limit // 1_000_000} million bytes")
    return data


def lines_within(stream: IO[AnyStr], limit: int = LINE_BYTES) -> Iterator[AnyStr]:
    """The lines that are left of a stream. Raises OSError, behind those before it, for a longer one."""
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            raise OSError(errno.EFBIG, f"a line is longer than {limit // 1_000_000} million bytes")
        yield line
