"""`dmn-dli check`: every problem in every workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .outcome import DONE, FOUND
from .output import open_output, output_option, styled, width
from .tables import tables_option
from .workbooks import Given, dictionary_of, given_workbooks

if TYPE_CHECKING:
    from dmn_dli.compiler.linked import LinkedPolicy
    from dmn_dli.model.finding import Finding
    from dmn_dli.report.findings import CheckResult, TableProof


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day (2025-02-12) by which review dates have passed or not; without it the clock's.",
)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Text to read, JSON, SARIF 2.1.0 for code scanners, or annotations for GitHub workflows.",
)
@tables_option
@output_option
def command(
    paths: tuple[str, ...],
    today: datetime | None,
    strict: bool,
    form: str,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Report every problem in every workbook, with its sheet and cell and how to mend it.

    PATHs are workbooks or folders, facts.xlsx included; without them those of --tables or of ./tables.
    The layout, the syntax of cells, names, types and values, citations, cases and dates are checked.
    Whether a table is complete and free of overlaps is reported as "unknown".

    Exit codes: 0 no error; 1 an error was found, unreadable workbooks included; 2 a path does not exist, or
    there is no workbook; 3 a defect of this program.
    """
    from dmn_dli import __version__
    from dmn_dli.model.finding import Severity
    from dmn_dli.report.findings import github_text, json_text, text
    from dmn_dli.report.sarif import sarif_text

    day = today.date() if today else datetime.now().astimezone().date()
    result = check(given_workbooks(paths, tables), day, strict=strict)
    with open_output(output) as stream:
        match form:
            case "json":
                stream.write(json_text(result))
            case "sarif":
                stream.write(sarif_text(result, __version__))
            case "github":
                stream.write(github_text(result))
            case _:
                stream.write(text(result, width(output), colour=styled(output)))
    return FOUND if result.number(Severity.ERROR) else DONE


def check(workbooks: Sequence[Given], today: date, *, strict: bool) -> CheckResult:
    """Every finding in these files, each once, in the files' order."""
    from dmn_dli.analysis.versions import version_findings
    from dmn_dli.report.findings import CheckResult
    from dmn_dli.store.compile import link_file

    found: list[Finding] = []
    tables: list[TableProof] = []
    read = []
    for given in workbooks:
        if given.is_dictionary:
            found += _dictionary_findings(given)
            continue
        linked = link_file(given.path, given.shown)
        read.append(linked.workbook)
        found += _renamed(linked.findings, given, dictionary_of(given).shown)
        found += _case_findings(given, linked)
        tables += _tables(linked)
    found += version_findings(read, today)
    order = {given.shown: position for position, given in enumerate(workbooks)}
    return CheckResult(tuple(_arranged(found, order)), tuple(tables), len(workbooks), strict)


def _dictionary_findings(given: Given) -> tuple[Finding, ...]:
    from dmn_dli.compiler.link import check_dictionary
    from dmn_dli.excel import read_dictionary

    dictionary, findings = read_dictionary(given.path, given.shown)
    return findings if dictionary is None else (*findings, *check_dictionary(dictionary, given.shown))


def _renamed(findings: Iterable[Finding], given: Given, dictionary: str) -> Iterable[Finding]:
    """The findings with the shared dictionary's file as it would be given on the command line."""
    from attrs import evolve

    return [
        finding if finding.file == given.shown else evolve(finding, file=dictionary) for finding in findings
    ]


def _case_findings(given: Given, linked: LinkedPolicy) -> Iterable[Finding]:
    """What is wrong on the Cases sheet; where the tables have errors its headings alone can be judged."""
    from dmn_dli.evaluate.case_columns import column_findings, read_columns
    from dmn_dli.evaluate.case_sheet import case_findings
    from dmn_dli.evaluate.kernel import PolicyKernel
    from dmn_dli.store.load import load_version

    workbook = linked.workbook
    if workbook.cases is None:
        return ()
    version = load_version(given.path)
    if isinstance(version, PolicyKernel):
        return case_findings(workbook, version)
    facts = linked.dictionary.facts
    decisions = [*[table.name for table in workbook.tables], *workbook.unread]
    columns = read_columns(workbook.cases, facts, decisions, workbook.policy.final_decision or "")
    return tuple(column_findings(workbook, columns, facts)) if facts else ()


def _tables(linked: LinkedPolicy) -> Iterable[TableProof]:
    from dmn_dli.compiler.link import in_force
    from dmn_dli.report.findings import TableProof

    return [
        TableProof(linked.workbook.file, table.name, table.hit_policy.value, len(in_force(table)))
        for table in linked.workbook.tables
    ]


def _arranged(findings: Iterable[Finding], files: dict[str, int]) -> list[Finding]:
    """Each finding once: by file as given, then by sheet as met, then by row and column."""
    once = {(each.code.code, each.file, each.sheet, each.cell, each.message): each for each in findings}
    sheets: dict[tuple[str, str], int] = {}
    for each in once.values():
        sheets.setdefault((each.file, each.sheet), len(sheets))

    def place(finding: Finding) -> tuple[int, int, int, int, str]:
        letters = finding.cell.rstrip("0123456789")
        row = int(finding.cell[len(letters) :] or 0)
        file = files.get(finding.file, len(files))
        return file, sheets[finding.file, finding.sheet], row, len(letters), letters

    return sorted(once.values(), key=place)
