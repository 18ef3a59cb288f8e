"""What the commands that ask payers about cases share: the cases of files, the payers asked, the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import click

from dmn_dli.cases.asking import known_payer
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import STANDARD_INPUT, Case, read_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.input_error import InputError

from .completion import payers
from .output import say, styled, width

payer_option = click.option(
    "--payer",
    "payers",
    multiple=True,
    metavar="ID",
    shell_complete=payers,
    help="Ask this payer only (repeatable).",
)


class CaseFiles:
    """The cases of all files in turn; `unread` tells whether a file could not be read, which is also said."""

    def __init__(self, names: Sequence[str], aside: Collection[str] = ()) -> None:
        """Take the files' names; aside: as `read_case_file` has it."""
        self.names = names
        self.aside = aside
        self.unread = False

    def __iter__(self) -> Iterator[Case]:
        """Read the files, each when its turn comes."""
        return (case for _, _, case in self.placed())

    def placed(self) -> Iterator[tuple[str, int, Case]]:
        """The cases with their file, and which of its cases each is."""
        numbers = count(1)
        for name in self.names:
            found, reason = 0, None
            try:
                for case in read_case_file(name, numbers, self.aside):
                    found += 1
                    yield name, found, case
            except CasesFileError as error:
                self.unread = True
                reason = str(error)
            say_of_file(name, found, reason)


def say_of_file(name: str, cases: int, unusable: str | None) -> None:
    """Say of a file of cases that has been read what the user must know: that it cannot be used, or is empty.

    cases: how many came of it; unusable: why no more came, None where it was read to its end.
    """
    shown = "Standard input" if name == STANDARD_INPUT else f'"{name}"'
    if unusable is not None:
        say(f"{shown} cannot be used. {unusable}")
    elif not cases:
        say(f"{shown} holds no case.")


def asked_payers(payers: Sequence[str], series: dict[str, KernelSeries]) -> tuple[str, ...] | None:
    """The payers that `--payer` names, alphabetically; None where it is not given."""
    try:
        return tuple(sorted({known_payer(payer, series) for payer in payers})) or None
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="'--payer'") from error


def page_for(series: dict[str, KernelSeries], form: str, output: Path | None) -> Any:
    """What the text needs besides records; None for the other formats."""
    if form != "text":
        return None
    from dmn_dli.report.text import page_of

    return page_of(series, width(output), styled=styled(output))
