"""`dmn-dli compile`: each policy version as a Python module of its own."""

from __future__ import annotations

from pathlib import Path

import click

from dmn_dli.runtime.input_error import InputError, why

from .outcome import CANNOT, DONE
from .output import keep_inputs, open_output, say
from .tables import choose_tables, tables_option


@click.command("compile")
@tables_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The folder to write into; it is made where there is none. Without it: the working directory.",
)
def command(tables: Path | None, output: Path) -> int:
    """Write each policy version as a Python module that needs the standard library alone.

    The module of molina's version of 2025-02-12 is molina_20250212.py. Its `determine(facts)` gives the
    same record as `evaluate`, byte for byte, without `case_id`; each decision is a function that names the
    sheet and the cell of every rule. A date of service outside the version is `no policy on file`.

    A policy is refused where a clause compares facts of any value: `evaluate` still decides with it.

    Exit codes: 0 done; 2 a policy has errors or is refused, or a file cannot be written; 3 a defect of this
    program.
    """
    import dmn_dli
    from dmn_dli.source.modules import NotCompiled

    outcome = DONE
    chosen = choose_tables(tables)
    for found in dmn_dli.compile(chosen):
        if isinstance(found, NotCompiled):
            say(f"{found.workbook} {found.what}:")
            for reason in found.reasons:
                say(f"  {reason}")
            outcome = CANNOT
        else:
            keep_inputs(output / found.name, chosen)
            _write(output / found.name, found.source)
            with open_output(None, "text") as stream:
                stream.write(f"{output / found.name}: {found.workbook}\n")
    return outcome


def _write(path: Path, source: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f'The folder "{path.parent}" cannot be made: {why(error)}.') from error
    with open_output(path, "py") as stream:
        stream.write(source)
