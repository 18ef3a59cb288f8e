"""What somebody named that cannot be used: one exception for all, with the reason in words."""

from __future__ import annotations


class InputError(Exception):
    """A path, a payer or a revision that cannot be used; the message is for the person who named it."""


def further_package(extra: str) -> str:
    """What something lacks that an extra of this distribution brings, with the remedy; ends without a stop.

    Quoted, since some shells take brackets for a pattern.
    """
    return f'needs a further package: pip install "dmn-dli[{extra}]"'


def why(error: OSError) -> str:
    """The operating system's reason, in its own words."""
    return error.strerror or str(error)
