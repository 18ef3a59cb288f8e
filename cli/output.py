"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

import click

from dmn_dli.cases.files import STANDARD_INPUT
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.plain import OUTLETS, Outlet, for_people, for_terminal
from dmn_dli.runtime.whole_files import replacing, write_whole
from dmn_dli.store.given import files_read

PLAIN_WIDTH = 100
"""Columns of text that nobody reads on a terminal."""

_NARROWEST, _WIDEST = 50, 120
_ESCAPED = "backslashreplace"
"""A lone surrogate from JSON input leaves as the escape that it came as."""

output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the result to FILE, whole or not at all, instead of standard output.",
)


class Choice(click.Choice[str]):
    """One of some words; for another the nearest is named."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant. Raises click.BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from dmn_dli.runtime.nearest import did_you_mean

            hint = did_you_mean(str(value), map(str, self.choices))
            raise click.BadParameter(f"{error.message}{hint}", ctx, param) from error


def format_option(formats: Sequence[str], about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--format`, which a command takes as `form`; text where it is not given."""
    return click.option(
        "--format", "form", type=Choice(formats), default="text", show_default=True, help=about
    )


def quiet_notes_option(about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--quiet-notes`."""
    return click.option("--quiet-notes", is_flag=True, help=about)


@contextmanager
def open_output(path: Path | None, form: str) -> Iterator[TextIO]:
    """The stream for results of a format, UTF-8 with plain line ends: standard output or a whole file.

    What is written passes the outlet (`runtime.plain`); only Python source does not, which is "py".
    The file takes its name only when everything has been written; until then, and after a failure, an
    older file of that name stays. Raises InputError where the output cannot be written, BrokenPipeError
    where its reader has gone.
    """
    with _delivering(path):
        if path is None:
            yield _outlet(_standard_output(), form, None)
            sys.stdout.flush()
        else:
            with (
                _file(path) as file,
                TextIOWrapper(file, encoding="utf-8", errors=_ESCAPED, newline="\n") as stream,
            ):
                yield _outlet(stream, form, path)


@contextmanager
def open_binary_output(path: Path | None) -> Iterator[BinaryIO]:
    """As `open_output`, for bytes: a format that is no text, or UTF-8 text that has passed the outlet."""
    with _delivering(path):
        if path is None:
            stream = _standard_output()
            stream.flush()
            yield stream.buffer
            stream.buffer.flush()
        else:
            with _file(path) as file:
                yield file


@contextmanager
def _delivering(path: Path | None) -> Iterator[None]:
    """What cannot be written inside is an InputError, but for a reader who has gone."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        target = "standard output" if path is None else f'"{path}"'
        raise InputError(f"The output cannot be written to {target}: {why(error)}.") from error


def keep_inputs(output: Path | None, *inputs: str | Path | None) -> None:
    """Raise InputError where a file to be written is one that is read: an input is never written over.

    inputs: paths as the command takes them. A folder stands for its workbooks, a workbook for its dictionary
    too, - for the file that standard input comes from; what is no path, such as a revision, for nothing.
    """
    if output is None or (output.exists() and not output.is_file()):
        return  # a folder is refused elsewhere; a device or a pipe holds nothing
    for given in inputs:
        if given is None:
            continue
        read = [STANDARD_INPUT] if given == STANDARD_INPUT else files_read(Path(given))
        if any(_same(output, each) for each in read):
            raise InputError(
                f'"{output}" is a file of this command already (a workbook, a dictionary, cases or a log), '
                "which is never written over; name another file for the output."
            )


def _same(output: Path, other: str | Path) -> bool:
    """Whether two paths lead to one file, whether it exists yet or not."""
    try:
        if other == STANDARD_INPUT:
            return os.path.samestat(output.stat(), os.fstat(sys.stdin.fileno()))
        return output.samefile(other)
    except (OSError, ValueError):
        return other != STANDARD_INPUT and os.path.realpath(output) == os.path.realpath(other)


def _outlet(stream: TextIO, form: str, path: Path | None) -> TextIO:
    if form == "py":
        return stream
    return cast(TextIO, Outlet(stream, OUTLETS.get(form, for_terminal if styled(path) else for_people)))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is no text, whole or not at all. Raises InputError where it cannot be written."""
    try:
        write_whole(data, path)
    except OSError as error:
        raise InputError(f'The output cannot be written to "{path}": {why(error)}.') from error


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """The file to write: whole or not at all, but a pipe or a device as it is."""
    if path.is_dir():
        raise InputError(f'The output cannot be written to "{path}": it is a folder.')
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
    else:
        with replacing(path) as whole:
            yield whole


def _standard_output() -> TextIO:
    stream: Any = sys.stdout
    if stream.isatty():
        stream.reconfigure(errors=_ESCAPED)
    else:
        stream.reconfigure(encoding="utf-8", errors=_ESCAPED, newline="\n")
    result: TextIO = stream
    return result


def styled(path: Path | None) -> bool:
    """Whether colour and bold letters are welcome: on a terminal, unless NO_COLOR says otherwise."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and path is None and sys.stdout.isatty()


def width(path: Path | None) -> int:
    """The columns that text may fill."""
    if path is not None or not sys.stdout.isatty():
        return PLAIN_WIDTH
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return PLAIN_WIDTH
    return max(_NARROWEST, min(_WIDEST, columns or PLAIN_WIDTH))


def say(message: str, *, end: str = "\n") -> None:
    """A message to the person at the keyboard, on standard error; one that nobody can hear stops nothing."""
    with suppress(OSError):
        click.echo(f"{for_people(message)}{end}", err=True, nl=False)
