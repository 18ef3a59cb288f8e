"""FEEL values as JSON has them."""

from __future__ import annotations

from typing import Any

from dmn_dli.feel.text import to_feel
from dmn_dli.runtime.values import json_value


def feel_json(value: object) -> Any:
    """A FEEL value as JSON: durations as their text, functions and ranges as FEEL writes them."""
    return json_value(value, lambda other: to_feel(other).removeprefix('duration("').removesuffix('")'))
