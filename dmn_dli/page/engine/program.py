"""This program and the libraries that it needs, as the files that the page's engine imports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from importlib.util import find_spec
from pathlib import Path

from dmn_dli.page.engine.files import INSTALLED_FOLDER as ENGINE_FOLDER
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import INSTALLED_FOLDER as TABLES_FOLDER

LIBRARIES = ("attrs", "click", "et_xmlfile", "openpyxl")
"""The distributions that always travel with the program."""

EXTRAS = ("grandalf",)
"""Those that travel where they are installed: without it, workbooks that are dropped have no picture."""

PROGRAM = "dmn-dli"
PACKAGES = ("dmn_dli", "dmn_dli_cli")

OUR_LICENCE = "licences/dmn-dli.txt"
"""Where an installed package keeps its own licence, beside this module; a checkout has it at its top."""

_LEFT_OUT = frozenset({"__pycache__", TABLES_FOLDER, ENGINE_FOLDER})
"""Folders of our own packages that are not for the page: its tables and its engine stand elsewhere in it."""

_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)\b", re.IGNORECASE)

_NOT_CODE = (".pyc", ".pyi", ".so", ".pyd")


def program_files() -> dict[str, bytes]:
    """The files by their paths below a folder that Python imports from.

    Raises InputError where a library is not installed as files.
    """
    files: dict[str, bytes] = {}
    for package in PACKAGES:
        files |= {f"{package}/{name}": path.read_bytes() for name, path in _sources(package)}
    files[f"dmn_dli/page/engine/{OUR_LICENCE}"] = our_licence().encode()
    version = installed(PROGRAM).version
    described = f"Metadata-Version: 2.1\nName: {PROGRAM}\nVersion: {version}\n"
    files[f"dmn_dli-{version}.dist-info/METADATA"] = described.encode()
    for library in libraries():
        files |= _library_files(installed(library))
    return files


def libraries() -> tuple[str, ...]:
    """The distributions that travel with the program from here."""
    return (*LIBRARIES, *(each for each in EXTRAS if any(Distribution.discover(name=each))))


def our_licence() -> str:
    """The text of the program's own licence."""
    here = Path(__file__).resolve().parent
    packaged = here / OUR_LICENCE
    return (packaged if packaged.is_file() else here.parents[2] / "LICENSE").read_text("utf-8")


def describes(file: PackagePath) -> bool:
    """Whether a file of a distribution tells what it is, and under which licence."""
    return file.parts[0].endswith(".dist-info") and (file.name == "METADATA" or is_licence(file))


def is_licence(file: PackagePath) -> bool:
    """Whether a file is, by its name, a licence, or names those whose work it is about."""
    return _LICENCE.match(file.name) is not None


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
    """A library's modules, with what it says of itself and its licence."""
    return {
        each.as_posix(): Path(str(each.locate())).read_bytes()
        for each in library.files or ()
        if describes(each) or _is_code(each)
    }


def _is_code(file: PackagePath) -> bool:
    aside = {"..", "__pycache__"} & set(file.parts) or file.parts[0].endswith(".dist-info")
    return not aside and file.suffix not in _NOT_CODE
