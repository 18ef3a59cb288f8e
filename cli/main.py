"""The program: finds the command, and turns whatever happens into a message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import TracebackType
from typing import Any, NoReturn, TextIO, cast

import click

from dmn_dli import __version__
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.plain import Outlet, for_people

from .groups import Commands
from .outcome import CANNOT, DEFECT, INTERRUPTED, CommandError
from .streams import end_cleanly_on_signals, open_closed_streams

_UNDELIVERED = (errno.EBADF, errno.ENOSPC, errno.EFBIG, errno.EIO)
"""What the system says, without a file's name, of standard output that takes nothing (more)."""

COMMANDS = (
    "audit",
    "check",
    "compare",
    "compile",
    "diff",
    "evaluate",
    "explain",
    "export",
    "format",
    "import",
    "merge",
    "new",
    "page",
    "rename",
    "schema",
    "show",
    "tck",
    "test",
)


_MODULES = {"import": "importing"}
"""Where the command's name cannot be a module's."""


class LazyGroup(Commands):
    """A group that imports a command's module when that command is asked for, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands' names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of that name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{_MODULES.get(cmd_name, cmd_name)}", __package__).command
        return command

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run the command, flush what it wrote, and exit with the code that it returned."""
        try:
            with _delivering():
                code = super().invoke(ctx)
        except InputError as error:
            raise CommandError(str(error)) from error
        ctx.exit(code or 0)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the arguments; `--help` and `--version` write here already."""
        with _delivering():
            return super().make_context(info_name, args, parent, **extra)


@contextmanager
def _delivering() -> Iterator[None]:
    """What is written to standard output inside arrives there, or else the program exits with 2."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        # Whoever read our output has stopped: say nothing.
        _give_up_standard_output()
        raise click.exceptions.Exit(CANNOT) from error
    except OSError as error:
        if error.filename is not None or error.errno not in _UNDELIVERED:
            raise
        _give_up_standard_output()
        message = f"The output cannot be written to standard output: {why(error)}."
        raise CommandError(message) from error


def _give_up_standard_output() -> None:
    """Let nothing that waits to be written be tried again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dmn-dli")
def group() -> None:
    """Apply coverage policies that are kept as decision tables in Excel workbooks.

    \b
    Exit codes:
      0  done, nothing to object
      1  the command's own finding: a check or a test failed, a --fail-on gate tripped
      2  it could not do all of its work: usage, files, invalid cases, tables with errors
      3  a defect of this program

    An adverse determination is an answer, not a failure.
    """


class Defects:
    """Whatever nobody foresaw becomes a short text on how to report it, and exit code 3."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Report what went wrong, unless it is an exit or an interruption."""
        if kind is None or not issubclass(kind, Exception):
            return
        import traceback

        details = "".join(traceback.format_exception(kind, error, trace))
        with suppress(OSError):
            sys.stderr.write(for_people(_defect_text(details)))
            sys.stderr.flush()
        sys.exit(DEFECT)


def _defect_text(details: str) -> str:
    head = (
        "dmn-dli met a defect of its own; your files are not to blame.\n"
        "Please report it to its maintainers with the command that you ran, the output of "
        "`dmn-dli --version`, and the details; leave out patients' data.\n"
    )
    if os.environ.get("DMN_DLI_DEBUG") == "1":
        return f"{head}\n{details}"
    return f"{head}{details.splitlines()[-1]}\nSet DMN_DLI_DEBUG=1 and run it again to see all details.\n"


def exit_code(arguments: list[str] | None = None, *, own_process: bool = False) -> Any:
    """Run the program with these arguments (default: the process's own) and give its exit code.

    own_process: nothing else runs in this process; commands find that as the context's object.
    """
    try:
        return group.main(arguments, prog_name="dmn-dli", standalone_mode=False, obj=own_process)
    except click.ClickException as error:
        with suppress(OSError):  # messages that nobody hears stop nothing
            # A message may quote what a file or an argument holds.
            error.show(cast(TextIO, Outlet(sys.stderr, for_people)))
        return CANNOT
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED


def run() -> NoReturn:
    """The console script: run the program and end the process."""
    open_closed_streams()
    end_cleanly_on_signals()
    with Defects():
        code = exit_code(own_process=True)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # of results it has been said
                stream.flush()
        # Everything is written and closed: taking the interpreter apart would only make the caller wait.
        os._exit(code)
