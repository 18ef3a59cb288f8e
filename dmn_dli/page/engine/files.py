"""The engine's files: which they are, where they lie, and that they are the ones that were published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.digest import hex_digest

VERSION = "314.0.7"

PACKAGE = f"pyodide@{VERSION}"
"""The npm package that the files come from, with its version."""

PYTHON = "3.14.2"
"""The Python that it brings."""

MODULE, PROGRAM, BINARY = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"
LIBRARY, LOCK = "python_stdlib.zip", "pyodide-lock.json"

DIGESTS: Mapping[str, str] = {
    MODULE: "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    PROGRAM: "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    BINARY: "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    LIBRARY: "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
    LOCK: "5dc2fc119108bc148c7457dc86e7675b5c87e1cafd420b9c34c1eaef7b36c010",
}
"""Each file of the package that the page needs, and its SHA-256."""

INSTALLED_FOLDER = "pyodide"
"""Where an installed package keeps them, beside this module."""

_HERE = Path(__file__).resolve().parent

_ROOT = _HERE.parents[2]

CHECKOUT_FOLDER = _ROOT / "build" / "engine"
"""Where `make engine` puts them in a checkout."""


def engine_folder() -> Path:
    """Where the files are expected: in a checkout where `make engine` puts them, else beside this module."""
    return CHECKOUT_FOLDER if (_ROOT / "Makefile").is_file() else _HERE / INSTALLED_FOLDER


def read_engine(folder: Path | None = None) -> dict[str, bytes]:
    """The engine's files by name, each as it was published; folder: where else they are.

    Raises InputError for one that is missing or another, and says how to get them.
    """
    place = folder or engine_folder()
    return {name: _verified(place / name, digest) for name, digest in DIGESTS.items()}


def _verified(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f'The page\'s engine is not there: "{path}" is missing. {_remedy()}') from None
    except OSError as error:
        raise InputError(f'"{path}", a file of the page\'s engine, cannot be read: {why(error)}.') from error
    if hex_digest(data) != digest:
        raise InputError(f'"{path}" is not the file of that name in {PACKAGE}. {_remedy()}')
    return data


def _remedy() -> str:
    return (
        f"`make engine` in a checkout fetches it; elsewhere `npm pack {PACKAGE}` does, and --engine names "
        "the folder that it is unpacked to. --no-engine writes a page to read without it."
    )
