"""FEEL values as JSON has them."""

from __future__ import annotations

from typing import Any

from dmn_dli.feel.temporal_values import TEMPORAL_CLASSES
from dmn_dli.feel.text import to_feel
from dmn_dli.runtime.values import json_value


def feel_json(value: object) -> Any:
    """A FEEL value as JSON: dates, times and durations as their text, functions and ranges as FEEL."""
    return json_value(
        value, lambda other: str(other) if isinstance(other, TEMPORAL_CLASSES) else to_feel(other)
    )
