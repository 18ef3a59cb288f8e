"""What the commands that ask payers about cases share: series, payers asked, cases, records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import click

from dmn_dli.cases.entries import CasesFileError, why
from dmn_dli.cases.files import FORMATS, STANDARD_INPUT, Case, read_case_file
from dmn_dli.cases.written_facts import read_written
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import CaseError, EvaluationError, problem
from dmn_dli.runtime.record import FORMAT_VERSION
from dmn_dli.runtime.words import folded
from dmn_dli.store.load import group, load_versions

from .outcome import CommandError
from .output import say, styled, width

Record = dict[str, Any]


def load_series(tables: Path) -> dict[str, KernelSeries]:
    """The payers' series of versions. Raises CommandError where there are none or they cannot be read."""
    try:
        series = group(load_versions(tables))
    except OSError as error:
        raise CommandError(f'The tables in "{tables}" cannot be read: {why(error)}.') from error
    if not series:
        raise CommandError(f'There is no policy in "{tables}": no workbook, or drafts only.')
    return series


def evaluate(case: Case, payer: str, series: dict[str, KernelSeries]) -> Record:
    """The record of a case for a payer; an error record with all problems where there is no determination."""
    try:
        return _determine(case, payer, series)
    except EvaluationError as error:
        return {
            "format_version": FORMAT_VERSION,
            "case_id": case.case_id,
            "payer": payer,
            "error": {"kind": error.kind, "message": error.message, "problems": error.problems},
        }


def _determine(case: Case, payer: str, series: dict[str, KernelSeries]) -> Record:
    if payer not in series:
        raise CaseError([*case.problems, _unknown_payer(payer, series)])
    facts, problems = case.facts, case.problems
    if case.written:
        facts, unclear = read_written(case.facts, series[payer])
        problems += unclear
    try:
        record = series[payer].determine(facts, case.case_id)
    except CaseError as error:
        raise CaseError([*problems, *error.problems]) from error
    if problems:
        raise CaseError(problems)
    return record


def check_case_file(name: str) -> None:
    """Raise CommandError for a path that is no file, or whose ending names no format of cases."""
    if name == STANDARD_INPUT:
        return
    path = Path(name)
    if path.is_dir():
        raise CommandError(f'"{name}" is a folder; a file of cases is expected.')
    if not path.exists():
        raise CommandError(f'There is no file "{name}".')
    if path.suffix.lower() not in FORMATS:
        ending = f'ends in "{path.suffix}"' if path.suffix else "has no ending"
        raise CommandError(f'"{name}" {ending}; cases are read from {", ".join(FORMATS)}, or - for JSON.')


class CaseFiles:
    """The cases of all files in turn; `unread` tells whether a file could not be read, which is also said."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the files' names."""
        self.names = names
        self.unread = False

    def __iter__(self) -> Iterator[Case]:
        """Read the files, each when its turn comes."""
        numbers = count(1)
        for name in self.names:
            shown = "Standard input" if name == STANDARD_INPUT else f'"{name}"'
            found = False
            try:
                for case in read_case_file(name, numbers):
                    found = True
                    yield case
            except CasesFileError as error:
                self.unread = True
                say(f"{shown} cannot be used. {error}")
            else:
                if not found:
                    say(f"{shown} holds no case.")


def asked_payers(payers: Sequence[str], series: dict[str, KernelSeries]) -> tuple[str, ...] | None:
    """The payers that `--payer` names, alphabetically; None where it is not given."""
    chosen = {_payer_id(payer, series) for payer in payers}
    for payer in sorted(chosen):
        if payer not in series:
            raise click.BadParameter(_unknown_payer(payer, series)["reason"], param_hint="'--payer'")
    return tuple(sorted(chosen)) or None


def payers_of(case: Case, asked: tuple[str, ...] | None, series: dict[str, KernelSeries]) -> Sequence[str]:
    """The payers that a case is put to, alphabetically: those asked, else the case's own, else all."""
    wanted = asked or case.payers
    return tuple(series) if wanted is None else sorted({_payer_id(payer, series) for payer in wanted})


def _payer_id(payer: str, series: dict[str, KernelSeries]) -> str:
    """The id as the tables spell it, letter case aside; an unknown one as it is."""
    wanted = folded(payer)
    return next((known for known in series if folded(known) == wanted), payer.strip())


def _unknown_payer(payer: str, series: dict[str, KernelSeries]) -> dict[str, Any]:
    from dmn_dli.runtime.nearest import did_you_mean

    known = ", ".join(series)
    hint = did_you_mean(payer, series)
    return problem(f'There is no payer "{payer}".{hint} These tables know: {known}.', value=payer)


def page_for(series: dict[str, KernelSeries], form: str, output: Path | None) -> Any:
    """What the text needs besides records; None for the other formats."""
    if form != "text":
        return None
    from dmn_dli.report.text import Page, Payer

    payers = {}
    for payer, each in series.items():
        kernels = [version for version in each.versions if isinstance(version, PolicyKernel)]
        facts = {name: fact for kernel in kernels for name, fact in kernel.case_reader.facts.items()}
        names = [kernel.policy.payer_name for kernel in kernels]
        payers[payer] = Payer(next((name for name in reversed(names) if name), payer), facts)
    return Page(payers, width(output), styled=styled(output))
