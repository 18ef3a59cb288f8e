"""Exit codes, and the exception for what a command could not do."""

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
    """Work that cannot be done, with a message for the person who asked for it."""

    exit_code = CANNOT
