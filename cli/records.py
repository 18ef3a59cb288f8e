"""Records as they are written: JSON, JSON lines, csv, or text to read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from dmn_dli.report.text import Page

Record = Mapping[str, Any]


class Writer(Protocol):
    """Writes the records of one case after the other; `unread` is set where a file of cases failed."""

    unread: bool

    def case(self, records: Sequence[Record]) -> None:
        """Write the records of a case, one for each payer."""

    def finish(self) -> None:
        """Write what comes after the last case."""


def writer(form: str, stream: TextIO, page: Page | None) -> Writer:
    """The writer of a format; `page` is needed for text."""
    if page is not None:
        return _TextWriter(stream, page)
    return {"json": _JsonWriter, "jsonl": _JsonLinesWriter, "csv": _CsvWriter}[form](stream)


class _StreamWriter:
    """What all writers share."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.unread = False
        self.first = True

    def case(self, records: Sequence[Record]) -> None:
        for record in records:
            self.record(record)
            self.first = False

    def record(self, record: Record) -> None:
        raise TypeError("a format writes records or cases")

    def finish(self) -> None:
        return None


class _JsonWriter(_StreamWriter):
    """A list of records."""

    def record(self, record: Record) -> None:
        self.stream.write("[\n" if self.first else ",\n")
        self.stream.write(json.dumps(record, ensure_ascii=False, indent=2, default=plain))

    def finish(self) -> None:
        self.stream.write("[]\n" if self.first else "\n]\n")


class _JsonLinesWriter(_StreamWriter):
    """A record a line, each sent on its way at once."""

    def record(self, record: Record) -> None:
        self.stream.write(json.dumps(record, ensure_ascii=False, default=plain) + "\n")
        self.stream.flush()


class _CsvWriter(_StreamWriter):
    """A row a record."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        import csv

        from .record_columns import COLUMNS, row

        self._row = row
        self._lines = csv.writer(stream, lineterminator="\n")
        self._lines.writerow(COLUMNS)

    def record(self, record: Record) -> None:
        self._lines.writerow(self._row(record))


class _TextWriter(_StreamWriter):
    """Text for people, case by case."""

    def __init__(self, stream: TextIO, page: Page) -> None:
        super().__init__(stream)
        self._page = page

    def case(self, records: Sequence[Record]) -> None:
        from dmn_dli.report.text import case_text

        self.stream.write(("" if self.first else "\n") + case_text(records, self._page))
        self.first = False

    def finish(self) -> None:
        from dmn_dli.report.text import closing_text

        if not self.first:
            self.stream.write("\n" + closing_text(self._page))


def plain(value: object) -> object:
    """What JSON has no type for: decimals as numbers, dates as ISO text, all else in Python's words."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)
