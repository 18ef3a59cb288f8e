"""`dmn-dli compile`: each policy version as a Python module of its own."""

from __future__ import annotations

from pathlib import Path

import click

from dmn_dli.cases.entries import why
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion
from dmn_dli.store.load import load_versions

from .outcome import CANNOT, DONE, CommandError
from .output import open_output, say
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

    A policy is refused where a cell cannot be analysed: `evaluate` still decides with it.

    Exit codes: 0 done; 2 a policy has errors or is refused, or a file cannot be written; 3 a defect of this
    program.
    """
    from dmn_dli.source.module import NotCompilable, file_name, module_source

    chosen = choose_tables(tables)
    try:
        versions = load_versions(chosen)
    except OSError as error:
        raise CommandError(f'The tables in "{chosen}" cannot be read: {why(error)}.') from error
    if not versions:
        raise CommandError(f'There is no policy in "{chosen}": no workbook, or drafts only.')
    outcome = DONE
    written: dict[str, str] = {}
    for version in versions:
        if isinstance(version, BrokenVersion):
            problems = [problem["reason"] for problem in version.problems]
            outcome = _refuse(f"{version.workbook} has errors", problems)
            continue
        assert isinstance(version, PolicyKernel), "a version decides, or is broken"
        name = file_name(version)
        try:
            source = module_source(version)
        except NotCompilable as refusal:
            outcome = _refuse(f"{version.workbook} cannot be compiled", refusal.reasons)
            continue
        if name in written:
            outcome = _refuse(f"{version.workbook} is left out", [f"{name} is that of {written[name]}."])
            continue
        _write(output / name, source)
        written[name] = version.workbook
        click.echo(f"{output / name}: {version.workbook}")
    return outcome


def _write(path: Path, source: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f'The folder "{path.parent}" cannot be made: {why(error)}.') from error
    with open_output(path) as stream:
        stream.write(source)


def _refuse(what: str, reasons: list[str] | tuple[str, ...]) -> int:
    say(f"{what}:")
    for reason in reasons:
        say(f"  {reason}")
    return CANNOT
