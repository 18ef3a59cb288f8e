"""A run of the Technology Compatibility Kit in words, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dmn_dli.interchange.tck.run import Outcome, State, TckRun
from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import many, paragraph, table

_STATES: tuple[State, ...] = ("passed", "failed", "error")


def tck_text(run: TckRun, width: int) -> str:
    """Every case that did not pass, with what was due and what came; then the counts by level."""
    lines = [line for text in run.unread for line in paragraph(text, width, "", "  ")]
    for outcome in run.outcomes:
        if outcome.state != "passed":
            lines += ["", *_told(outcome, width)] if lines else _told(outcome, width)
    if lines:
        lines.append("")
    rows: list[Sequence[object]] = [
        ("level", "cases", "passed", "failed", "error", "a value due", "null due")
    ]
    rows += (_row(name, outcomes) for name, outcomes in _levels(run))
    lines += table(rows, width, "")
    if run.unread:
        lines += ["", f"{many(len(run.unread), 'file')} could not be read."]
    return "\n".join(lines) + "\n"


def _told(outcome: Outcome, width: int) -> list[str]:
    head = f"{outcome.folder}, {outcome.file}, case {outcome.case}: {outcome.state}"
    lines = paragraph(head, width, "", "    ")
    if outcome.description:
        lines += paragraph(outcome.description, width, "  ", "    ")
    if outcome.problem:
        lines += paragraph(outcome.problem, width, "  ", "    ")
    for each in outcome.mismatches:
        lines += paragraph(f"{each.decision}: expected {each.expected}", width, "  ", "    ")
        lines += paragraph(f"got {each.got}", width, "    ", "    ")
        if each.why:
            lines += paragraph(f"because {each.why}", width, "    ", "    ")
    return lines


def _levels(run: TckRun) -> Iterator[tuple[str, list[Outcome]]]:
    """Each level's outcomes, and those of all levels where there are several."""
    levels: dict[str, list[Outcome]] = {}
    for outcome in run.outcomes:
        levels.setdefault(outcome.level, []).append(outcome)
    yield from levels.items()
    if len(levels) > 1:
        yield "all", list(run.outcomes)


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    counts = (sum(each.state == state for each in outcomes) for state in _STATES)
    parts = (_of([each for each in outcomes if each.value_due is due]) for due in (True, False))
    return (name, f"{len(outcomes):,}", *(f"{count:,}" for count in counts), *parts)


def _of(outcomes: Sequence[Outcome]) -> str:
    passed = sum(each.state == "passed" for each in outcomes)
    return f"{passed:,} of {len(outcomes):,}"


def tck_json(run: TckRun) -> str:
    """A document with the counts of each level and every case."""
    levels = [{"level": name, **_counts(outcomes)} for name, outcomes in _levels(run)]
    cases = [_case(outcome) for outcome in run.outcomes]
    return json_document({"levels": levels, "cases": cases, "unread": list(run.unread)})


def _counts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    def counted(some: Sequence[Outcome]) -> dict[str, int]:
        return {"cases": len(some)} | {state: sum(each.state == state for each in some) for state in _STATES}

    return {
        **counted(outcomes),
        "value_due": counted([each for each in outcomes if each.value_due]),
        "null_due": counted([each for each in outcomes if not each.value_due]),
    }


def _case(outcome: Outcome) -> dict[str, Any]:
    return {
        "folder": outcome.folder,
        "file": outcome.file,
        "case": outcome.case,
        "state": outcome.state,
        "value_due": outcome.value_due,
        "problem": outcome.problem or None,
        "results": [
            {"decision": each.decision, "expected": each.expected, "got": each.got, "why": each.why or None}
            for each in outcome.mismatches
        ],
    }
