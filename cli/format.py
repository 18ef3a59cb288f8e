"""`dmn-dli format`: workbooks brought into the house style, in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .outcome import DONE, FOUND
from .output import keep_inputs, open_output, output_option, say, width
from .tables import given_places, tables_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dmn_dli.keeping.format import FormattedFile


@click.command("format")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option("--check", is_flag=True, help="Write nothing; print the names of the files that would change.")
@tables_option
@output_option
def command(paths: tuple[str, ...], check: bool, tables: Path | None, output: Path | None) -> int:
    """Bring workbooks into the house style, with the dictionary's words in them.

    PATHs are workbooks or folders, facts.xlsx included; without them those of --tables or of ./tables.
    Files are changed in place, all of them or none: cells that are Text, letters, colours, widths and
    heights, frozen headings, dropdowns, notes on headings, what Excel marks by itself, and how sheets print.
    No cell takes another value but row 4 of facts' columns, which repeats the dictionary. Comments, pictures,
    Notes and other sheets that are no tables stay as they are.

    Exit codes: 0 done; 1 with --check: a file would change; 2 a file cannot be read or written, or is open in
    another program, and no file was changed; 3 a defect of this program.
    """
    import dmn_dli

    places = given_places(paths, tables)
    keep_inputs(output, *places)
    with open_output(output, "text") as stream:
        # Only once there is somewhere to say what was done.
        formatted = dmn_dli.format(places, check=check)
        for file in formatted:
            stream.writelines(f"{line}\n" for line in _lines(file, width(output), check=check))
    if check and any(file.changed for file in formatted):
        say("`dmn-dli format` brings these files into the house style; close them in Excel first.")
        return FOUND
    return DONE


def _lines(file: FormattedFile, wide: int, *, check: bool) -> Iterator[str]:
    if check:
        if file.changed:
            yield file.file
        return
    from dmn_dli.model.cell import cell_name
    from dmn_dli.report.layout import paragraph

    said = "brought into the house style" if file.changed else "in the house style already"
    yield f"{file.file}: {said}"
    for restated in file.restated:
        now = f'now says "{restated.after}"' if restated.after else "is blank now"
        was = f'said "{restated.before}"' if restated.before else "was blank"
        cell = cell_name(restated.sheet, restated.cell)
        yield from paragraph(f"{cell} {now} (it {was})", wide, "  ", "    ")
    for left in file.left:
        yield from paragraph(f'Left as it is: sheet "{left.sheet}", {left.why}', wide, "  ", "    ")
