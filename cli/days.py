"""A day as people give it to a command."""

from __future__ import annotations

import re
from datetime import date

import click

_FORM = re.compile(r"\d{4}-\d\d-\d\d")


def day(text: str) -> date:
    """A day by year, month and day: any other order would mean another day to somebody else.

    Raises BadParameter for other text, and for a day that the calendar lacks.
    """
    if _FORM.fullmatch(text.strip()) is None:
        raise click.BadParameter(f'"{text}" is no day: year-month-day is expected, such as 2025-02-12.')
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise click.BadParameter(f'"{text}" is no day of the calendar.') from None
