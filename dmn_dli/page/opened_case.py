"""The case that a page opens with: the one of a file, as it is entered in the form."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from dmn_dli.cases.asking import read_facts
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, check_case_file, read_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page.case_code import entered
from dmn_dli.report.layout import many
from dmn_dli.runtime.facts import FactReader, NotAValue, unknown_fact
from dmn_dli.runtime.input_error import InputError


def opened_case(file: str, series: Mapping[str, KernelSeries]) -> dict[str, str]:
    """The facts of the one case in a file. Raises InputError where there is another number, or a problem."""
    check_case_file(file)
    try:
        cases = list(read_case_file(file, count(1)))
    except CasesFileError as error:
        raise InputError(f'"{file}" cannot be used. {error}') from error
    if len(cases) != 1:
        raise InputError(f'"{file}" holds {many(len(cases), "case")}; a page opens with one.')
    problems = [each["reason"] for each in cases[0].problems]
    facts: dict[str, str] = {}
    for name, (value, reader) in _known(cases[0], series, problems).items():
        try:
            facts[name] = entered(None if value is None else reader.canonical(value))
            reader.place(None if value is None else reader.canonical(value))
        except NotAValue as reason:
            problems.append(reader.problem(value, str(reason))["reason"])
    if problems:
        raise InputError(f'The case in "{file}" cannot be opened: {"; ".join(problems)}')
    return facts


def _known(
    case: Case, series: Mapping[str, KernelSeries], problems: list[str]
) -> dict[str, tuple[Any, FactReader]]:
    """Each fact's value with the first dictionary that has it; a key that none has is a problem."""
    found: dict[str, tuple[Any, FactReader]] = {}
    unknown: dict[str, str] = {}
    for each in series.values():
        readers = each.facts
        facts, unclear = read_facts(case, each)
        problems += [problem["reason"] for problem in unclear if problem["reason"] not in problems]
        for name, value in facts.items():
            if name in readers:
                found.setdefault(name, (value, readers[name]))
            elif name not in unknown:
                unknown[name] = unknown_fact(name, readers)["reason"]
    problems += [reason for name, reason in unknown.items() if name not in found]
    return found
