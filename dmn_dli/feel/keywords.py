"""The words that FEEL keeps for itself, where they start a name (DMN 1.5, section 10.3.1.4)."""

from __future__ import annotations

KEYWORDS = frozenset({
    "and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance", "not",
    "null", "or", "return", "satisfies", "some", "then", "true",
})  # fmt: skip
