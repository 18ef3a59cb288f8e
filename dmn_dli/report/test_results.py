"""The results of Cases sheets: as text, as JSON, and as JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from attrs import frozen

from dmn_dli.cases.sheet import CaseResult, Failure, WorkbookResult
from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import BOLD, GREEN, RED, clean, labelled, many, paint, paragraph
from dmn_dli.runtime.plain import visible

WORKBOOK_CASE = "(the workbook itself)"
"""The case under which a workbook's own problems are listed."""


def all_cases(result: WorkbookResult) -> tuple[CaseResult, ...]:
    """The cases of a workbook, with its own problems as the failures of a case before them."""
    if not result.problems:
        return result.cases
    failures = tuple(Failure("the workbook", "no problem", problem, "") for problem in result.problems)
    return (CaseResult(WORKBOOK_CASE, "", failures), *result.cases)


def text(results: Sequence[WorkbookResult], width: int, *, colour: bool, uncovered: bool = True) -> str:
    """What failed, workbook by workbook, a summary line last; if wanted, which rules no case covers."""
    lines: list[str] = []
    for result in results:
        lines += [*_workbook(result, width, colour=colour, uncovered=uncovered), ""]
    cases = [case for result in results for case in all_cases(result)]
    failed = sum(not case.passed for case in cases)
    if not cases:
        verdict = "Nothing was tested: no workbook has a case on its Cases sheet"
    else:
        verdict = f"{failed} of {many(len(cases), 'case')} failed" if failed else f"{_all(len(cases))} passed"
    summary = " ".join([f"{verdict}.", *shares(results)])
    styles = (BOLD, RED if failed or not cases else GREEN)
    return "\n".join([*lines, paint(summary, *styles) if colour else summary]) + "\n"


def _workbook(result: WorkbookResult, width: int, *, colour: bool, uncovered: bool) -> Iterator[str]:
    cases = all_cases(result)
    head = f"{clean(result.file)}: {tally(result)}"
    yield paint(head, BOLD) if colour else head
    for case in cases:
        if not case.passed:
            mark = paint("FAILED", RED) if colour else "FAILED"
            place = f"  {case.cell}" if case.cell else ""
            yield f"  {mark}  {clean(case.case) or '(no name)'}{place}"
            for failure in case.failures:
                yield from _failure(failure, width)
    if result.coverage:
        yield from paragraph(" ".join(shares([result])), width, "  ")
    for label, named in untried(result) if uncovered else ():
        yield from labelled(label, [named], width, "    ")


def untried(result: WorkbookResult) -> Iterator[tuple[str, str]]:
    """What no case of a workbook tries: what is lacking, and of which table or sheet which rows."""
    for each in result.coverage:
        if each.uncovered:
            yield "not covered", f"{each.decision}: {', '.join(each.uncovered)}"
    for sheet in result.criteria:
        for label, rows in (("never met", sheet.never_met), ("never not met", sheet.never_not_met)):
            if rows:
                yield label, f"{sheet.sheet}: {', '.join(rows)}"


def tally(result: WorkbookResult) -> str:
    """How many cases of a workbook passed."""
    cases = all_cases(result)
    passed = sum(case.passed for case in cases)
    return f"{passed} of {many(len(cases), 'case')} passed" if cases else "no cases"


def _failure(failure: Failure, width: int) -> Iterator[str]:
    if not failure.cell:
        yield from paragraph(failure.actual, width, "    ")
        return
    yield from paragraph(f"{failure.cell}, {failure.expectation}", width, "    ")
    yield from labelled("expected", failure.expected.splitlines() or [""], width, "      ")
    yield from labelled("came out", failure.actual.splitlines() or [""], width, "      ")


def _all(number: int) -> str:
    return "The only case" if number == 1 else f"All {number} cases"


@frozen
class _Covered:
    """How many rules there are in all and how many of them are covered; of rows of criteria the same."""

    rules: int
    rules_covered: int
    criteria: int
    criteria_covered: int


def _covered(results: Sequence[WorkbookResult]) -> _Covered:
    rules = [each for result in results for each in result.coverage]
    criteria = [each for result in results for each in result.criteria]
    return _Covered(
        sum(each.rules for each in rules),
        sum(each.covered for each in rules),
        sum(each.criteria for each in criteria),
        sum(each.covered for each in criteria),
    )


