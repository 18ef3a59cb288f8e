"""A model with those that lie beside its file, of which it may import some."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.model.finding import Finding
from dmn_dli.runtime.input_error import InputError, further_package

Beside = Callable[[], Mapping[str, bytes]]
"""Gives the models that lie beside a file, by their names; asked only where the file imports any."""


def model_of(data: bytes, shown: str) -> tuple[Definitions | None, tuple[Finding, ...]]:
    """As `read_model`. Raises InputError, with the remedy, where lxml is missing."""
    try:
        return read_model(data, shown)
    except ImportError as error:
        raise InputError(f'"{shown}" is a DMN model, and reading DMN {further_package("dmn")}.') from error


def imported_models(definitions: Definitions, beside: Beside) -> dict[str, Definitions]:
    """The models that lie beside one, by namespace: those that it imports, and those that these import."""
    found: dict[str, Definitions] = {}
    if not definitions.imports:
        return found
    for name, data in sorted(beside().items()):
        other, _ = model_of(data, name)
        if other is not None and other.namespace != definitions.namespace:
            found.setdefault(other.namespace, other)
    return found
