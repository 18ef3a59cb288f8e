"""Cases as Arrow columns in every type that holds their values, and what is said of each as a single case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.scalars import plain

_NUMBERS = ("float32", "float64", "decimal128(20, 8)", "int8", "int64")
_TYPES: Mapping[str, Sequence[str]] = {
    "string": ("string", "large_string", "dictionary"),
    "boolean": ("bool",),
    "number": _NUMBERS,
    "integer": _NUMBERS,
    "date": ("date32", "string", "timestamp", "dictionary"),
}
_BAD: Mapping[str, Sequence[Any]] = {
    "string": ("no such value", ""),
    "boolean": (),
    "number": (Decimal(-1), Decimal("99.5"), Decimal(101)),
    "integer": (Decimal("1.5"), Decimal(101), Decimal(-3)),
    "date": (date(1999, 1, 1), date(2200, 1, 1)),
}


@st.composite
def columns(draw: st.DrawFn, domains: Mapping[str, Sequence[Any]], kernel: PolicyKernel, rows: int) -> Any:
    """A record batch of so many rows: a third of the values null, some outside their domains."""
    arrays = {}
    for name, fact in kernel.case_reader.facts.items():
        if name not in domains or not draw(st.integers(0, 5)):
            continue
        known = [value for value in domains[name] if value is not None]
        values = st.sampled_from([*known, *known, *_BAD[fact.type]])
        arrays[name] = column(
            draw(st.sampled_from(_TYPES[fact.type])),
            draw(st.lists(st.one_of(st.none(), values, values), min_size=rows, max_size=rows)),
        )
    arrays["case_id"] = pa.array([str(row) for row in range(rows)])
    return pa.RecordBatch.from_pydict(arrays)


def column(kind: str, values: Sequence[Any]) -> Any:
    """Values as an array of a type; numbers as near as the type has them."""
    if kind in ("string", "large_string", "dictionary"):
        texts = pa.array([None if value is None else str(value) for value in values], pa.string())
        return texts.dictionary_encode() if kind == "dictionary" else texts.cast(kind)
    if kind.startswith("int"):
        limit = 100 if kind == "int8" else 10**9
        return pa.array(
            [None if value is None else max(-limit, min(limit, int(value))) for value in values], kind
        )
    if kind.startswith("float"):
        return pa.array([None if value is None else float(value) for value in values], kind)
    if kind.startswith("decimal"):
        return pa.array(
            [None if value is None else round(value, 8) for value in values], pa.decimal128(30, 8)
        )
    if kind == "bool":
        return pa.array(values, kind)
    days = [None if value is None else date.fromisoformat(str(value)) for value in values]
    found = pa.array(days, pa.date32())
    return found.cast(pa.timestamp("us")) if kind == "timestamp" else found


def cases(batch: Any) -> list[dict[str, Any]]:
    """The rows as the facts of single cases, read without any code of batches."""
    columns = {
        name: [_single(batch.column(name).type, each) for each in batch.column(name).to_pylist()]
        for name in batch.schema.names
        if name != "case_id"
    }
    return [{name: values[row] for name, values in columns.items()} for row in range(batch.num_rows)]


def _single(kind: Any, value: Any) -> Any:
    if value is None or str(kind) != "float":
        return value
    return plain(np.float32(value))


def answer(kernel: PolicyKernel, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns are to say of a case, by the record that the one-case kernel gives."""
    lists = ("possible_determinations", "missing_facts", "unmet_criteria")
    texts = ("determination", "rule", "reason", "citation", "error")
    try:
        record = kernel.determine(facts)
    except EvaluationError as error:
        return {**dict.fromkeys((*texts, *lists)), "error": error.message}
    own = [each["rule"] for each in record["rules"] if each["decision"] == kernel.final.name]
    return {
        "determination": _text(record["determination"]),
        "rule": ", ".join(own) or None,
        "reason": record["reason"],
        "citation": record["citation"],
        "error": None,
        **{name: [_text(each) or "null" for each in record[name]] for name in lists},
    }


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
