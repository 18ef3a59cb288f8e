"""The record of a case: its keys in the order of the contract, and the parts that are put in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

FORMAT_VERSION = 1

NEEDS_INFORMATION = "needs information"
NO_POLICY = "no policy on file"

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
    """What the final decision's deciding rule says: its notes, or its outputs of that name."""

    payer_wording: str | None = None
    reason: str | None = None
    citation: str | None = None
    refer_to: str | None = None
    note: str | None = None


QUOTED = Texts._fields
"""What a record quotes of the final decision's rule."""

TEXT_KEYS = QUOTED[:-1]
"""The record's keys that hold a text each; the note, which comes last, stands among the notes."""

_NO_TEXTS = dict.fromkeys(TEXT_KEYS)


class Alternative(NamedTuple):
    """A rule that may still decide: its id, and its citation."""

    rule: str
    citation: str | None


def new_record(payer: str, case_id: str | None) -> dict[str, Any]:
    """A record in which nothing is said yet, its keys in the order of the contract.

    Without `case_id` it has none.
    """
    record: dict[str, Any] = {"format_version": FORMAT_VERSION}
    if case_id is not None:
        record["case_id"] = case_id
    record |= {
        "payer": payer,
        "policy": None,
        "determination": None,
        **_NO_TEXTS,
        "rules": [],
        "decisions": {},
        "criteria": [],
        "unmet_criteria": [],
        "documentation": [],
        "procedure_codes": [],
        "missing_facts": [],
        "possible_determinations": [],
        "notes": [],
    }
    return record


def no_policy_record(payer: str, case_id: str | None) -> dict[str, Any]:
    """The record for a payer that has no policy in force on the day."""
    nothing = {"determination": NO_POLICY, "possible_determinations": [NO_POLICY]}
    return new_record(payer, case_id) | nothing


def quoted_outputs(entry: Any, only: str = "") -> tuple[str | None, ...]:
    """What the outputs of an entry say of QUOTED; `only` is the name of its output where it has but one."""
    outputs = entry if isinstance(entry, dict) else {only: entry}
    named = {name.strip().casefold().replace(" ", "_"): output for name, output in outputs.items()}
    return tuple([None if named.get(name) is None else str(named[name]) for name in QUOTED])


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
