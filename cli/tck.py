"""`dmn-dli tck`: the DMN Technology Compatibility Kit, run and reported."""

from __future__ import annotations

from pathlib import Path

import click

from dmn_dli.runtime.input_error import InputError

from .outcome import CANNOT, DONE, FOUND
from .output import format_option, keep_inputs, open_output, width
from .tables import no_cache_option


@click.command("tck")
@click.argument("directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--tables",
    type=click.Path(exists=True),
    metavar="PATH",
    help="Accepted by every command; the kit brings its own models.",
)
@format_option(["text", "json"], "What to write: text to read, or a document for programs.")
@no_cache_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the kit's own file of results (csv) to FILE besides, whole or not at all.",
)
def command(directory: Path, tables: str | None, form: str, output: Path | None) -> int:  # noqa: ARG001 - see the option's help
    """Run the test cases in DIR and below it against the DMN models that lie beside them.

    DIR is the DMN Technology Compatibility Kit's folder of test cases, one of its levels, or one folder of
    it. What it calls non-compliant is left out, unless DIR is inside of it.

    Each case that does not pass is told: its folder and file, what was expected, what came, and why. Then
    the counts by level: those of which a value is due stand apart from those of which null is due, since
    an engine that answers null to everything passes the latter.

    Exit codes: 0 every case passed; 1 a case failed; 2 there is no case, or a file cannot be read; 3 a
    defect of this program.
    """
    import dmn_dli
    from dmn_dli.interchange.tck.results import results_csv
    from dmn_dli.report.tck import tck_json, tck_text

    keep_inputs(output, *directory.rglob("*.xml"), *directory.rglob("*.dmn"))
    run = dmn_dli.tck(directory)
    if not run.outcomes and not run.unread:
        raise InputError(f'"{directory}" holds no test cases: files such as 0001-filter-test-01.xml.')
    with open_output(None, form) as stream:
        stream.write(tck_json(run) if form == "json" else tck_text(run, width(None)))
    if output is not None:
        with open_output(output, "csv") as stream:
            stream.write(results_csv(run.outcomes))
    if run.unread:
        return CANNOT
    return DONE if all(each.state == "passed" for each in run.outcomes) else FOUND
