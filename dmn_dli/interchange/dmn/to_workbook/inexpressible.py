"""What a workbook's cells cannot say."""

from __future__ import annotations


class Inexpressible(Exception):
    """Why an expression of a model has no text that a workbook's cell could hold; a whole sentence."""
