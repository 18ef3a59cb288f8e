"""A working directory with tables of its own, as the command line's tests have it."""

from __future__ import annotations

from tests.cli.conftest import here, with_tables

__all__ = ["here", "with_tables"]
