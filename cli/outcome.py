"""Exit codes, and what becomes of an input that cannot be used."""

from __future__ import annotations

import click

DONE = 0
FOUND = 1
"""The command's own finding."""
CANNOT = 2
"""It could not do all of its work."""
DEFECT = 3
INTERRUPTED = 130


class CommandError(click.ClickException):
    """An input that cannot be used, as the library said it, on its way to standard error."""

    exit_code = CANNOT
