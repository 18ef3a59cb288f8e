"""`dmn-dli evaluate --engine spark IN OUT`: a folder or a table of cases, answered by Spark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.load import load_series

from .asking import asked_payers
from .choosing import asked_columns
from .outcome import CANNOT, DONE
from .output import Choice, say
from .tables import any_unread, choose_tables

_WITH_SPARK = ("cases", "engine", "payers", "columns", "tables")
"""What of the command's options has a meaning there."""

engine_option = click.option(
    "--engine",
    type=Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="With spark, CASES are IN and OUT: a folder of Parquet files or `table:` and a table's name, "
    "answered by Spark into a folder or table that does not exist yet.",
)


def evaluate_on_spark(
    places: Sequence[str], payers: Sequence[str], named: Sequence[str], tables: Path | None
) -> int:
    """Answer the first of two places into the second; the exit code. named: columns, all without any.

    Raises InputError.
    """
    _refuse_others(click.get_current_context())
    if len(places) != 2:
        verb = "is" if len(places) == 1 else "are"
        raise InputError(
            f"With --engine spark two places are expected, IN and OUT; {len(places)} {verb} named."
        )
    columns = asked_columns(named, "parquet", summary=False)
    # Whatever is wrong that can be told before Spark starts, which takes its time, is told before.
    from dmn_dli.spark.session import need_spark, new_session

    need_spark()
    from dmn_dli.evaluate.record_fields import COLUMNS, OF_ERRORS
    from dmn_dli.spark.job import answer, check_places

    given, target = places
    check_places(given, target)
    columns = columns or COLUMNS
    chosen = choose_tables(tables)
    series = load_series(chosen)
    asked = asked_payers(payers, series)
    unread = any_unread(chosen)
    session = new_session()
    try:
        found = answer(session, given, target, series, columns, asked)
    finally:
        session.stop()
    written = f"{target} has {found.rows:,} row{'' if found.rows == 1 else 's'}"
    if not found.errors:
        say(f"{written}.")
        return CANNOT if unread else DONE
    told = OF_ERRORS.intersection(columns)
    where = f"see {' and '.join(sorted(told))}" if told else "choose error.message too, to be told why"
    errors = f"{found.errors:,} {'is an error' if found.errors == 1 else 'are errors'}"
    say(f"{written}, of which {errors}: {where}.")
    return CANNOT


def _refuse_others(context: click.Context) -> None:
    """Raise InputError for an option that was given, and that nothing would come of."""
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in _WITH_SPARK:
            raise InputError(
                f"{parameter.opts[0]} has no meaning with --engine spark, which writes Parquet or a table to "
                "OUT and nothing else."
            )
