"""`dmn-dli import`: other people's tables as workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .new_files import make_new
from .outcome import DONE
from .output import format_option, open_output, say
from .tables import no_cache_option

if TYPE_CHECKING:
    from dmn_dli.keeping.new.imported import ImportedFile


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder to write into; it is made where there is none.",
)
@click.option(
    "--outputs",
    multiple=True,
    metavar="HEADING",
    help="A column that is an output, of a table with a plain row of headings; may be repeated.",
)
@click.option(
    "--hit-policy", metavar="WORD", help="The hit policy of tables that state none: U, A, F, C, first, ..."
)
@click.option(
    "--tables",
    type=click.Path(exists=True),
    metavar="PATH",
    help="Accepted by every command; an imported workbook has a dictionary of its own.",
)
@no_cache_option
@format_option(["text", "json"], "The names of what was written, or JSON with every guess.")
def command(
    files: tuple[str, ...],
    output: Path,
    outputs: tuple[str, ...],
    hit_policy: str | None,
    tables: str | None,  # noqa: ARG001 - see the option's help
    form: str,
) -> int:
    """Make workbooks of other people's tables: one of each FILE, with sheets Policy and Facts of its own.

    FILE is a DMN model (.dmn, .xml), a workbook of pyDMNrules, of Camunda's converter or of Drools (.xlsx;
    .xls with the extra `xls`), or a table with a row of headings (.xlsx, .csv). The layout is recognised.

    Nothing is dropped in silence: each thing that the file does not say, or that a workbook of ours has no
    place for, is a line on standard error with its cell, and stands on the sheet Notes of the import.

    What is written is no file over another: `dmn-dli check` says of the new workbook what it lacks.

    Exit codes: 0 done; 2 nothing was written: a file cannot be read or has no layout that is known, a target
    exists already, or cannot be written; 3 a defect of this program.
    """
    import dmn_dli
    from dmn_dli.report.documents import indented

    if output.suffix.lower() == ".xlsx" and not output.is_dir():
        raise click.UsageError(f'"{output}" names a workbook; --output names the folder to write into.')
    made = dmn_dli.import_files(files, outputs=outputs, hit_policy=hit_policy)
    paths = make_new(output, [each.file for each in made])
    for each in made if form == "text" else ():
        for guess in each.guesses:
            say(f"{each.source}: {guess.place}: {guess.text}")
        for finding in each.findings:
            say(f"{each.file.name}: {finding.sheet} {finding.cell}: {finding.message}")
    with open_output(None, form) as stream:
        if form == "json":
            stream.write(indented(_document(made, paths)))
        else:
            stream.writelines(f"{path}\n" for path in paths)
    if form == "text":
        say("`dmn-dli check` says what they lack; the sheet Notes of the import lists the guesses.")
    return DONE


def _document(made: tuple[ImportedFile, ...], paths: list[Path]) -> dict[str, object]:
    return {
        "format_version": 1,
        "imported": [
            {
                "file": each.source,
                "workbook": str(path),
                "guesses": [{"place": guess.place, "text": guess.text} for guess in each.guesses],
                "findings": [
                    {"sheet": finding.sheet, "cell": finding.cell, "message": finding.message}
                    for finding in each.findings
                ],
            }
            for each, path in zip(made, paths, strict=True)
        ],
    }
