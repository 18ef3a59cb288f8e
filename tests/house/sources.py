"""The project's own Python files as syntax trees, each under the name by which it is imported."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def modules(*folders: str) -> Mapping[str, ast.Module]:
    """`dmn_dli.feel.parser` → its syntax tree, for every file below the folders."""
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return {_name(file): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def _name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def program() -> Mapping[str, ast.Module]:
    """The package and the command line."""
    return modules("dmn_dli", "cli")
