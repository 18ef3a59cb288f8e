"""`dmn-dli evaluate`: each payer's determination for each case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import click

from dmn_dli.evaluate.errors import CaseError, EvaluationError, problem
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.record import FORMAT_VERSION
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.store.load import group, load_versions

from .auditing import audit_keeper, audit_options
from .case_entries import CasesFileError
from .cases import STANDARD_INPUT, Case, check_case_file, read_case_file
from .outcome import CANNOT, DONE, FOUND, CommandError, why
from .output import open_output, output_option, say, styled, width
from .records import writer
from .tables import choose_tables, tables_option
from .written_facts import read_written

DETERMINATIONS = (
    "medically necessary",
    "not medically necessary",
    "investigational",
    "criteria not met",
    "not addressed",
    "needs information",
    "no policy on file",
)

Record = dict[str, Any]


@click.command("evaluate")
@click.argument("cases", nargs=-1, required=True)
@click.option("--payer", "payers", multiple=True, metavar="ID", help="Ask this payer only (repeatable).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv", "fhir"]),
    default="text",
    show_default=True,
    help="What to write: text to read, a list of records, a record a line, a table, or a FHIR Bundle.",
)
@click.option(
    "--fail-on",
    "gates",
    multiple=True,
    metavar="DETERMINATION",
    help='Exit with 1 where a case gets this determination, such as "needs information" (repeatable).',
)
@audit_options
@tables_option
@output_option
def command(
    cases: tuple[str, ...],
    payers: tuple[str, ...],
    form: str,
    gates: tuple[str, ...],
    audit: Path | None,
    audit_facts: bool,
    audit_time: str | None,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Give each payer's determination for each case.

    CASES are files: .json (an object or a list), .jsonl, .csv, .xlsx (first sheet), .parquet; or - for
    JSON or JSON lines on standard input.

    A case is flat: `case_id` (else its position), `payer` (an id or a list of ids, else all payers; in csv
    and xlsx parted by | or ;), and facts by name, in csv and xlsx also by label. An absent fact is unknown.
    Keys that begin with _ are ignored. Without ./tables and --tables the bundled tables are used.

    In csv output the policy's fields stand in columns such as policy.number, an error's in error.kind,
    error.message and error.problems; lists are joined by " | ", what is nested is JSON. Text that a
    spreadsheet would take for a formula (it begins with = + - @ and is no number) gets a leading apostrophe.

    With --audit each determination is also appended to a log, which `dmn-dli audit` replays.

    Exit codes: 0 done; 1 a --fail-on determination came out; 2 a case, a file or a table could not be used;
    3 a defect of this program.
    """
    for name in cases:
        check_case_file(name)
    series = load_series(choose_tables(tables))
    asked = _asked(payers, series)
    stops = _gates(gates, series)
    keep = audit_keeper(audit, audit_facts, audit_time, series)
    outcome = DONE
    files = CaseFiles(cases)
    with open_output(output) as stream:
        write = writer(form, stream, _page(series, form, output), _questions(series, form))
        for case in files:
            records = [evaluate(case, payer, series) for payer in _payers(case, asked, series)]
            keep(case, records)
            if any("error" in record for record in records):
                outcome = CANNOT
            elif outcome == DONE and any(_folded(record["determination"]) in stops for record in records):
                outcome = FOUND
            write.case(records)
        write.finish()
    return CANNOT if files.unread else outcome


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


def _asked(payers: Sequence[str], series: dict[str, KernelSeries]) -> tuple[str, ...] | None:
    """The payers that `--payer` names, alphabetically; None where it is not given."""
    chosen = {_payer_id(payer, series) for payer in payers}
    for payer in sorted(chosen):
        if payer not in series:
            raise click.BadParameter(_unknown_payer(payer, series)["reason"], param_hint="'--payer'")
    return tuple(sorted(chosen)) or None


def _payers(case: Case, asked: tuple[str, ...] | None, series: dict[str, KernelSeries]) -> Sequence[str]:
    wanted = asked or case.payers
    return tuple(series) if wanted is None else sorted({_payer_id(payer, series) for payer in wanted})


def _payer_id(payer: str, series: dict[str, KernelSeries]) -> str:
    """The id as the tables spell it, letter case aside; an unknown one as it is."""
    folded = _folded(payer)
    return next((known for known in series if _folded(known) == folded), payer.strip())


def _unknown_payer(payer: str, series: dict[str, KernelSeries]) -> dict[str, Any]:
    from dmn_dli.model.nearest import did_you_mean

    known = ", ".join(series)
    hint = did_you_mean(payer, series)
    return problem(f'There is no payer "{payer}".{hint} These tables know: {known}.', value=payer)


def _gates(gates: Sequence[str], series: dict[str, KernelSeries]) -> frozenset[str]:
    """The determinations of `--fail-on`, folded; a generic workbook's may be of any wording."""
    versions = [version for each in series.values() for version in each.versions]
    generic = any(isinstance(version, PolicyKernel) and version.generic for version in versions)
    for gate in gates:
        if _folded(gate) not in DETERMINATIONS and not generic:
            from dmn_dli.model.nearest import did_you_mean

            known = ", ".join(DETERMINATIONS)
            hint = did_you_mean(gate, DETERMINATIONS)
            raise click.BadParameter(
                f'There is no determination "{gate}".{hint} Known are: {known}.', param_hint="'--fail-on'"
            )
    return frozenset(_folded(gate) for gate in gates)


def _folded(value: object) -> str:
    return " ".join(str(value).split()).casefold()


def _page(series: dict[str, KernelSeries], form: str, output: Path | None) -> Any:
    """What the text needs besides records; None for the other formats."""
    if form != "text":
        return None
    from dmn_dli.report.text import Page, Payer

    payers = {}
    for payer, each in series.items():
        kernels = [version for version in each.versions if isinstance(version, PolicyKernel)]
        facts = {name: fact for kernel in kernels for name, fact in kernel.case_reader.facts.items()}
        names = [kernel.fields["payer_name"] for kernel in kernels]
        payers[payer] = Payer(next((name for name in reversed(names) if name), payer), facts)
    return Page(payers, width(output), styled=styled(output))


def _questions(series: dict[str, KernelSeries], form: str) -> dict[str, str]:
    """What to ask for each fact; only a format that shows it needs it."""
    if form != "fhir":
        return {}
    versions = [version for each in series.values() for version in each.versions]
    kernels = [version for version in versions if isinstance(version, PolicyKernel)]
    return {name: fact.question for kernel in kernels for name, fact in kernel.case_reader.facts.items()}
