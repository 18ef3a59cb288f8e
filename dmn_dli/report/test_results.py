"""The results of Cases sheets: as text, as JSON, and as JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from dmn_dli.cases.sheet import CaseResult, Coverage, Failure, WorkbookResult
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
    coverage = [each for result in results for each in result.coverage]
    if not cases:
        verdict = "Nothing was tested: no workbook has a case on its Cases sheet"
    else:
        verdict = f"{failed} of {many(len(cases), 'case')} failed" if failed else f"{_all(len(cases))} passed"
    summary = f"{verdict}. {_share(coverage)}"
    styles = (BOLD, RED if failed or not cases else GREEN)
    return "\n".join([*lines, paint(summary, *styles) if colour else summary]) + "\n"


def _workbook(result: WorkbookResult, width: int, *, colour: bool, uncovered: bool) -> Iterator[str]:
    cases = all_cases(result)
    passed = sum(case.passed for case in cases)
    tally = f"{passed} of {many(len(cases), 'case')} passed" if cases else "no cases"
    head = f"{clean(result.file)}: {tally}"
    yield paint(head, BOLD) if colour else head
    for case in cases:
        if not case.passed:
            mark = paint("FAILED", RED) if colour else "FAILED"
            place = f"  {case.cell}" if case.cell else ""
            yield f"  {mark}  {clean(case.case) or '(no name)'}{place}"
            for failure in case.failures:
                yield from _failure(failure, width)
    if result.coverage:
        yield from paragraph(_share(result.coverage), width, "  ")
    for each in result.coverage:
        if uncovered and each.uncovered:
            named = f"{each.decision}: {', '.join(each.uncovered)}"
            yield from labelled("not covered", [named], width, "    ")


def _failure(failure: Failure, width: int) -> Iterator[str]:
    if not failure.cell:
        yield from paragraph(failure.actual, width, "    ")
        return
    yield from paragraph(f"{failure.cell}, {failure.expectation}", width, "    ")
    yield from labelled("expected", failure.expected.splitlines() or [""], width, "      ")
    yield from labelled("came out", failure.actual.splitlines() or [""], width, "      ")


def _all(number: int) -> str:
    return "The only case" if number == 1 else f"All {number} cases"


def _share(coverage: Sequence[Coverage]) -> str:
    rules, covered = sum(each.rules for each in coverage), sum(each.covered for each in coverage)
    return f"{covered} of {many(rules, 'rule')} covered ({percent(covered, rules)} %)."


def percent(part: int, whole: int) -> str:
    """The share in percent with one decimal, rounded down, so that 100 means all."""
    return "100" if part >= whole else f"{part * 1000 // whole / 10:g}"


def json_text(results: Sequence[WorkbookResult]) -> str:
    """All cases and the coverage as one JSON object."""
    cases = [case for result in results for case in all_cases(result)]
    coverage = [each for result in results for each in result.coverage]
    rules, covered = sum(each.rules for each in coverage), sum(each.covered for each in coverage)
    document = {
        "summary": {
            "workbooks": len(results),
            "cases": len(cases),
            "passed": sum(case.passed for case in cases),
            "failed": sum(not case.passed for case in cases),
            "rules": rules,
            "covered": covered,
            "coverage_percent": float(percent(covered, rules)),
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
        rules = sum(each.rules for each in result.coverage)
        covered = sum(each.covered for each in result.coverage)
        for name, value in (("rules", rules), ("rules covered", covered)):
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
