"""What somebody named that cannot be used: one exception for all, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class InputError(Exception):
    """A path, a payer or a revision that cannot be used; the message is for the person who named it."""


def further_package(extra: str) -> str:
    """What something lacks that an extra of this distribution brings, with the remedy; ends without a stop.

    Quoted, since some shells take brackets for a pattern.
    """
    return f'needs a further package: pip install "dmn-dli[{extra}]"'


@contextmanager
def needing(what: str, extra: str, *packages: str) -> Iterator[None]:
    """Raises InputError, with the remedy, where one of these packages of an extra cannot be found."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in packages:
            raise
        raise InputError(f"{what} {further_package(extra)}.") from error


def why(error: OSError) -> str:
    """The operating system's reason, in its own words."""
    return error.strerror or str(error)
