"""A case's explanation as a JSON object."""

from __future__ import annotations

from typing import Any

from attrs import asdict

from dmn_dli.explain.explanation import Explanation
from dmn_dli.report.text import Record
from dmn_dli.runtime.record import FORMAT_VERSION


def explanation_json(explained: Explanation | Record) -> dict[str, Any]:
    """The explanation with its record; an error record as it is."""
    if not isinstance(explained, Explanation):
        return dict(explained)
    record = explained.record
    head = {"format_version": FORMAT_VERSION}
    for key in ("case_id", "payer"):
        if key in record:
            head[key] = record[key]
    return head | asdict(explained)
