"""What linking says of each broken cell, word for word, in `messages.txt`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dmn_dli.linking import codes as cells
from dmn_dli.model.finding import Code
from tests.linking.broken import BROKEN_CELLS, BrokenCell
from tests.linking.broken_criteria import CRITERIA

ALL = (*BROKEN_CELLS, *CRITERIA)
GOLDEN = Path(__file__).with_name("messages.txt")


def said(broken: BrokenCell) -> str:
    """All findings about a broken cell, one paragraph."""
    lines = [
        f"  {finding.code.severity.value} {finding.code.code} {finding.place or 'file'}\n"
        f"    {finding.message}\n    {finding.remedy}\n"
        for finding in broken.make().findings
    ]
    return f"{broken.what}\n{''.join(lines)}"


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.what)
def test_each_kind_of_broken_cell_gets_its_code_and_no_other_error(broken: BrokenCell) -> None:
    findings = broken.make().findings
    assert broken.code in {finding.code for finding in findings}
    assert {finding.code for finding in findings if finding.is_error} <= {broken.code}


def test_every_code_that_linking_gives_is_provoked() -> None:
    codes = {code for code in vars(cells).values() if isinstance(code, Code)}
    of_the_cases_sheet = {cells.CASE_HEADING, cells.CASE_VALUE}
    assert codes - {broken.code for broken in ALL} == of_the_cases_sheet


def test_messages_read_as_agreed() -> None:
    """Set UPDATE_GOLDEN=1 to write the file anew, and review its difference."""
    spoken = "\n".join(said(broken) for broken in ALL)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(spoken, encoding="utf-8")
    assert spoken == GOLDEN.read_text(encoding="utf-8")


def test_every_finding_says_what_was_read_and_what_to_do() -> None:
    for broken in ALL:
        for finding in broken.make().findings:
            assert finding.message.endswith((".", "?")), finding.message
            assert finding.remedy.endswith("."), finding.remedy
            assert finding.file in ("book.xlsx", "facts.xlsx")
