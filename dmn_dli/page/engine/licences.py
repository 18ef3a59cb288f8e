"""The licence of everything that travels in the page."""

from __future__ import annotations

from importlib import resources
from importlib.metadata import Distribution
from pathlib import Path

from attrs import frozen

from dmn_dli.page.engine.files import PYTHON, VERSION
from dmn_dli.page.engine.program import PROGRAM, describes, installed, is_licence, libraries, our_licence

_ENGINE = (
    (f"Pyodide {VERSION}", "Mozilla Public License 2.0", "pyodide.txt"),
    (f"Python {PYTHON}", "Python Software Foundation License 2, and those of its parts", "python.txt"),
    ("Emscripten", "MIT License, or University of Illinois/NCSA Open Source License", "emscripten.txt"),
    (
        "Libraries in the engine",
        "MIT, BSD and zlib licences, Apache License 2.0 with LLVM Exceptions, and the public domain",
        "libraries.txt",
    ),
)
"""What the engine's files are made of: what it is, under which licence, and the file with its text."""


@frozen
class Licence:
    """Under which licence something is, in short and in full."""

    subject: str
    name: str
    text: str


def licences(*, engine: bool) -> tuple[Licence, ...]:
    """The licences of a page, our own first; engine: whether an engine is in it.

    Raises InputError where a library is not installed.
    """
    ours = (Licence(f"{PROGRAM} {installed(PROGRAM).version}", "Apache License 2.0", our_licence()),)
    if not engine:
        return ours
    texts = resources.files("dmn_dli.page.engine").joinpath("licences")
    brought = [
        Licence(subject, name, texts.joinpath(file).read_text("utf-8")) for subject, name, file in _ENGINE
    ]
    return (*ours, *brought, *map(_installed_licence, libraries()))


def _installed_licence(library: str) -> Licence:
    found = installed(library)
    names = [found.metadata[key] for key in ("License-Expression", "License") if key in found.metadata]
    return Licence(f"{library} {found.version}", "".join(names[:1]), "\n\n".join(_texts(found)))


def _texts(library: Distribution) -> list[str]:
    """The files with a distribution's licence and with whom it is from, as it is installed."""
    files = [each for each in library.files or () if describes(each) and is_licence(each)]
    return [Path(str(each.locate())).read_text("utf-8") for each in files]
