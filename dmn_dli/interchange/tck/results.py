"""The kit's own file of results, as its reporter reads it: five quoted columns, no heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from dmn_dli.interchange.tck.run import Outcome


def results_csv(outcomes: Iterable[Outcome]) -> str:
    """A line for each case: folder, file, case, SUCCESS or ERROR, and a remark."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for outcome in outcomes:
        result = "SUCCESS" if outcome.state == "passed" else "ERROR"
        writer.writerow([outcome.folder, outcome.file, outcome.case, result, remark(outcome)])
    return text.getvalue()


def remark(outcome: Outcome) -> str:
    """Why the case did not pass, in one line; "" where it did."""
    if outcome.problem:
        return outcome.problem
    return "; ".join(
        f"{each.decision}: expected {each.expected}, got {each.got}" + (f" ({each.why})" if each.why else "")
        for each in outcome.mismatches
    )
