"""Digests without loading OpenSSL, which would take longer than evaluating a case."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any


def _implementation(name: str, modules: tuple[str, ...]) -> Any:
    for module in (*modules, "hashlib"):
        with suppress(ImportError):
            return getattr(import_module(module), name)
    raise ImportError(f"This Python has no {name}.")


_sha256 = _implementation("sha256", ("_sha2", "_sha256"))  # Python 3.12 and later, Python 3.11
_blake2b = _implementation("blake2b", ("_blake2",))

SEAL_BYTES = 32


def hex_digest(data: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal."""
    result: str = _sha256(data).hexdigest()
    return result


def seal(data: bytes, secret: bytes) -> bytes:
    """A digest of some bytes that only who knows the secret can make; without a secret, a checksum."""
    result: bytes = _blake2b(data, key=secret, digest_size=SEAL_BYTES).digest()
    return result
