"""The page on architecture lists the rooms that there are, and imports run downward in its order."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.docs.pages import ROOT, read

PAGE = read(ROOT / "docs" / "architecture.md")
PACKAGE = ROOT / "dmn_dli"
ROOMS = re.findall(r"^\| `dmn_dli/([a-z_]+)(?:/|\.py)` \|", PAGE, re.MULTILINE)


def _room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(file: Path) -> set[str]:
    """The rooms from which a module imports, wherever in it that stands."""
    modules: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules.append(node.module)
        elif isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
    return {parts[1] for module in modules if (parts := module.split("."))[0] == "dmn_dli" and parts[1:]}


FILES = [file for file in sorted(PACKAGE.rglob("*.py")) if file.parent != PACKAGE or file.name[0] != "_"]


def test_every_room_is_listed_once() -> None:
    assert sorted(ROOMS) == sorted({_room(file) for file in FILES})


def test_imports_run_downward_in_the_order_of_the_page() -> None:
    height = {room: position for position, room in enumerate(ROOMS)}
    upward = [
        f"{file.relative_to(ROOT)}: {room}"
        for file in FILES
        for room in sorted(_imported(file) - {_room(file)})
        if height[room] <= height[_room(file)]
    ]
    assert upward == []
