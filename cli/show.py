"""`dmn-dli show`: a workbook as stable text."""

from __future__ import annotations

from pathlib import Path

import click

from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, why

from .outcome import DONE
from .output import keep_inputs, open_output, output_option, say
from .tables import no_cache_option


@click.command("show")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--tables",
    type=click.Path(exists=True),
    metavar="PATH",
    help="Accepted by every command; a workbook is shown without a dictionary.",
)
@no_cache_option
@output_option
def command(file: str, tables: str | None, output: Path | None) -> int:  # noqa: ARG001 - see the option's help
    """Show a workbook as stable text, fit for review.

    Each cell stands on a line of its own, so that a changed cell is a changed line; conditions that accept
    any value are left out. A broken workbook is shown as far as it can be read, and its errors are listed on
    standard error. No dictionary is needed.

    \b
    To see such text in git's diffs, and to merge workbooks there:
      dmn-dli merge --install

    Exit codes: 0 done; 2 the file is no workbook, or does not exist; 3 a defect of this program.
    """
    from dmn_dli.excel.place import Place
    from dmn_dli.excel.workbook import open_package, read_dictionary_bytes, read_workbook_bytes
    from dmn_dli.model.finding import errors
    from dmn_dli.report.workbook_text import workbook_text
    from dmn_dli.store.folder import is_model
    from dmn_dli.store.given import workbooks_only

    keep_inputs(output, file)
    path = Path(file)
    if is_model(path.name):
        raise InputError(workbooks_only(file))
    if path.exists() and not path.is_file():
        raise InputError(f'"{file}" is no plain file; a workbook is expected.')
    try:
        data = read_within(path, WORKBOOK_BYTES)
    except OSError as error:
        raise InputError(f'"{file}" cannot be read: {why(error)}.') from error
    package, refusal = open_package(data, path.name, Place(file))
    if package is None:
        raise InputError("\n".join(f"{file}: {finding.text}" for finding in refusal))
    sheets = {sheet.name.casefold() for sheet in package.sheets}
    if "facts" in sheets and "policy" not in sheets:
        _, findings = read_dictionary_bytes(data, path.name, file)
    else:
        findings = read_workbook_bytes(data, path.name, file).findings
    for finding in errors(findings):
        say(f"{finding.code.code} {finding.place or file}: {finding.text}")
    with open_output(output, "show") as stream:
        stream.write(workbook_text(package))
    return DONE
