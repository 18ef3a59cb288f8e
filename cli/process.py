"""The program run to its end inside another, as if it were a process of its own."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from .main import Defects, exit_code

_STREAMS = ("stdin", "stdout", "stderr")


class Finished(NamedTuple):
    """What a process leaves behind: its exit code, and what it wrote to its streams."""

    exit: int
    stdout: bytes
    stderr: bytes


def run_to_end(arguments: Sequence[str], stdin: bytes, folder: Path) -> Finished:
    """Run the program in a working folder with these arguments; streams are files, none a terminal.

    Environment, working folder and streams are afterwards what they were.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in _STREAMS]
        files[0].write(stdin)
        files[0].seek(0)
        with _streams_of_a_process([file.fileno() for file in files]), _place(folder):
            code = _code(list(arguments))
        written = [_content(file.fileno()) for file in files[1:]]
    return Finished(code, *written)


def _code(arguments: list[str]) -> int:
    try:
        with Defects():
            return int(exit_code(arguments) or 0)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with open(descriptor, "rb", closefd=False) as stream:
        return stream.read()


@contextmanager
def _streams_of_a_process(descriptors: Sequence[int]) -> Iterator[None]:
    """Files in the place of the three standard streams, down to their numbers."""
    for name in _STREAMS[1:]:
        getattr(sys, name).flush()
    before = {name: getattr(sys, name) for name in _STREAMS}
    kept = [os.dup(number) for number in range(3)]
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    made = [_stream(number) for number in range(3)]
    for name, stream in zip(_STREAMS, made, strict=True):
        setattr(sys, name, stream)
    try:
        yield
    finally:
        for stream in made[1:]:
            stream.flush()
        for name, stream in before.items():
            setattr(sys, name, stream)
        for number, descriptor in enumerate(kept):
            os.dup2(descriptor, number)
            os.close(descriptor)


def _stream(number: int) -> io.TextIOWrapper:
    raw = open(number, "rb" if number == 0 else "wb", closefd=False)  # noqa: SIM115 - it ends with the run
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace" if number == 2 else "strict")


@contextmanager
def _place(folder: Path) -> Iterator[None]:
    """A working folder and an environment of its own."""
    environment, before = dict(os.environ), Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
