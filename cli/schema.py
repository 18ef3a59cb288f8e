"""`dmn-dli schema`: JSON Schemas of what goes in and out."""

from __future__ import annotations

from pathlib import Path

import click

from .outcome import DONE
from .output import Choice, keep_inputs, open_output, output_option
from .tables import choose_tables, tables_option


@click.command("schema")
@click.argument("subject", type=Choice(["cases", "records", "summary", "findings"]))
@tables_option
@output_option
def command(subject: str, tables: Path | None, output: Path | None) -> int:
    """Write a JSON Schema (2020-12), for editors, generators and checks of interfaces.

    `cases` is what `evaluate` takes as JSON, made from the dictionaries of the tables: each fact with its
    type, its allowed values and the question that asks for it. `records` is what `evaluate --format json`
    writes; a line of jsonl is one of its items. `summary` is what `evaluate --summary --format json` writes,
    `findings` what `check --format json` writes.

    Exit codes: 0 done; 2 the tables cannot be read, or the output cannot be written; 3 a defect of this
    program.
    """
    from dmn_dli.report.documents import indented
    from dmn_dli.report.schemas import cases_schema, findings_schema, records_schema, summary_schema

    match subject:
        case "cases":
            from dmn_dli.store.load import load_series

            chosen = choose_tables(tables)
            keep_inputs(output, chosen)
            schema = cases_schema(load_series(chosen))
        case "records":
            schema = records_schema()
        case "summary":
            schema = summary_schema()
        case _:
            schema = findings_schema()
    with open_output(output, "json") as stream:
        stream.write(indented(schema))
    return DONE
