"""The program at a terminal: what it says is read, and its prompts are answered, as a person would do it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from select import select
from time import monotonic

from attrs import frozen

from tests.cli.program import environment

PROMPT = "> "
_PATIENCE = 60.0
"""Seconds for a whole conversation."""


@frozen
class Conversation:
    """All that stood on the terminal, the labels of the questions asked, and the exit code."""

    transcript: str
    asked: tuple[str, ...]
    exit_code: int


def converse(arguments: list[str], answer: Callable[[str], str], cwd: Path) -> Conversation:
    """Run the program at a terminal of its own; `answer` gives what is typed at a question's label."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd,
        env=environment(NO_COLOR="1"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    transcript = ""
    asked: list[str] = []
    with process:
        try:
            while chunk := _read(ours, monotonic() + _PATIENCE):
                transcript += chunk
                last = transcript.rpartition("\n")[2]
                if last.endswith(PROMPT):
                    asked.append(last.removesuffix(PROMPT))
                    os.write(ours, f"{answer(asked[-1])}\n".encode())
        finally:
            os.close(ours)
            process.kill()
    return Conversation(transcript.replace("\r\n", "\n"), tuple(asked), process.wait())


def _read(descriptor: int, until: float) -> str:
    """What stands on the terminal next; "" when the program has ended."""
    ready, _, _ = select([descriptor], [], [], max(0.0, until - monotonic()))
    assert ready, "the program neither speaks nor ends"
    try:
        return os.read(descriptor, 65_536).decode()
    except OSError:  # Linux's way of saying that nobody holds the other end any more
        return ""
