"""What the expression language raises: a text that is no FEEL, and FEEL that is refused."""

from __future__ import annotations

from dmn_dli.feel.syntax import Span


class FeelProblem(Exception):
    """What is wrong with a text.

    message: plain words; what was found, where, and what is expected there.
    span: the stretch of the text that is at fault.
    """

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class FeelSyntaxError(FeelProblem):
    """The text is no FEEL."""


class FeelUnsupported(FeelProblem):
    """The text is FEEL, but a construct that is refused here: it reads the clock, or calls foreign code."""
