"""`dmn-dli test`: the Cases sheets, which rules they cover, and which cases they lack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from .outcome import DONE, FOUND
from .output import format_option, keep_inputs, open_output, output_option, quiet_notes_option, styled, width
from .tables import given_places, tables_option


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@format_option(["text", "json", "junit"], "Text to read, JSON, or JUnit XML for continuous integration.")
@click.option(
    "--suggest",
    is_flag=True,
    help="Instead of running the cases, propose those that are lacking: for rules that no case uses, and for "
    "both sides of each boundary.",
)
@click.option(
    "--mcdc",
    is_flag=True,
    help="With --suggest: also two cases for each condition of each rule, which differ in one fact, and of "
    "which one alone uses the rule (modified condition/decision coverage).",
)
@click.option(
    "--append-to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --suggest and one workbook: write a copy of it that has the proposed cases, unanswered, on "
    "its Cases sheet.",
)
@click.option("--force", is_flag=True, help="With --append-to: replace FILE where it exists.")
@quiet_notes_option("Do not list the rules that no case uses; their number stays.")
@tables_option
@output_option
def command(
    paths: tuple[str, ...],
    form: str,
    suggest: bool,
    mcdc: bool,
    append_to: Path | None,
    force: bool,
    quiet_notes: bool,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Run the cases on the Cases sheet of each workbook, and say which rules they cover.

    PATHs are workbooks or folders; without them those of --tables or of ./tables. Drafts are tested too.

    A case fails where an expectation is not met, where it has no name or no expectation, and where a fact has
    a value that the dictionary does not allow. A rule is covered where some case uses it; retired rules do
    not count, and an uncovered rule is no failure.

    Exit codes: 0 all cases passed, or cases were suggested; 1 a case failed, a workbook has errors, or there
    was nothing to test; 2 a path does not exist, there is no workbook, or (with --suggest) a workbook has
    errors; 3 a defect of this program.
    """
    if not suggest and (mcdc or append_to is not None):
        raise click.UsageError("--mcdc and --append-to go with --suggest.")
    if force and append_to is None:
        raise click.UsageError("--force goes with --append-to.")
    if suggest and form == "junit":
        raise click.UsageError("Suggested cases are written as text or JSON, not as JUnit XML.")
    places = given_places(paths, tables)
    keep_inputs(output, *places, append_to)
    keep_inputs(append_to, *places)
    if suggest:
        return _suggest(places, form, output, append_to, mcdc=mcdc, force=force)
    return _test(places, form, output, quiet_notes=quiet_notes)


def _test(places: Sequence[str], form: str, output: Path | None, *, quiet_notes: bool) -> int:
    import dmn_dli
    from dmn_dli.report.test_results import json_text, junit_text, text

    results = dmn_dli.test(places)
    with open_output(output, form) as stream:
        if form == "text":
            stream.write(text(results, width(output), colour=styled(output), uncovered=not quiet_notes))
        else:
            stream.write(json_text(results) if form == "json" else junit_text(results))
    tested = any(result.cases for result in results)
    return DONE if tested and all(result.passed for result in results) else FOUND


def _suggest(
    places: Sequence[str],
    form: str,
    output: Path | None,
    append_to: Path | None,
    *,
    mcdc: bool,
    force: bool,
) -> int:
    from dmn_dli.report.suggestions import json_text, text
    from dmn_dli.store.given import workbooks_at

    from .suggesting import append, suggestions_for

    workbooks = tuple(each for each in workbooks_at(places) if not each.is_dictionary)
    if append_to is not None and len(workbooks) != 1:
        raise click.UsageError(f"--append-to is for one workbook; {len(workbooks)} are given.")
    results = suggestions_for(workbooks, mcdc=mcdc)
    if append_to is not None:
        append(workbooks[0], results[0].suggestions.cases, append_to, force=force)
    with open_output(output, form) as stream:
        stream.write(
            json_text(results) if form == "json" else text(results, width(output), colour=styled(output))
        )
    return DONE
