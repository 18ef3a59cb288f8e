"""Records as they are written: JSON, JSON lines, csv, or text to read."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from dmn_dli.evaluate.record_fields import ChosenColumns
    from dmn_dli.report.text import Page

Record = Mapping[str, Any]


class Writer(ABC):
    """Writes the records of one case after the other."""

    def __init__(self, stream: TextIO) -> None:
        """Begin on a stream."""
        self.stream = stream
        self.begun = False

    @abstractmethod
    def record(self, record: Record) -> None:
        """Write one record."""

    def case(self, records: Sequence[Record]) -> None:
        """Write the records of a case, one for each payer."""
        for record in records:
            self.record(record)
            self.begun = True

    def finish(self) -> None:  # noqa: B027 - most formats need no end
        """Write what comes after the last case."""


def writer(
    form: str,
    stream: TextIO,
    page: Page | None,
    questions: Mapping[str, str] | None = None,
    columns: ChosenColumns | None = None,
) -> Writer:
    """The writer of a format; `page` is needed for text, `questions` (by fact) for fhir.

    columns: those that tables and JSON hold; None for all.
    """
    if page is not None:
        return TextWriter(stream, page)
    if form == "fhir":
        return _FhirWriter(stream, questions or {})
    if form == "csv":
        return _CsvWriter(stream, columns)
    kind = JsonWriter if form == "json" else _JsonLinesWriter
    return kind(stream, columns)


class JsonWriter(Writer):
    """A list of records."""

    def __init__(self, stream: TextIO, columns: ChosenColumns | None = None) -> None:
        """columns: the keys that records have; None for all."""
        super().__init__(stream)
        self._columns = columns

    def record(self, record: Record) -> None:
        """Write one record as an element of the list."""
        self.stream.write(",\n" if self.begun else "[\n")
        found = record if self._columns is None else self._columns.of(record)
        self.stream.write(json.dumps(found, ensure_ascii=False, indent=2, default=plain))

    def finish(self) -> None:
        """End the list."""
        self.stream.write("\n]\n" if self.begun else "[]\n")


class _JsonLinesWriter(Writer):
    """A record a line, each sent on its way at once."""

    def __init__(self, stream: TextIO, columns: ChosenColumns | None) -> None:
        super().__init__(stream)
        self._columns = columns

    def record(self, record: Record) -> None:
        found = record if self._columns is None else self._columns.of(record)
        self.stream.write(json.dumps(found, ensure_ascii=False, default=plain) + "\n")
        self.stream.flush()


class _CsvWriter(Writer):
    """A row a record."""

    def __init__(self, stream: TextIO, columns: ChosenColumns | None) -> None:
        super().__init__(stream)
        import csv

        from dmn_dli.evaluate.record_fields import ALL
        from dmn_dli.report.table_row import row

        self._columns = columns or ALL
        self._row = row
        self._lines = csv.writer(stream, lineterminator="\n")
        self._lines.writerow(self._columns.names)

    def record(self, record: Record) -> None:
        self._lines.writerow(self._row(record, self._columns))


class _FhirWriter(Writer):
    """A FHIR Bundle with a GuidanceResponse for each record."""

    def __init__(self, stream: TextIO, questions: Mapping[str, str]) -> None:
        super().__init__(stream)
        self._questions = questions
        self._responses: list[dict[str, Any]] = []

    def record(self, record: Record) -> None:
        from dmn_dli.report.fhir import guidance_response

        self._responses.append(guidance_response(record, self._questions))

    def finish(self) -> None:
        from dmn_dli.report.fhir import bundle

        document = bundle(self._responses)
        self.stream.write(json.dumps(document, ensure_ascii=False, indent=2, default=plain) + "\n")


class TextWriter(Writer):
    """Text for people, case by case."""

    def __init__(self, stream: TextIO, page: Page) -> None:
        super().__init__(stream)
        self.page = page

    def record(self, record: Record) -> None:
        """Write a record as a case of its own."""
        self.case([record])

    def case(self, records: Sequence[Record]) -> None:
        """Write the records of a case, after a blank line where others stand before."""
        self.stream.write(("\n" if self.begun else "") + self.text(records))
        self.begun = True

    def text(self, records: Sequence[Record]) -> str:
        """The records of one case in words."""
        from dmn_dli.report.text import case_text

        return case_text(records, self.page)

    def finish(self) -> None:
        """Write what holds of all determinations, where there are any."""
        from dmn_dli.report.text import closing_text

        if self.begun:
            self.stream.write("\n" + closing_text(self.page))


def plain(value: object) -> object:
    """What JSON has no type for: decimals as numbers, dates as ISO text, all else in Python's words."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)
