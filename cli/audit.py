"""`dmn-dli audit`: whether recorded determinations still come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dmn_dli.cases.entries import why

from .asking import CaseFiles, check_case_file, load_series
from .auditing import case_facts
from .outcome import CANNOT, DONE, FOUND, CommandError
from .output import open_output, output_option
from .tables import choose_tables, tables_option

if TYPE_CHECKING:
    from dmn_dli.audit.replay import Replay
    from dmn_dli.evaluate.series import KernelSeries


@click.command("audit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("cases", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write: text to read, or a document for programs.",
)
@tables_option
@output_option
def command(file: Path, cases: tuple[str, ...], form: str, tables: Path | None, output: Path | None) -> int:
    """Replay the log FILE that `evaluate --audit` wrote: name each determination that comes out no longer.

    The facts are those of the log where `--audit-facts` kept them. Else CASES are searched for facts with
    the digest that the log has; these are files as `evaluate` takes them.

    Each line is the same; or the determination is, but not all of the record (a new wording, say); or it
    changed; or it was altered: the facts in the log are not those that were digested; or it is not
    replayed, because its facts or its payer are not at hand.

    Exit codes: 0 every determination still comes out; 1 one does not, or a line was altered; 2 a line
    could not be read or replayed; 3 a defect of this program.
    """
    from dmn_dli.report.audit import audit_json, audit_text

    for name in cases:
        check_case_file(name)
    series = load_series(choose_tables(tables))
    files = CaseFiles(cases)
    replays, unread = _replay(file, series, _facts_by_digest(files, series))
    with open_output(output) as stream:
        stream.write((audit_json if form == "json" else audit_text)(replays, unread))
    counts = Counter(each.verdict for _, each in replays)
    if unread or files.unread or counts["not replayed"]:
        return CANNOT
    return FOUND if counts["changed"] or counts["altered"] else DONE


def _facts_by_digest(files: CaseFiles, series: Mapping[str, KernelSeries]) -> dict[str, Mapping[str, Any]]:
    from dmn_dli.audit.entry import facts_digest

    known: dict[str, Mapping[str, Any]] = {}
    for case in files:
        for each in series.values():
            facts = case_facts(case, each)
            known[facts_digest(facts)] = facts
    return known


def _replay(
    file: Path, series: Mapping[str, KernelSeries], known: Mapping[str, Mapping[str, Any]]
) -> tuple[list[tuple[int, Replay]], list[tuple[int, str]]]:
    """What became of each line, by its number; and the lines that are no entries, with the reason."""
    from dmn_dli.audit.entry import NotAnEntry, read_entry
    from dmn_dli.audit.replay import replay

    replays: list[tuple[int, Replay]] = []
    unread: list[tuple[int, str]] = []
    for number, line in _lines(file):
        try:
            replays.append((number, replay(read_entry(line), series, known)))
        except NotAnEntry as error:
            unread.append((number, str(error)))
    return replays, unread


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of the log that are not blank, with their numbers. Raises CommandError."""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise CommandError(f'"{file}" cannot be read: {why(error)}.') from error
