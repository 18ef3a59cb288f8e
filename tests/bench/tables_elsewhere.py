"""The rules of a benchmark's table as other tools take them: zen-engine's model, a Polars when/then chain."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from tests.bench.tables_in_memory import BenchColumn, BenchRule


def as_zen(columns: Sequence[BenchColumn], rules: Sequence[BenchRule]) -> str:
    """The model of zen-engine with one decision table, hit policy first, as JSON; the output is `result`."""
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": each.name, "name": each.name, "field": each.name} for each in columns],
        "outputs": [{"id": "result", "name": "result", "field": "result"}],
        "rules": [
            {"_id": f"r{number}", "result": json.dumps(rule.output)}
            | {each.name: _zen_cell(each, test) for each, test in zip(columns, rule.tests, strict=True)}
            for number, rule in enumerate(rules)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def _zen_cell(column: BenchColumn, test: Any) -> str:
    if test is None:
        return ""
    if column.upto:
        return f"[{test[0]}..{test[1]})"
    return ", ".join(map(json.dumps, test))


def polars() -> Any:
    """The package, with one thread, since everything beside it has one. Raises ImportError."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    import polars

    return polars


def as_polars(columns: Sequence[BenchColumn], rules: Sequence[BenchRule]) -> Any:
    """The rules as a Polars expression, as an engineer would write it: when … then, chained."""
    pl = polars()
    chain: Any = pl
    for rule in rules:
        tests = [
            _polars_test(pl.col(each.name), each, test)
            for each, test in zip(columns, rule.tests, strict=True)
            if test is not None
        ]
        if not tests:
            return chain.otherwise(pl.lit(rule.output))
        chain = chain.when(*tests).then(pl.lit(rule.output))
    raise ValueError("the last rule accepts everything")


def _polars_test(column: Any, of: BenchColumn, test: Any) -> Any:
    if of.upto:
        return (column >= test[0]) & (column < test[1])
    if isinstance(test[0], bool):
        return column.is_in(list(test)) if len(test) > 1 else (column if test[0] else ~column)
    return column.is_in(list(test)) if len(test) > 1 else column == test[0]
