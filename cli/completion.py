"""What a shell offers at the Tab key: payers, determinations, and the codes of findings."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.plain import visible


def payers(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The ids of the payers whose tables the command would use; none where these cannot be read."""
    from dmn_dli.store.folder import bundled_tables, holds_tables
    from dmn_dli.store.load import load_series

    from .tables import HERE

    given = context.params.get("tables")
    try:
        tables = Path(given) if given else HERE if holds_tables(HERE) else bundled_tables()
        known = load_series(tables)
    except (InputError, OSError):
        return []
    return [CompletionItem(visible(each)) for each in known if each.startswith(begun.casefold())]


def determinations(
    context: click.Context,  # noqa: ARG001 - click's signature
    parameter: click.Parameter,  # noqa: ARG001 - as above
    begun: str,
) -> list[CompletionItem]:
    """The determinations of payers' policies."""
    return [CompletionItem(each) for each in DETERMINATIONS if each.startswith(begun.casefold())]


def codes(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The codes of findings, each with what it stands for."""
    from dmn_dli.analysis.catalogue import CATALOGUE

    return [
        CompletionItem(code, help=each.title)
        for code, each in CATALOGUE.items()
        if code.startswith(begun.upper())
    ]


def columns(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The columns of records, the last of those that commas part."""
    from dmn_dli.evaluate.record_fields import CHOICES

    before, comma, last = begun.rpartition(",")
    return [CompletionItem(f"{before}{comma}{each}") for each in CHOICES if each.startswith(last.casefold())]
