"""A case as part of a link: its facts as text, in letters that an address may hold."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from dmn_dli.feel.json_values import feel_json
from dmn_dli.page import anchors
from dmn_dli.report.layout import spoken

NULL = "null"
"""What is entered for a fact that does not apply, as in csv."""


def route(facts: Mapping[str, str]) -> str:
    """The link that opens the form with these facts, as they are entered."""
    return f"#{anchors.TRY}?case={code(facts)}"


def case_route(facts: Mapping[str, Any]) -> str:
    """The link that opens the form with these facts, as a case states them."""
    return route({name: entered(value) for name, value in facts.items()})


def code(facts: Mapping[str, str]) -> str:
    """The facts as base64url of JSON, without padding."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def entered(value: Any) -> str:
    """A fact's value as it is entered in the form, and read again by the fact's type."""
    return NULL if value is None else spoken(feel_json(value))
