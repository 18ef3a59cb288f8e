"""Compiled modules, imported as any module is; and what they and the package say of a case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.source.module import file_name, module_source


def imported(path: Path) -> ModuleType:
    """The module in a file."""
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled(kernel: PolicyKernel) -> ModuleType:
    """The module of a policy."""
    with TemporaryDirectory() as folder:
        path = Path(folder, file_name(kernel))
        path.write_text(module_source(kernel), encoding="utf-8")
        return imported(path)


def said_by_module(module: ModuleType, facts: Mapping[str, Any]) -> str:
    """The record, or the error, of a compiled module, to the byte."""
    try:
        return json.dumps(module.determine(facts), ensure_ascii=False)
    except module.EvaluationError as error:
        return json.dumps([error.kind, error.message, error.problems], ensure_ascii=False, default=str)


def said_by_package(kernel: PolicyKernel, facts: Mapping[str, Any]) -> str:
    """The record, or the error, of the package, to the byte."""
    try:
        return json.dumps(kernel.determine(facts), ensure_ascii=False)
    except EvaluationError as error:
        return json.dumps([error.kind, error.message, error.problems], ensure_ascii=False, default=str)
