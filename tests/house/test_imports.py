"""No file of the program reaches itself by imports, wherever they stand, types' included."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name

from tests.house.sources import program


def imported(name: str, tree: ast.Module, names: Mapping[str, object]) -> Iterator[str]:
    """The files of the program that a file names: a submodule, else the module that defines what is taken."""
    package = name if any(other.startswith(f"{name}.") for other in names) else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                module = f"{source}.{alias.name}"
                if module in names:
                    yield module
                elif source in names:
                    yield source


def reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """All files that a file imports, and those that these import, and so on."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        following = edges[waiting.pop()] - found
        found |= following
        waiting += following
    return found


def test_no_two_files_reach_each_other_by_imports() -> None:
    files = program()
    edges = {name: set(imported(name, tree, files)) for name, tree in files.items()}
    far = {name: reached(name, edges) for name in files}
    circles = {frozenset(b for b in far[a] if a in far[b]) for a in files if a in far[a]}
    assert circles == set()


def test_a_circle_would_be_seen() -> None:
    typing_only = "if TYPE_CHECKING:\n    from dmn_dli.tables import logic"
    names = {"dmn_dli.tables.logic": None}
    for text in (typing_only, "from .logic import TableLogic", "def f():\n  import dmn_dli.tables.logic"):
        assert list(imported("dmn_dli.tables.masks", ast.parse(text), names)) == ["dmn_dli.tables.logic"]
    assert reached("a", {"a": {"b"}, "b": {"c"}, "c": {"a"}}) == {"a", "b", "c"}
