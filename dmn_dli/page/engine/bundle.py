"""The engine packed into the blocks of text that the page carries and its worker unpacks."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from dmn_dli.page.contents import Contents
from dmn_dli.page.document import asset
from dmn_dli.page.engine.archive import archive, unpacked
from dmn_dli.page.engine.files import BINARY, LIBRARY, LOCK, MODULE, PROGRAM, read_engine
from dmn_dli.page.engine.program import program_files
from dmn_dli.page.engine.tables import table_files, tables_in_page
from dmn_dli.store.given import Given

_LEVEL = 6
"""Of gzip: the highest takes ten times as long and saves a hundredth."""

_NOT_NEEDED = ("_pyrepl/", "idlelib/", "multiprocessing/", "unittest/", "wsgiref/", "xmlrpc/")
"""Folders of the standard library that nothing in the page imports."""


def bundle(workbooks: Sequence[Given], contents: Contents, engine: Path | None = None) -> dict[str, str]:
    """Blocks of text by their ids.

    engine: a folder that holds the engine's files. Raises InputError where one of them is missing or another,
    and where the workbooks do not go together.
    """
    files = read_engine(engine)
    installed = program_files() | table_files(workbooks, contents)
    settings = {"tables": tables_in_page(workbooks).as_posix(), "lock": _lock(files[LOCK])}
    return {
        "engine/worker": asset("worker.js"),
        # Names of files are among them; after `<!--` a browser would not see where the block ends.
        "engine/settings": json.dumps(settings).replace("<", "\\u003c"),
        "engine/module": _packed(files[MODULE]),
        "engine/program": _packed(files[PROGRAM]),
        "engine/binary": _packed(files[BINARY]),
        "engine/library": _packed(archive(_needed(unpacked(files[LIBRARY])))),
        "engine/installed": _packed(archive(installed)),
    }


def _packed(data: bytes) -> str:
    """Bytes as text; the same bytes give the same text."""
    return base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode()


def _needed(library: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in library.items() if not name.startswith(_NOT_NEEDED)}


def _lock(data: bytes) -> dict[str, object]:
    """The list of what could be installed besides, without its entries: the page installs nothing."""
    return {**json.loads(data), "packages": {}}
