"""`dmn-dli merge`: three versions of a workbook made into one, by hand or by git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.whole_files import replacing
from dmn_dli.store.folder import is_installed

from .outcome import DONE, FOUND
from .output import format_option, keep_inputs, open_output, say, styled, width, write_bytes
from .tables import no_cache_option

if TYPE_CHECKING:
    from dmn_dli.merge.checked import MergeResult
    from dmn_dli.merge.merging import Merged


@click.command("merge", no_args_is_help=True)
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS]")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the merged file is written, whole or not at all.",
)
@format_option(["text", "json"], "How the report is written to standard output.")
@click.option("--install", is_flag=True, help="Let git merge and compare workbooks in this repository.")
@click.option("--driver", is_flag=True, help="For git alone: %O %A %B %P; writes over %A.")
@click.option(
    "--tables",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="The folder whose dictionary the merged workbook is checked with. Without it: that of --output, "
    "else of OURS, else the bundled one.",
)
@no_cache_option
def command(
    files: tuple[str, ...], output: Path | None, form: str, install: bool, driver: bool, tables: Path | None
) -> int:
    """Merge two edited versions of a workbook, OURS and THEIRS, that began as BASE.

    Sheets, rules, criteria, cases, fields and facts are merged by their names, ids and headings, cell by
    cell; dictionaries likewise. OURS' file is the one that is changed, and all that is not merged in stays
    as it is there. An empty BASE means that both began with nothing.

    Where both sides changed one thing differently, OURS stays, the sheet Conflicts says what both had, and
    the cell is coloured; `check` objects until the sheet is deleted. A merge without conflicts is checked: if
    something is no longer proven, or a case fails, the report says which edits do not go together.

    \b
    In a git repository, once:
      dmn-dli merge --install

    Exit codes: 0 merged, and proven as before; 1 conflicts, or a proof or a case lost (the file is written);
    2 a file cannot be read or written, and nothing is written; 3 a defect of this program.
    """
    if install or driver:
        if (install and driver) or output is not None or tables is not None:
            raise InputError("--install and --driver stand alone: leave out the other options.")
        return _install(files) if install else _drive(files)
    base, ours, theirs = _three(files, "BASE, OURS and THEIRS")
    if output is None:
        raise InputError("Say where the merged workbook is to be written: give --output FILE.")
    if output.exists() and not output.is_file():
        raise InputError(f'The output cannot be written to "{output}": it is no plain file.')
    keep_inputs(output, base, ours, theirs, tables)
    if is_installed(output):
        raise InputError(f'"{output}" lies among the tables that come with dmn-dli, which are never changed.')
    return _merge((base, ours, theirs), output, form, tables)


def _three(files: tuple[str, ...], named: str) -> tuple[str, str, str]:
    if len(files) != 3:
        raise InputError(f"Three files are merged, {named}; {len(files)} are named.")
    return files[0], files[1], files[2]


def _merge(files: tuple[str, str, str], output: Path, form: str, tables: Path | None) -> int:
    from dmn_dli.merge.files import merge_files
    from dmn_dli.store.folder import is_model
    from dmn_dli.store.given import workbooks_only

    for file in files:
        if is_model(file):
            raise InputError(workbooks_only(file))
    result = merge_files(*map(Path, files), output=output, tables=tables)
    try:
        with replacing(output) as whole:
            whole.write(result.data)
            with open_output(None, form) as stream:  # a file of which nobody could be told is not written
                stream.write(_report(result, output, form))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f'The output cannot be written to "{output}": {why(error)}.') from error
    return DONE if result.sound else FOUND


def _report(result: MergeResult, output: Path, form: str) -> str:
    if form == "json":
        from dmn_dli.report.merge_json import json_text

        return json_text(result)
    from dmn_dli.report.difference_text import Page
    from dmn_dli.report.merge_text import text

    return text(result, str(output), Page(width(None), styled(None)))


def _drive(files: tuple[str, ...]) -> int:
    """Merge as git asks: the result in place of OURS, which stays as it is where it cannot be merged."""
    from dmn_dli.merge.files import merge_for_git

    if len(files) != 4:
        raise InputError("git gives a merge driver four arguments: %O %A %B %P.")
    base, ours, theirs, shown = files
    try:
        merged = merge_for_git(Path(base), Path(ours), Path(theirs), shown)
    except InputError as error:
        raise InputError(f"{error}\n{shown}: not merged; the file is as it was on our side.") from error
    write_bytes(Path(ours), merged.data)
    _say(merged, shown)
    return FOUND if merged.conflicts else DONE


def _say(merged: Merged, shown: str) -> None:
    from dmn_dli.report.layout import many
    from dmn_dli.report.merge_text import conflict

    if merged.earlier:
        say(f"{shown}: {merged.earlier} of its conflicts were left by an earlier merge.")
    if merged.unfilled:
        say(f"{shown}: new rows lack cells in new columns, to be filled in: {', '.join(merged.unfilled)}")
    if not merged.conflicts:
        say(f"{shown}: merged by sheet, rule and heading. Run dmn-dli check before you go on.")
        return
    say(f"{shown}: {many(len(merged.conflicts), 'conflict')}, listed on its sheet Conflicts:")
    for each in merged.conflicts:
        say(f"  {' '.join(conflict(each).split())}")


def _install(files: tuple[str, ...]) -> int:
    from dmn_dli.merge.git_setup import ATTRIBUTES, install
    from dmn_dli.store.revision import RevisionError

    if files:
        raise InputError("--install takes no files: it is for the repository in whose folder you are.")
    try:
        done = install(Path())
    except RevisionError as error:
        raise InputError(f"Nothing is installed: {error}") from error
    except OSError as error:
        raise InputError(f"{ATTRIBUTES} cannot be written: {why(error)}.") from error
    with open_output(None, "text") as stream:
        line = "has a new line" if done.added else "says so already"
        stream.write(f"{done.attributes}: {line}; commit it, so that all who work here have it.\n")
        for each in done.settings:
            stream.write(f"git configuration: {each.name} = {each.value}\n")
        stream.write("Each clone has a configuration of its own: everybody runs this once.\n")
        stream.write("\nTo take it out:\n")
        for step in done.removal:
            stream.write(f"  {step}\n")
    return DONE
