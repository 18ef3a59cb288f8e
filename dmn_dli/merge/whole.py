"""What is wrong with a workbook as a whole, and what of it a merge has brought about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from dmn_dli.analysis.check import analyse
from dmn_dli.cases.sheet import CaseResult, Failure, case_findings, run_cases
from dmn_dli.diff.edition import Edition
from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.linking import codes
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.model.cell import cell_name
from dmn_dli.model.finding import Finding, errors
from dmn_dli.waivers import waive


@frozen
class Problem:
    """An error, or a case that fails.

    about: what it is known by in another version of the workbook, where it stands in other cells. place: the
    cell or the sheet; "" for the whole workbook. code: "" of a case.
    """

    about: tuple[str, ...]
    code: str
    place: str
    said: str


def problems_of(edition: Edition) -> tuple[Problem, ...]:
    """What `check` calls errors, and the cases that fail; of a workbook that cannot be evaluated its errors.

    What the sheet Accepted waives is none, be its last day past or not: no clock is read here.
    """
    wrong = errors(edition.linked.findings)
    if wrong:
        # Each is of a cell, so that nothing but its words tells it from the next.
        return tuple(_finding(each, each.message) for each in wrong)
    found = waive(analyse(edition.linked).findings, edition.linked.workbook, (), date.min)
    proofs = (_finding(each) for each in errors(found))
    return (*proofs, *_of_cases(edition))


def problems_of_dictionary(data: bytes, name: str) -> tuple[Problem, ...]:
    """What `check` calls errors in a dictionary of facts."""
    dictionary, found = read_dictionary_bytes(data, name, name)
    values = () if dictionary is None else fact_values(dictionary, name)[1]
    return tuple(_finding(each, each.message) for each in errors((*found, *values)))


def brought_about(
    merged: Iterable[Problem],
    ours: Iterable[Problem],
    theirs: Iterable[Problem] = (),
    base: Iterable[Problem] = (),
) -> tuple[Problem, ...]:
    """The problems of a merged workbook that none of its sides has.

    Of several that are known by the same, those of the base are counted once: both sides have them.
    """
    mine, other, before = (Counter(each.about for each in side) for side in (ours, theirs, base))
    known = (mine + other - before) | mine | other
    found = []
    for each in merged:
        known[each.about] -= 1
        if known[each.about] < 0:
            found.append(each)
    return tuple(found)


def _finding(finding: Finding, *words: str) -> Problem:
    code = finding.code.code
    about = (code, finding.sheet, finding.decision, *finding.rules, *words)
    return Problem(about, code, finding.place, finding.message)


def _of_cases(edition: Edition) -> Iterator[Problem]:
    """Headings of the Cases sheet that mean nothing, or the same twice, and the cases that fail."""
    workbook, kernel = edition.linked.workbook, edition.kernel
    if workbook.cases is None or kernel is None:
        return
    for found in case_findings(workbook, kernel):
        if found.code is not codes.CASE_VALUE:  # with which the case fails
            yield _finding(found, found.message)
    for case in run_cases(workbook, kernel).cases:
        for failure in case.failures:
            place = cell_name(workbook.cases.sheet, failure.cell)
            yield Problem(("case", case.case, failure.expectation), "", place, _fails(case, failure))


def _fails(case: CaseResult, failure: Failure) -> str:
    if failure.expectation == failure.expected:  # that it is answered at all
        return f'The case "{case.case}" fails: {failure.actual}'
    return (
        f'The case "{case.case}" fails: {failure.expectation} is to be "{failure.expected}", '
        f'and is "{failure.actual}".'
    )
