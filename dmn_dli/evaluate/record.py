"""The parts of a record that are put in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

FORMAT_VERSION = 1

LISTS = {
    "unmet_criteria": "Unmet criteria",
    "documentation": "Documentation",
    "procedure_codes": "Procedure codes",
    "notes": "Plan notes",
}
"""The record's lists, and the decisions that fill them."""

_FURTHER = {
    "notes": "further notes may apply",
    "unmet_criteria": "further unmet criteria may apply",
    "documentation": "further documentation may be required",
    "procedure_codes": "further procedure codes may apply",
}


class Texts(NamedTuple):
    """What the final decision's deciding rule says."""

    payer_wording: str | None
    reason: str | None
    citation: str | None
    refer_to: str | None
    note: str | None


NO_TEXTS = Texts(None, None, None, None, None)


class Alternative(NamedTuple):
    """A rule that may still decide: where it stands, and its citation."""

    rule: str
    citation: str | None


def alternatives_note(alternatives: Sequence[Alternative], labels: Sequence[str]) -> str:
    """The note on rules among which absent facts have yet to choose."""
    rules = "; ".join(f"{rule} ({citation})" if citation else rule for rule, citation in alternatives)
    parting = f"; this depends on: {', '.join(labels)}" if labels else ""
    return f"Wording and citation are those of one of these rules: {rules}{parting}"


def not_given_notes(unsettled: Mapping[str, Sequence[str]]) -> list[str]:
    """For each list with items that absent facts have yet to settle, the facts by label."""
    return [
        f"Not given: {', '.join(unsettled[key])}; {further}"
        for key, further in _FURTHER.items()
        if unsettled.get(key)
    ]
