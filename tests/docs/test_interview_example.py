"""The interview that the page on `explain` shows is the one that takes place at a terminal."""

from __future__ import annotations

from tests.cli.terminal import converse
from tests.docs.pages import ROOT, blocks, read, rewriting

PAGE = ROOT / "docs" / "explain.md"
COMMAND = "$ dmn-dli explain --ask --until determination --payer cigna\n"
ANSWERS = {"Service": "1", "Prior transplant": "none"}


def test_the_interview_is_as_shown() -> None:
    """UPDATE_GOLDEN=1 writes it into the page."""
    (shown,) = [block for block in blocks(PAGE, "text") if block.text.startswith(COMMAND)]
    talk = converse(COMMAND.split()[2:], ANSWERS.__getitem__, ROOT)
    true = COMMAND + talk.transcript
    if rewriting():
        page = read(PAGE).replace(f"```text\n{shown.text}```", f"```text\n{true}```")
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return
    assert shown.text == true
