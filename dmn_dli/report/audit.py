"""The replay of an audit log, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dmn_dli.audit.replay import Replay, Verdict
from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import many, paragraph

_VERDICTS: tuple[Verdict, ...] = ("same", "other record", "changed", "altered", "not replayed")


def audit_text(replays: Sequence[tuple[int, Replay]], unread: Sequence[tuple[int, str]], width: int) -> str:
    """A line for each entry that is not the same, and for each line that is no entry; then the counts."""
    told = {
        number: f"line {number}: case {each.entry.case_id}, {each.entry.payer}: {each.verdict}: {each.reason}"
        for number, each in replays
        if each.verdict != "same"
    }
    told |= {number: f"line {number}: not readable: {reason}" for number, reason in unread}
    lines = [line for number in sorted(told) for line in paragraph(told[number], width, "", "  ")]
    counts = Counter(each.verdict for _, each in replays)
    total = len(replays) + len(unread)
    parts = [f"{counts[verdict]} {verdict}" for verdict in _VERDICTS if counts[verdict] or verdict == "same"]
    if unread:
        parts.append(f"{len(unread)} not readable")
    lines += paragraph(f"{many(total, 'line')}: {', '.join(parts)}", width, "", "  ")
    return "\n".join(lines) + "\n"


def audit_json(replays: Sequence[tuple[int, Replay]], unread: Sequence[tuple[int, str]]) -> str:
    """A document with each line's verdict, in the order of the log."""
    entries = {
        number: {
            "line": number,
            "case_id": each.entry.case_id,
            "payer": each.entry.payer,
            "verdict": each.verdict,
            "reason": each.reason,
            "recorded": each.entry.determination,
            "now": each.determination,
        }
        for number, each in replays
    }
    empty = {"case_id": None, "payer": None, "verdict": "not readable"}
    entries |= {
        number: {"line": number, **empty, "reason": reason, "recorded": None, "now": None}
        for number, reason in unread
    }
    return json_document({"entries": [entries[number] for number in sorted(entries)]})
