"""Determinations and statuses of criteria as badges: always a word, and a colour besides."""

from __future__ import annotations

from dmn_dli.page.html import Element, h
from dmn_dli.report.checklist import Entry
from dmn_dli.report.layout import GREEN, RED, YELLOW
from dmn_dli.report.text import Record, colour, headline
from dmn_dli.runtime.criterion import MET, NOT_MET

_TONES = {GREEN: "good", RED: "bad", YELLOW: "open"}

_OF_STATUS = {
    MET: "good",
    "not excluded": "good",
    NOT_MET: "bad",
    "EXCLUDED": "bad",
    "not known": "open",
}
"""What the checklist says of a row, and how that looks."""


def determination_badge(record: Record, number: int | None = None) -> Element:
    """A record's determination; number: how many payers give it."""
    tone = "warn" if "error" in record else _TONES.get(colour(headline(record)), "")
    counted = f"{number} " if number else ""
    return h("span", f"{counted}{headline(record)}", class_=f"badge {tone}".strip())


def status_badge(entry: Entry) -> Element:
    """How a row of the checklist stands."""
    neutral = entry.adverse and entry.status in (MET, NOT_MET)
    tone = "" if neutral else _OF_STATUS.get(entry.status, "")
    return h("span", entry.status, class_=f"badge {tone}".strip())
