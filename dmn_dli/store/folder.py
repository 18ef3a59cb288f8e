"""Which workbooks a folder holds, and which folder is meant."""

from __future__ import annotations

import os
from pathlib import Path

_COMPILING = (
    "runtime",
    "feel",
    "feel/builtins",
    "model",
    "excel",
    "tables",
    "linking",
    "diagrams",
    "evaluate",
    "store",
)

DICTIONARY_NAME = "facts.xlsx"
INSTALLED_FOLDER = "workbooks"
"""Where an installed package keeps the tables that come with it."""

COMPILED_FOLDER = "compiled"


def find_workbooks(folder: Path) -> tuple[Path, ...]:
    """The folder's workbooks by name, without the dictionary and the lock files of Excel and LibreOffice.

    Raises OSError where the folder cannot be listed.
    """
    return tuple(sorted(path for path in folder.iterdir() if is_workbook(path.name) and path.is_file()))


def is_workbook(name: str) -> bool:
    """Whether a file's name is that of a workbook: no dictionary, no lock file of Excel or LibreOffice."""
    ending = name.lower().endswith((".xlsx", ".xlsm"))
    return ending and not name.startswith(("~$", ".~lock.")) and name.lower() != DICTIONARY_NAME


_PACKAGE = Path(__file__).resolve().parent.parent


def installed_tables() -> Path | None:
    """The tables inside an installed package; None in a checkout."""
    installed = _PACKAGE / INSTALLED_FOLDER
    return installed if installed.is_dir() else None


def bundled_tables() -> Path:
    """The tables that come with the package: in an installed package its own, in a checkout `tables/`."""
    return installed_tables() or _PACKAGE.parent / "tables"


def source_state() -> str:
    """In a checkout the time of the latest change to the code that compiles tables; installed, nothing.

    So that who works on that code never meets what an earlier state of it has left in the cache.
    """
    if installed_tables() is not None:
        return ""
    sources = (entry for room in _COMPILING for entry in os.scandir(_PACKAGE / room))
    return str(max(entry.stat().st_mtime_ns for entry in sources if entry.name.endswith(".py")))


def dictionary_file(folder: Path) -> Path:
    """The dictionary for workbooks of a folder: the one beside them, else the bundled one."""
    beside = folder / DICTIONARY_NAME
    return beside if beside.is_file() else bundled_tables() / DICTIONARY_NAME


def holds_tables(folder: Path) -> bool:
    """Whether a folder holds a dictionary or a workbook that could be a policy."""
    return folder.is_dir() and ((folder / DICTIONARY_NAME).is_file() or bool(find_workbooks(folder)))
