"""No test passes or fails by the time that it takes: steps are counted, and benchmarks print times."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.sources import modules

_CLOCKS = {
    f"{clock}{unit}"
    for clock in (
        "perf_counter",
        "monotonic",
        "process_time",
        "thread_time",
        "time",
        "timeit",
        "default_timer",
    )
    for unit in ("", "_ns")
}


def _reads_clock(node: ast.AST, timed: set[str]) -> bool:
    """Whether an expression calls a clock, or names what came of one."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            called = each.func.attr if isinstance(each.func, ast.Attribute) else ""
            called = each.func.id if isinstance(each.func, ast.Name) else called
            if called in _CLOCKS:
                return True
        if isinstance(each, ast.Name) and each.id in timed:
            return True
    return False


def timed_asserts(tree: ast.AST) -> Iterator[int]:
    """The lines of asserts that compare times, in each function by itself."""
    if not _reads_clock(tree, set()):
        return
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        timed: set[str] = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if node.value is not None and _reads_clock(node.value, timed):
                    timed |= {
                        name.id for at in targets for name in ast.walk(at) if isinstance(name, ast.Name)
                    }
        for node in ast.walk(function):
            if isinstance(node, ast.Assert) and any(
                isinstance(each, ast.Compare) and _reads_clock(each, timed) for each in ast.walk(node.test)
            ):
                yield node.lineno


def test_no_test_asserts_on_time() -> None:
    found = [
        f"{name}: line {line}" for name, tree in modules("tests").items() for line in timed_asserts(tree)
    ]
    assert found == []


def test_an_assert_on_time_would_be_seen() -> None:
    quick = "def test():\n  start = perf_counter()\n  spent = time.monotonic_ns() - start\n  assert {} < 2"
    assert list(timed_asserts(ast.parse(quick.format("spent")))) == [4]
    assert list(timed_asserts(ast.parse(quick.format("perf_counter() - start")))) == [4]
    assert list(timed_asserts(ast.parse(quick.format("steps")))) == []
