"""What somebody named that cannot be used: one exception for all, with the reason in words."""

from __future__ import annotations


class InputError(Exception):
    """A path, a payer or a revision that cannot be used; the message is for the person who named it."""


def why(error: OSError) -> str:
    """The operating system's reason, in its own words."""
    return error.strerror or str(error)
