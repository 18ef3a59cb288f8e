"""What is wrong with a pattern."""

from __future__ import annotations


class PatternError(Exception):
    """The text is no regular expression of XPath; calls with it are null (DMN 1.5, section 10.3.4.3)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
