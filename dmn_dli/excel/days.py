"""A day as a cell gives it."""

from __future__ import annotations

from datetime import date, datetime


def read_day(text: str) -> date | None:
    """The day of an ISO date, or date and time, such as Excel's dates are read as; None for all else."""
    try:
        # A day that Excel stores with a time of day is that day.
        return datetime.fromisoformat(text).date() if text[:4].isdigit() and text[4:5] == "-" else None
    except ValueError:
        return None