def shares(results: Sequence[WorkbookResult]) -> Iterator[str]:
    """How much is covered, in a sentence each; of criteria where there are any."""
    found = _covered(results)
    rules, covered = found.rules, found.rules_covered
    yield f"{covered} of {many(rules, 'rule')} covered ({percent(covered, rules)} %)."
    rules, covered = found.criteria, found.criteria_covered
    if rules:
        noun = "criterion" if rules == 1 else "criteria"
        yield f"{covered} of {rules} {noun} covered ({percent(covered, rules)} %)."


def percent(part: int, whole: int) -> str:
    """The share in percent with one decimal, rounded down, so that 100 means all."""
    return "100" if part >= whole else f"{part * 1000 // whole / 10:g}"


def json_text(results: Sequence[WorkbookResult]) -> str:
    """All cases and the coverage as one JSON object."""
    cases = [case for result in results for case in all_cases(result)]
    found = _covered(results)
    document = {
        "summary": {
            "workbooks": len(results),
            "cases": len(cases),
            "passed": sum(case.passed for case in cases),
            "failed": sum(not case.passed for case in cases),
            "rules": found.rules,
            "covered": found.rules_covered,
            "coverage_percent": float(percent(found.rules_covered, found.rules)),
            "criteria": found.criteria,
            "criteria_covered": found.criteria_covered,
        },
        "cases": [_json_case(result, case) for result in results for case in all_cases(result)],
        "coverage": [
            {
                "file": result.file,
                "decision": each.decision,
                "rules": each.rules,
                "covered": each.covered,
                "uncovered": list(each.uncovered),
            }
            for result in results
            for each in result.coverage
        ],
        "criteria_coverage": [
            {
                "file": result.file,
                "sheet": each.sheet,
                "criteria": each.criteria,
                "covered": each.covered,
                "never_met": list(each.never_met),
                "never_not_met": list(each.never_not_met),
            }
            for result in results
            for each in result.criteria
        ],
    }
    return json_document(document)


def _json_case(result: WorkbookResult, case: CaseResult) -> dict[str, Any]:
    return {
        "file": result.file,
        "sheet": result.sheet,
        "cell": case.cell,
        "case": case.case,
        "passed": case.passed,
        "failures": [
            {
                "expectation": failure.expectation,
                "expected": failure.expected,
                "actual": failure.actual,
                "cell": failure.cell,
            }
            for failure in case.failures
        ],
    }


def junit_text(results: Sequence[WorkbookResult]) -> str:
    """JUnit XML as Jenkins' xUnit plugin has it: a test suite for each workbook, a test case for each row."""
    cases = [case for result in results for case in all_cases(result)]
    root = ElementTree.Element("testsuites", {"name": "dmn-dli test", **_counts(cases)})
    for result in results:
        counts = _counts(all_cases(result))
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            {"name": _xml(result.file), **counts, "skipped": "0", "file": _xml(result.file)},
        )
        properties = ElementTree.SubElement(suite, "properties")
        found = _covered([result])
        counted = {"rules": found.rules, "rules covered": found.rules_covered}
        if found.criteria:
            counted |= {"criteria": found.criteria, "criteria covered": found.criteria_covered}
        for name, value in counted.items():
            ElementTree.SubElement(properties, "property", name=name, value=str(value))
        for case in all_cases(result):
            _junit_case(suite, result, case)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _counts(cases: Sequence[CaseResult]) -> dict[str, str]:
    failed = sum(not case.passed for case in cases)
    seconds = sum(case.seconds for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "time": f"{seconds:.3f}"}


def _junit_case(suite: ElementTree.Element, result: WorkbookResult, case: CaseResult) -> None:
    # A reader takes the class for the path of a tree, with dots between the branches.
    branch = result.file.replace("\\", "/").rpartition("/")[2].removesuffix(".xlsx").replace(".", "_")
    element = ElementTree.SubElement(
        suite,
        "testcase",
        name=_xml(case.case or f"(no name, {case.cell})"),
        classname=_xml(branch),
        time=f"{case.seconds:.3f}",
    )
    if case.passed:
        return
    blocks = [
        f"{failure.cell}, {failure.expectation}\nexpected: {failure.expected}\ncame out: {failure.actual}"
        if failure.cell
        else failure.actual
        for failure in case.failures
    ]
    names = ", ".join(failure.expectation for failure in case.failures)
    failure = ElementTree.SubElement(element, "failure", message=_xml(f"{case.cell} {names}"), type="failure")
    failure.text = _xml("\n\n".join(blocks))


def _xml(text: str) -> str:
    """The text with escapes for what shows nothing, much of which XML 1.0 cannot hold."""
    return visible(text, "\n\t").strip()
