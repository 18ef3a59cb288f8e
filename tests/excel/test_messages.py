"""What the reader says of each broken workbook, word for word, in `messages.txt`."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from dmn_dli.excel import codes as layout
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.finding import Code
from dmn_dli.model.workbook import Workbook
from tests.excel.broken import BROKEN, Broken
from tests.excel.broken_criteria import CRITERIA_SHEETS
from tests.excel.broken_lists import LISTS

GOLDEN = Path(__file__).with_name("messages.txt")
ALL = (*BROKEN, *CRITERIA_SHEETS, *LISTS)


@cache
def book(broken: Broken) -> Workbook:
    """What the reader makes of a broken workbook; its file is named otherwise than the workbook."""
    return read_workbook_bytes(broken.make(), broken.name, "given.xlsx")


def said(broken: Broken) -> str:
    """All findings about a broken workbook, one paragraph."""
    lines = [
        f"  {finding.code.severity.value} {finding.code.code} {finding.place or 'file'}\n"
        f"    {finding.message}\n    {finding.remedy}\n"
        for finding in book(broken).findings
        if finding.code is not layout.RETIRED or broken.code is layout.RETIRED
    ]
    return f"{broken.what}\n{''.join(lines)}"


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.what)
def test_each_kind_of_breakage_gets_its_code(broken: Broken) -> None:
    assert broken.code in {finding.code for finding in book(broken).findings}


def test_every_code_of_the_layout_is_provoked_by_a_workbook_or_by_its_folder() -> None:
    codes = {code for code in vars(layout).values() if isinstance(code, Code)}
    of_the_folder = {layout.BUSY, layout.NO_PLAIN_DICTIONARY, layout.BORROWED_DICTIONARY}
    assert codes - {broken.code for broken in ALL} == of_the_folder


def test_messages_read_as_agreed() -> None:
    """Set UPDATE_GOLDEN=1 to write the file anew, and review its difference."""
    spoken = "\n".join(said(broken) for broken in ALL)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(spoken, encoding="utf-8")
    assert spoken == GOLDEN.read_text(encoding="utf-8")


def test_every_finding_says_what_to_do() -> None:
    for broken in ALL:
        for finding in book(broken).findings:
            assert finding.file == "given.xlsx"
            assert finding.message.endswith((".", "?"))
            assert finding.remedy.endswith(".")
