"""Suggesting cases for workbooks, and appending them to a copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dmn_dli import load_policy, suggest
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.report.suggestions import WorkbookSuggestions
from dmn_dli.runtime.errors import TableError
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.given import Given
from dmn_dli.suggest.append import append_cases
from dmn_dli.suggest.suggestion import SuggestedCase

from .output import say


def suggestions_for(workbooks: Sequence[Given], *, mcdc: bool) -> tuple[WorkbookSuggestions, ...]:
    """What each workbook lacks. Raises InputError where one has errors, since nothing can be said of it."""
    return tuple(_suggest(given, mcdc=mcdc) for given in workbooks)


def _suggest(given: Given, *, mcdc: bool) -> WorkbookSuggestions:
    try:
        policy = load_policy(given.path)
    except TableError as error:
        raise InputError(
            f'"{given.shown}" has errors, so that no cases can be suggested; '
            "`dmn-dli check` lists them with their cells."
        ) from error
    labels = {fact.name: fact.label for fact in policy.linked.dictionary.facts}
    return WorkbookSuggestions(given.shown, suggest(policy, mcdc=mcdc), labels)


def append(given: Given, cases: Sequence[SuggestedCase], target: Path, *, force: bool) -> None:
    """Write a copy of the workbook with the cases at the end of its Cases sheet, and say so.

    Raises InputError where the target is the workbook itself, exists (and is not to be replaced), or
    cannot be written, and where the workbook cannot be changed without a loss.
    """
    if target.exists() and target.samefile(given.path):
        raise InputError(f'"{target}" is the workbook itself, which is never written; name another file.')
    try:
        places = append_cases(given.path, cases, target, overwrite=force)
    except FileExistsError as error:
        raise InputError(f'"{target}" exists already; it is replaced only with --force.') from error
    except (BrokenBookError, LostPartsError) as error:
        raise InputError(f'No copy of "{given.shown}" can be written. {error}') from error
    except OSError as error:
        raise InputError(f'The copy cannot be written to "{target}": {why(error)}.') from error
    where = f" ({places[0]} to {places[-1]})" if places else ""
    say(f"Wrote {target} with {len(places)} cases more{where}; write into each what you expect of it.")
