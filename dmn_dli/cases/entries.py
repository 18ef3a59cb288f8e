"""What readers of case files of every format share: an entry, and why a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dmn_dli.runtime.bounded_files import DOCUMENT_BYTES, read_within
from dmn_dli.runtime.errors import Problem
from dmn_dli.runtime.input_error import why


class CasesFileError(Exception):
    """A cases file that cannot be read at all, with the reason in words."""


class Entry(NamedTuple):
    """One case as a file holds it.

    written: the values are text from csv or a worksheet, to be converted by each fact's type, and the keys
    may be labels. problems: what is wrong with the case before anybody looks at its facts.
    """

    values: Mapping[str, Any]
    written: bool = False
    problems: tuple[Problem, ...] = ()


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises CasesFileError where it cannot be read, or is of absurd size."""
    try:
        return read_within(path, DOCUMENT_BYTES)
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


def decode(data: bytes, line: int = 1) -> str:
    """UTF-8 text, with or without a byte order mark. Raises CasesFileError.

    line: the number of its first line in the file.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            read = "It is UTF-16 text"
        else:
            line += data.count(b"\n", 0, error.start)
            read = f"Line {line} is not UTF-8 text"
        hint = 'in Excel choose "CSV UTF-8 (Comma delimited)", in Notepad the encoding UTF-8'
        raise CasesFileError(f"{read}; save it as UTF-8 ({hint}).") from error
