"""This program and the libraries that it needs, as the files that the page's engine imports."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from dmn_dli.page.engine.files import INSTALLED_FOLDER as ENGINE_FOLDER
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import INSTALLED_FOLDER as TABLES_FOLDER

LIBRARIES = ("attrs", "click", "et_xmlfile", "openpyxl")
"""The distributions that travel with the program."""

EXTRAS = ("grandalf",)
"""Those that travel where they are installed: without it, workbooks that are dropped have no picture."""

PACKAGES = ("dmn_dli", "dmn_dli_cli")

_LEFT_OUT = frozenset({"__pycache__", TABLES_FOLDER, ENGINE_FOLDER})
"""Folders of our own packages that are not for the page: its tables and its engine stand elsewhere in it."""

_NOT_CODE = (".pyc", ".pyi", ".so", ".pyd")


def program_files() -> dict[str, bytes]:
    """The files by their paths below a folder that Python imports from.

    Raises InputError where a library is not installed as files.
    """
    files: dict[str, bytes] = {}
    for package in PACKAGES:
        files |= {f"{package}/{name}": path.read_bytes() for name, path in _sources(package)}
    for library in (*LIBRARIES, *filter(_is_installed, EXTRAS)):
        files |= _library_files(installed(library))
    return files


def _is_installed(library: str) -> bool:
    return any(True for _ in Distribution.discover(name=library))


def installed(library: str) -> Distribution:
    """A library as it is installed. Raises InputError."""
    try:
        return distribution(library)
    except PackageNotFoundError as error:
        raise InputError(f"The page's engine needs {library}, which is not installed here.") from error


def _sources(package: str) -> Iterator[tuple[str, Path]]:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise InputError(f"The page's engine needs {package}, which is not installed here.")
    folder = Path(found.submodule_search_locations[0])
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not _LEFT_OUT & set(inside.parts) and path.suffix not in _NOT_CODE:
            yield inside.as_posix(), path


def _library_files(library: Distribution) -> dict[str, bytes]:
    """A library's modules, and of what describes it its METADATA."""
    files = {}
    for each in library.files or ():
        described = each.parts[0].endswith(".dist-info")
        wanted = each.name == "METADATA" if described else each.suffix not in _NOT_CODE
        if wanted and ".." not in each.parts and "__pycache__" not in each.parts:
            files[each.as_posix()] = Path(str(each.locate())).read_bytes()
    return files
