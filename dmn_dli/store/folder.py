"""Which workbooks a folder holds, and which folder is meant."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

_COMPILING = (
    "runtime",
    "feel",
    "feel/builtins",
    "feel/patterns",
    "model",
    "excel",
    "tables",
    "linking",
    "diagrams",
    "evaluate",
    "store",
)

DICTIONARY_NAME = "facts.xlsx"
_VERSION = re.compile(r"(?P<payer>.+)-(?P<day>\d{4}-\d{2}-\d{2})\.xlsx", re.IGNORECASE)
INSTALLED_FOLDER = "workbooks"
"""Where an installed package keeps the tables that come with it."""

COMPILED_FOLDER = "compiled"


LOCK_FILES = ("~$", ".~lock.")
"""How the names of files begin that Excel and LibreOffice keep while a workbook is open in them."""

MODEL_ENDING = ".dmn"
"""How the names of DMN models end."""

FOREIGN_ENDINGS = (".ods", ".xls", ".xlsm", ".xlsb", ".numbers")
"""Files that could hold a payer's tables and are not read: each is reported, so that no payer vanishes."""


def find_workbooks(folder: Path) -> tuple[Path, ...]:
    """The folder's workbooks by name, without the dictionary and the lock files of Excel and LibreOffice.

    Those in formats that are not read are among them, since a reader reports what it cannot read.
    Raises OSError where the folder cannot be listed.
    """
    named = (path for path in folder.iterdir() if is_workbook(path.name))
    return tuple(sorted(named))


def models_in(folder: Path) -> tuple[Path, ...]:
    """The folder's DMN models by name. Raises OSError where the folder cannot be listed."""
    return tuple(sorted(path for path in folder.iterdir() if is_model(path.name)))


def find_tables(folder: Path) -> tuple[Path, ...]:
    """The folder's workbooks and DMN models, by name. Raises OSError as above."""
    return tuple(sorted((*find_workbooks(folder), *models_in(folder))))


def is_model(name: str) -> bool:
    """Whether a file's name is that of a DMN model."""
    return name.lower().endswith(MODEL_ENDING) and not name.startswith(LOCK_FILES)


def named_versions(folder: Path, payer: str) -> tuple[tuple[date, Path], ...]:
    """The workbooks of a folder that bear the names of a payer's versions, by their days.

    Whether they are, their Policy sheets say. Raises OSError where the folder cannot be listed.
    """
    found = []
    for path in find_workbooks(folder):
        named = _VERSION.fullmatch(path.name)
        if named is not None and named["payer"].casefold() == payer.casefold():
            with suppress(ValueError):  # a day that no calendar has
                found.append((date.fromisoformat(named["day"]), path))
    return tuple(sorted(found))


def payers_named(folder: Path) -> tuple[str, ...]:
    """The payers after which workbooks of a folder are named. Raises OSError as above."""
    named = (_VERSION.fullmatch(path.name) for path in find_workbooks(folder))
    return tuple(sorted({match["payer"] for match in named if match}))


def is_workbook(name: str) -> bool:
    """Whether a file's name is that of a workbook: no dictionary, no lock file of Excel or LibreOffice."""
    ending = name.lower().endswith((".xlsx", *FOREIGN_ENDINGS))
    return ending and not name.startswith(LOCK_FILES) and not is_dictionary(name)


def foreign_workbooks(folder: Path) -> tuple[Path, ...]:
    """The folder's workbooks in formats that are not read. Raises OSError where it cannot be listed."""
    return tuple(path for path in find_workbooks(folder) if path.name.lower().endswith(FOREIGN_ENDINGS))


def is_dictionary(name: str) -> bool:
    """Whether a file's name is that of the shared dictionary, in any letter case."""
    return name.lower() == DICTIONARY_NAME


def dictionaries_in(folder: Path) -> tuple[Path, ...]:
    """Whatever bears the dictionary's name in a folder, in any letter case; one plain file is expected."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if is_dictionary(path.name)))
    except OSError:
        return ()


def dictionary_objection(folder: Path) -> str | None:
    """Why what bears the dictionary's name in a folder cannot be its dictionary; None where nothing does."""
    found = dictionaries_in(folder)
    if len(found) > 1:
        names = " and ".join(f'"{path.name}"' for path in found)
        return f"{names} lie in one folder; one dictionary is expected, and nothing tells which is meant."
    if not found or found[0].is_file():
        return None
    what = "a folder" if found[0].is_dir() else "no plain file"
    if found[0].is_symlink() and not found[0].exists():
        what = "a link to a file that is not there"
    return f'"{found[0].name}" is {what}; the dictionary of facts is expected under this name.'


_PACKAGE = Path(__file__).resolve().parent.parent


def installed_tables() -> Path | None:
    """The tables inside an installed package; None in a checkout."""
    installed = _PACKAGE / INSTALLED_FOLDER
    return installed if installed.is_dir() else None


def is_installed(path: Path) -> bool:
    """Whether a path is the folder of tables inside an installed package, or lies in it."""
    installed = installed_tables()
    if installed is None:
        return False
    resolved = path.resolve()
    return installed.resolve() in (resolved, *resolved.parents)


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
    """The dictionary for workbooks of a folder: the one beside them, else the bundled one.

    What lies beside them may be no file that can be read: see `dictionary_objection`.
    """
    beside = dictionaries_in(folder)
    return beside[0] if beside else bundled_tables() / DICTIONARY_NAME


def holds_tables(folder: Path) -> bool:
    """Whether a folder holds a dictionary, a workbook that could be a policy, or a DMN model."""
    return folder.is_dir() and bool(dictionaries_in(folder) or find_tables(folder))
