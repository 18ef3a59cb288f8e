"""`dmn-dli rename`: another name for what tables and facts are known by, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dmn_dli.runtime.input_error import InputError

from .groups import Commands
from .outcome import DONE
from .output import open_output, width
from .tables import choose_own_tables, tables_option

_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Write nothing; list the cells that would change."
)


@click.group("rename", cls=Commands)
def command() -> None:
    """Give a fact, label, value, decision, rule or criterion another name, wherever it stands.

    The cells are changed in place, in all files or in none: in the dictionary, in tables and criteria, in
    expressions, cases, assumptions and accepted findings. Before anything is written it is proven that the
    tables decide as before. Free text stays as it is; where it holds the old name it is listed.

    Exit codes, of all of them: 0 done; 2 the old name is unknown or the new one taken, a file has errors or
    cannot be written, or the renaming cannot be proven, and nothing was written; 3 a defect of this program.
    """


def _options(subcommand: Callable[..., Any]) -> Callable[..., Any]:
    return tables_option(_dry_run_option(subcommand))


@command.command("fact")
@click.argument("old")
@click.argument("new")
@_options
def rename_fact(old: str, new: str, tables: Path | None, dry_run: bool) -> int:
    """Give the fact OLD the name NEW, in the dictionary and in all workbooks of its folder.

    The name is the word that cases in JSON give, such as donor_age; `rename label` changes what people read.
    """
    return _rename("fact", old, new, tables, dry_run=dry_run)


@command.command("label")
@click.argument("old")
@click.argument("new")
@_options
def rename_label(old: str, new: str, tables: Path | None, dry_run: bool) -> int:
    """Give the fact with the label OLD the label NEW, in the dictionary and all workbooks of its folder."""
    return _rename("label", old, new, tables, dry_run=dry_run)


@command.command("value")
@click.argument("fact")
@click.argument("old")
@click.argument("new")
@_options
def rename_value(fact: str, old: str, new: str, tables: Path | None, dry_run: bool) -> int:
    """Call the value OLD of FACT (name or label) NEW, in the dictionary and all workbooks of its folder."""
    return _rename("value", old, new, tables, fact=fact, dry_run=dry_run)


@command.command("decision")
@click.argument("workbook")
@click.argument("old")
@click.argument("new")
@_options
def rename_decision(workbook: str, old: str, new: str, tables: Path | None, dry_run: bool) -> int:
    """Give a decision table or sheet of criteria of WORKBOOK the name NEW, its tab included.

    WORKBOOK is a path, or the name of a workbook in the folder of tables.
    """
    return _rename("decision", old, new, tables, workbook=workbook, dry_run=dry_run)


@command.command("rule")
@click.argument("workbook")
@click.argument("sheet")
@click.argument("old")
@click.argument("new")
@_options
def rename_rule(workbook: str, sheet: str, old: str, new: str, tables: Path | None, dry_run: bool) -> int:
    """Give the rule OLD on a SHEET of WORKBOOK the id NEW."""
    return _rename("rule", old, new, tables, workbook=workbook, sheet=sheet, dry_run=dry_run)


@command.command("criterion")
@click.argument("workbook")
@click.argument("sheet")
@click.argument("old")
@click.argument("new")
@_options
def rename_criterion(
    workbook: str, sheet: str, old: str, new: str, tables: Path | None, dry_run: bool
) -> int:
    """Give the criterion or group OLD on a SHEET of WORKBOOK the number NEW."""
    return _rename("criterion", old, new, tables, workbook=workbook, sheet=sheet, dry_run=dry_run)


def _rename(
    subject: str,
    old: str,
    new: str,
    tables: Path | None,
    *,
    dry_run: bool,
    fact: str = "",
    workbook: str = "",
    sheet: str = "",
) -> int:
    import dmn_dli
    from dmn_dli.report.renaming import renaming_text
    from dmn_dli.store.folder import is_model
    from dmn_dli.store.given import workbooks_only

    for named in (workbook, str(tables or "")):
        if is_model(named):
            raise InputError(workbooks_only(named))
    chosen = None if workbook and Path(workbook).is_file() else choose_own_tables(tables)
    if chosen is None and not workbook:
        raise InputError("There are no tables to rename in: ./tables holds none. Give --tables.")
    renamed = dmn_dli.rename(
        subject, old, new, fact=fact, workbook=workbook, sheet=sheet, tables=chosen, dry_run=dry_run
    )
    with open_output(None, "text") as stream:
        stream.write(renaming_text(renamed, width(None), dry_run=dry_run))
    return DONE
