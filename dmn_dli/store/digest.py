"""SHA-256 without loading OpenSSL, which would take longer than evaluating a case."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any


def _implementation() -> Any:
    for module in ("_sha2", "_sha256"):  # Python 3.12 and later, Python 3.11
        with suppress(ImportError):
            return import_module(module).sha256
    return import_module("hashlib").sha256


_sha256 = _implementation()


def hex_digest(data: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal."""
    result: str = _sha256(data).hexdigest()
    return result
