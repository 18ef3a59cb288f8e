"""Explanations as they are written: JSON, text to read, or determination summaries in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO

from dmn_dli.report.determination_summary import summary
from dmn_dli.report.explanation_json import explanation_json
from dmn_dli.report.explanation_text import explanation_text
from dmn_dli.report.records import JsonWriter, TextWriter, Writer
from dmn_dli.report.text import Page

Explained = Any
"""An Explanation, or an error record."""


def explanation_writer(form: str, stream: TextIO, page: Page) -> Writer:
    """The writer of a format for explanations, or for the error records in their place."""
    if form == "json":
        return _JsonWriter(stream)
    return _SummaryWriter(stream, page) if form == "md" else _TextWriter(stream, page)


class _JsonWriter(JsonWriter):
    def record(self, record: Explained) -> None:
        super().record(explanation_json(record))


class _TextWriter(TextWriter):
    def text(self, records: Sequence[Explained]) -> str:
        return explanation_text(records, self.page)


class _SummaryWriter(Writer):
    """A page a determination, parted by lines."""

    def __init__(self, stream: TextIO, page: Page) -> None:
        super().__init__(stream)
        self._page = page

    def record(self, record: Explained) -> None:
        self.stream.write(("\n---\n\n" if self.begun else "") + summary(record, self._page))
