"""A link within the page that opens the form with a case; the case stands in the link itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from dmn_dli.page import anchors

PARAMETER = "case"


def case_link(facts: Mapping[str, Any]) -> str:
    """`#try?case=…`: facts as a case states them in JSON, in base64url without padding."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    code = base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")
    return f"#{anchors.TRY}?{PARAMETER}={code}"
