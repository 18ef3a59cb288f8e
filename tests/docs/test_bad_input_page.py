"""The page of broken input: each kind with its exact message, made by breaking things."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from tests.docs.broken_case_files import FILE, answers, said_of_facts
from tests.docs.broken_things import said_of_workbooks
from tests.docs.pages import ROOT, check_generated

PAGE = ROOT / "docs" / "bad-input.md"

_INTRODUCTION = """\
# What broken input is told

Workbooks and files of cases pass through many hands, and the {count} things below have happened or will. Each
is followed by the exact message that it gets. All problems of a workbook are reported in one run, and a
workbook with an error decides nothing: its payer's cases get an error that says so, and the other payers'
cases are evaluated all the same.

This page is written by the tests: they make each broken thing, read it, and put down what was said. The codes
are explained in [The codes of all messages](codes.md).
"""

_OF_CASES = """\
This is what `dmn-dli evaluate` says. A file that cannot be read is left out, and a case that cannot be
evaluated gets an error record in its place; everything else is evaluated, and the exit code is 2.
"""


def _entries() -> list[tuple[str, str, str]]:
    """Group, what is broken, and what is said of it, in the page's order."""
    workbooks = [(said.group, said.what, said.text) for said in said_of_workbooks()]
    files = [(each.broken.group, each.broken.what, each.text) for each in answers()]
    return [*workbooks, *files, *said_of_facts()]


def _page() -> str:
    entries = _entries()
    parts = [_INTRODUCTION.format(count=len(entries))]
    for group, members in groupby(entries, key=itemgetter(0)):
        parts.append(f"## {group}\n")
        if group == FILE:
            parts.append(_OF_CASES)
        parts += [f"### {what[:1].upper()}{what[1:]}\n\n```text\n{text}\n```\n" for _, what, text in members]
    return "\n".join(parts)


def test_the_page_of_broken_input_is_what_is_said() -> None:
    """UPDATE_GOLDEN=1 writes the page anew."""
    check_generated(PAGE, _page())


def test_nothing_broken_goes_without_a_message() -> None:
    assert [what for _, what, text in _entries() if not text] == []


def test_what_cannot_be_evaluated_is_told_to_the_caller_too() -> None:
    assert {answer.exit_code for answer in answers()} == {2}


def test_the_page_shows_at_least_thirty_kinds() -> None:
    assert len({(group, what) for group, what, _ in _entries()}) >= 30
