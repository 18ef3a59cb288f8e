"""A summary of records, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TextIO

from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import BOLD, clean, many, paint, paragraph, spoken
from dmn_dli.report.records import Record, Writer
from dmn_dli.report.summary import PayerCounts, Summary, Tally
from dmn_dli.report.text import Page

SHOWN = 10
"""How many unmet criteria of a payer the text shows, the most frequent first."""

_UNKNOWN = "Payers that these tables do not know"


class SummaryWriter(Writer):
    """Counts the records of cases, and writes the counts in the end."""

    def __init__(self, stream: TextIO, summary: Summary, worded: Callable[[Summary], str]) -> None:
        """worded: the words or the document that the summary is written as."""
        super().__init__(stream)
        self.summary = summary
        self._worded = worded

    def record(self, record: Record) -> None:
        """Count a record that stands alone."""
        self.case([record])

    def case(self, records: Sequence[Record]) -> None:
        """Count the records of a case."""
        self.summary.case(records)

    def finish(self) -> None:
        """Write the counts."""
        self.stream.write(self._worded(self.summary))


def summary_json(summary: Summary) -> str:
    """A document with the counts; what is counted stands in the order of its frequency."""
    payers = [
        {
            "payer": payer,
            "records": counts.records,
            "determinations": [
                {"determination": json.loads(each), "records": number}
                for each, number in _ordered(counts.determinations)
            ],
            "other_determinations": counts.determinations.others,
            "errors": [{"kind": kind, "records": number} for kind, number in _ordered(counts.errors)],
            "unmet_criteria": [
                {"id": each.id, "requirement": each.requirement, "records": number}
                for each, number in _ordered(counts.unmet)
            ],
            "other_unmet_criteria": counts.unmet.others,
        }
        for payer, counts in _payers(summary)
    ]
    return json_document(
        {
            "cases": summary.cases,
            "records": sum(counts.records for counts in summary.payers.values()),
            "errors": sum(counts.errors.total() for counts in summary.payers.values()),
            "complete": summary.complete,
            "payers": payers,
        }
    )


def summary_text(summary: Summary, page: Page) -> str:
    """The counts, and each as a share of the payer's records."""
    records = sum(counts.records for counts in summary.payers.values())
    errors = sum(counts.errors.total() for counts in summary.payers.values())
    told = f", {errors:,} of them {'an error record' if errors == 1 else 'error records'}" if errors else ""
    lines = paragraph(f"{many(summary.cases, 'case')}, {many(records, 'record')}{told}", page.width)
    if not summary.complete:
        lines += paragraph("Not all of the files could be read; counted is what could.", page.width)
    for payer, counts in _payers(summary):
        name = _UNKNOWN if payer is None else page.payers[payer].name
        heading = f"{clean(name)}: {many(counts.records, 'record')}"
        digits = len(f"{records:,}")
        lines += ["", paint(heading, *[BOLD][: page.styled]), *_payer(counts, digits, page.width)]
    return "\n".join(lines) + "\n"


def _payer(counts: PayerCounts, digits: int, width: int) -> Iterator[str]:
    """The lines of one payer. digits: how wide numbers may be."""

    def line(number: int, text: str) -> list[str]:
        begin = f"  {number:>{digits},}  {f'{100 * number / counts.records:.1f} %':>7}  "
        return paragraph(text, width, begin, " " * len(begin))

    for each, number in _ordered(counts.determinations):
        yield from line(number, spoken(json.loads(each)))
    if counts.determinations.others:
        yield from line(counts.determinations.others, "other determinations")
    for kind, number in _ordered(counts.errors):
        yield from line(number, f"error, in the {kind}")
    unmet = _ordered(counts.unmet)
    if unmet:
        yield "  unmet most often:"
    for (name, requirement), number in unmet[:SHOWN]:
        yield from line(number, f"{name}: {requirement}" if name else requirement)
    rest = sum(number for _, number in unmet[SHOWN:]) + counts.unmet.others
    if rest:
        yield from line(rest, "others")


def _payers(summary: Summary) -> list[tuple[str | None, PayerCounts]]:
    """The payers alphabetically, those that are unknown last."""
    return sorted(summary.payers.items(), key=lambda each: (each[0] is None, each[0] or ""))


def _ordered(tally: Tally) -> list[tuple[Any, int]]:
    """What was counted, the most frequent first; of equals in the order of their texts."""
    return sorted(tally.counts.items(), key=lambda each: (-each[1], str(each[0])))
