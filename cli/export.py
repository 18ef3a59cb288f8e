"""`dmn-dli export`: workbooks as files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmn_dli.runtime.input_error import InputError, why

from .outcome import CANNOT, DONE
from .output import Choice, keep_inputs, open_output, say
from .tables import choose_tables, tables_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmn_dli.exporting import Exported


@click.command("export")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option(
    "--to", type=Choice(["dmn"]), default="dmn", show_default=True, help="The format: DMN, a model in XML."
)
@click.option(
    "--dmn-version",
    "version",
    type=Choice(["1.5", "1.3"]),
    default="1.5",
    show_default=True,
    help="The version of DMN. Many editors, dmn-js among them, open 1.3 alone.",
)
@tables_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A file, for one workbook; or a folder, for a file each, which is made where there is none: a name "
    "without an ending. Without it one workbook's model goes to standard output.",
)
def command(
    paths: tuple[str, ...],
    to: str,  # noqa: ARG001 - there is one format as yet
    version: str,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Write each workbook as a DMN model, which other tools open, draw and decide with.

    PATHs are workbooks or folders; without them those of --tables or of ./tables, else the bundled ones. The
    model of molina-2025-02-12.xlsx is molina-2025-02-12.dmn. It decides as the workbook does; what DMN has no
    place for (criteria's texts, cases, policy fields, notes) goes along and comes back with `import`.

    A workbook with errors is not written.

    Exit codes: 0 done; 2 a path does not exist, there is no workbook, a workbook has errors, or a file cannot
    be written; 3 a defect of this program.
    """
    from dmn_dli.exporting import NotExported, export_dmn
    from dmn_dli.store.given import workbooks_at

    places = paths or (str(choose_tables(tables)),)
    workbooks = [each for each in workbooks_at(places) if not each.is_dictionary]
    one_file = output is None or _is_file(output)
    if one_file and len(workbooks) > 1:
        raise InputError(
            f"These are {len(workbooks)} workbooks, each of which gives a file of its own: "
            "name a folder with --output DIR."
        )
    found = list(export_dmn(workbooks_at(places), version))
    made: list[Exported] = []
    for each in found:
        if isinstance(each, NotExported):
            say(f"{each.workbook} has errors, so that it is not written:")
            for finding in each.findings:
                say(f"  {finding.code.code} {finding.place or each.workbook}: {finding.text}")
        else:
            made.append(each)
    _write(made, output, places, one_file=one_file)
    return DONE if len(made) == len(found) else CANNOT


def _is_file(output: Path) -> bool:
    """Whether a file is meant: it is one, or nothing yet and has an ending."""
    return not output.is_dir() if output.exists() else bool(output.suffix)


def _write(made: Sequence[Exported], output: Path | None, places: Sequence[str], *, one_file: bool) -> None:
    if output is None or one_file:
        keep_inputs(output, *places)
        for each in made:
            with open_output(output, "xml") as stream:
                stream.write(each.data.decode())
        return
    for each in made:
        keep_inputs(output / each.name, *places)
    for each in made:
        target = output / each.name
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f'The folder "{output}" cannot be made: {why(error)}.') from error
        with open_output(target, "xml") as stream:
            stream.write(each.data.decode())
        with open_output(None, "text") as stream:
            stream.write(f"{target}: {each.workbook}\n")
