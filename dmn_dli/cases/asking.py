"""Putting a case to payers: which payers it is for, and the record that each of them gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from dmn_dli.cases.files import Case
from dmn_dli.cases.written_facts import read_written
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import CaseError, EvaluationError, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.record import FORMAT_VERSION
from dmn_dli.runtime.words import folded

Record = dict[str, Any]
Answer = TypeVar("Answer")


def ask(case: Case, payer: str, series: Mapping[str, KernelSeries]) -> Record:
    """The record of a case for a payer; an error record with all problems where there is no determination."""
    return put(case, payer, series, KernelSeries.determine)


def put(
    case: Case,
    payer: str,
    series: Mapping[str, KernelSeries],
    answer: Callable[[KernelSeries, Mapping[str, Any], str], Answer],
) -> Answer | Record:
    """What `answer` makes of a payer's series, a case's facts, and its id.

    An error record where `answer` raises EvaluationError, and where the case has problems of its own.
    """
    try:
        return _answered(case, payer, series, answer)
    except EvaluationError as error:
        return error_record(case.case_id, payer, error)


def error_record(case_id: str, payer: str, error: EvaluationError) -> Record:
    """What stands in place of a record that there cannot be."""
    return {
        "format_version": FORMAT_VERSION,
        "case_id": case_id,
        "payer": payer,
        "error": {"kind": error.kind, "message": error.message, "problems": error.problems},
    }


def _answered(
    case: Case,
    payer: str,
    series: Mapping[str, KernelSeries],
    answer: Callable[[KernelSeries, Mapping[str, Any], str], Answer],
) -> Answer:
    if payer not in series:
        raise CaseError([*case.problems, problem(unknown_payer(payer, series), value=payer)])
    facts, unclear = read_facts(case, series[payer])
    problems = [*case.problems, *unclear]
    try:
        found = answer(series[payer], facts, case.case_id)
    except CaseError as error:
        raise CaseError([*problems, *error.problems]) from error
    if problems:
        raise CaseError(problems)
    return found


def read_facts(case: Case, series: KernelSeries) -> tuple[Mapping[str, Any], Sequence[dict[str, Any]]]:
    """A case's facts as a payer's dictionary reads them, and a problem for each that two columns give."""
    facts, problems = read_written(case.facts, series) if case.written else (case.facts, ())
    try:
        return series.by_path(facts), problems
    except CaseError:
        return facts, problems  # the evaluation, which comes next, says what is wrong with them


def payers_of(case: Case, asked: Sequence[str] | None, series: Mapping[str, KernelSeries]) -> Sequence[str]:
    """The payers that a case is put to, alphabetically: those asked, else the case's own, else all."""
    return payers_named(asked or case.payers, series)


def payers_named(wanted: Sequence[str] | None, series: Mapping[str, KernelSeries]) -> Sequence[str]:
    """The ids of the payers that somebody names, alphabetically; all where nobody names any."""
    return tuple(series) if wanted is None else sorted({payer_id(payer, series) for payer in wanted})


def known_payer(payer: str, series: Mapping[str, KernelSeries]) -> str:
    """The id of a payer that the tables know, as they spell it. Raises InputError for another."""
    found = payer_id(payer, series)
    if found not in series:
        raise InputError(unknown_payer(found, series))
    return found


def payer_id(payer: str, series: Mapping[str, object]) -> str:
    """The id as the tables spell it, letter case aside; an unknown one as it is."""
    wanted = folded(payer)
    return next((known for known in series if folded(known) == wanted), payer.strip())


def unknown_payer(payer: str, series: Mapping[str, object]) -> str:
    """That no table is this payer's, with the nearest that there is."""
    from dmn_dli.runtime.nearest import did_you_mean

    known = ", ".join(series)
    return f'There is no payer "{payer}".{did_you_mean(payer, series)} These tables know: {known}.'
