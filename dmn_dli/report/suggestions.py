"""Cases that a workbook lacks: as text, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.feel.json_values import feel_json
from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import BOLD, clean, labelled, many, paint, paragraph
from dmn_dli.suggest.suggestion import SuggestedCase, Suggestions, shown


@frozen
class WorkbookSuggestions:
    """What is suggested for one workbook; labels: fact name to what people call it."""

    file: str
    suggestions: Suggestions
    labels: dict[str, str]


def text(results: Sequence[WorkbookSuggestions], width: int, *, colour: bool) -> str:
    """The cases workbook by workbook, what no case was found for, and a summary line last."""
    lines: list[str] = []
    for result in results:
        number = len(result.suggestions.cases)
        head = f"{clean(result.file)}: {many(number, 'case')} to add"
        lines += [paint(head, BOLD) if colour else head, *_workbook(result, width), ""]
    return "\n".join([*lines, *paragraph(_summary(results), width)]) + "\n"


def _summary(results: Sequence[WorkbookSuggestions]) -> str:
    total = sum(len(result.suggestions.cases) for result in results)
    if total:
        return f"{many(total, 'case')} suggested. A case counts once you write into it what you expect of it."
    if any(result.suggestions.unreached for result in results):
        return "No case can be suggested."
    return "No case is lacking."


def _workbook(result: WorkbookSuggestions, width: int) -> Iterator[str]:
    for case in result.suggestions.cases:
        yield f"  {clean(case.name)}"
        yield from labelled("why", [case.why], width, "    ")
        facts = [f"{result.labels.get(name, name)}: {shown(value)}" for name, value in case.facts.items()]
        yield from labelled("facts", ["; ".join(facts)], width, "    ")
    for each in result.suggestions.unreached:
        yield from paragraph(f"No case was found for {each.what}.", width, "  ")


def json_text(results: Sequence[WorkbookSuggestions]) -> str:
    """The cases and what no case was found for, as one JSON object."""
    document = {
        "cases": [_case(result.file, case) for result in results for case in result.suggestions.cases],
        "unreached": [
            {
                "file": result.file,
                "aim": each.aim.value,
                "decision": each.decision,
                "rule": each.rule,
                "what": each.what,
            }
            for result in results
            for each in result.suggestions.unreached
        ],
    }
    return json_document(document)


def _case(file: str, case: SuggestedCase) -> dict[str, Any]:
    return {
        "file": file,
        "case": case.name,
        "why": case.why,
        "aim": case.aim.value,
        "decision": case.decision,
        "rule": case.rule,
        "fact": case.fact,
        "facts": {name: feel_json(value) for name, value in case.facts.items()},
    }
