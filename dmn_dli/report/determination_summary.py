"""A determination summary in Markdown, fit to be attached to a request's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.explain.explanation import Explanation, NearChange, Step
from dmn_dli.report import explanation_words as words
from dmn_dli.report.documents import escaped
from dmn_dli.report.explanation_text import NO_CHANGE
from dmn_dli.report.layout import spoken
from dmn_dli.report.text import CLOSING, Page, Record
from dmn_dli.runtime.record import NEEDS_INFORMATION


def summary(explained: Explanation | Record, page: Page) -> str:
    """The summary of one case for one payer; an error record gives what must be mended first."""
    record = explained.record if isinstance(explained, Explanation) else explained
    payer = page.payers[record["payer"]].name if record["payer"] in page.payers else record["payer"]
    lines = [f"# Determination summary: case {escaped(record['case_id'])}", "", f"**{escaped(payer)}**", ""]
    lines += _explained(explained, page) if isinstance(explained, Explanation) else _error(record)
    return "\n".join([*lines, "", escaped(CLOSING)]) + "\n"


def _explained(explained: Explanation, page: Page) -> list[str]:
    record = explained.record
    lines = [f"**Determination: {escaped(spoken(record['determination']))}**"]
    lines += _texts(record)
    lines += _relied_on(explained)
    lines += _other_facts(explained)
    lines += _list("Unmet criteria", record["unmet_criteria"])
    if explained.changes is not None:
        lines += _needed(explained.changes, explained.change_count)
    lines += _missing(explained, page)
    lines += _list("Documentation to submit", record["documentation"])
    lines += _list("Procedure codes", record["procedure_codes"])
    lines += _path(explained.path)
    lines += _list("Notes", record["notes"])
    if explained.not_analysed:
        lines += _list("Not analysed", [explained.not_analysed])
    return lines + _policy(record["policy"])


def _texts(record: Record) -> list[str]:
    named = (
        ("Criterion", "citation"),
        ("Payer's wording", "payer_wording"),
        ("Reason", "reason"),
        ("Refer to", "refer_to"),
    )
    found = [f"- {title}: {escaped(record[key])}" for title, key in named if record[key]]
    return ["", *found] if found else []


def _relied_on(explained: Explanation) -> list[str]:
    reason = explained.reason
    if reason is None:
        return []
    lines = [*_list("Facts relied on", [words.given(fact) for fact in reason.facts])]
    lines = lines or _head("Facts relied on")
    lines += ["", escaped(words.reason(reason))]
    others = words.other(reason)
    return lines + (["", "The same with:", "", *[f"- {escaped(each)}" for each in others]] if others else [])


def _other_facts(explained: Explanation) -> list[str]:
    relied = {fact.fact for fact in explained.reason.facts} if explained.reason else set()
    further = [words.given(fact) for fact in explained.given if fact.fact not in relied]
    return _list("Other facts given" if relied else "Facts given", further)


def _needed(changes: Sequence[NearChange], count: int) -> list[str]:
    """What the file would have to show instead."""
    lines = _head("What would be needed for medically necessary")
    if not changes:
        return [*lines, NO_CHANGE]
    lines += ["One of these, all else being as given:", ""]
    for number, change in enumerate(changes, 1):
        ways = [escaped(way) for way in words.change(change)]
        fixed = words.fixed(change)
        lines.append(f"{number}. {ways[0]}" + (f" (**{escaped(fixed)}**)" if fixed else ""))
        lines += [f"   - or {way}" for way in ways[1:]]
        if words.more_ways(change):
            lines.append(f"   - or one of {words.more_ways(change)} more ways")
    if count > len(changes):
        lines += ["", f"{count - len(changes)} more changes of as many facts or more are not listed."]
    return lines


def _missing(explained: Explanation, page: Page) -> list[str]:
    record = explained.record
    if record["determination"] != NEEDS_INFORMATION:
        return []
    facts = page.payers[record["payer"]].facts if record["payer"] in page.payers else {}
    labels = [facts[name].label if name in facts else name for name in record["missing_facts"]]
    lines = _list("Possible determinations", map(spoken, record["possible_determinations"]))
    lines += _list("Missing facts", labels)
    if explained.question is not None:
        asked = f"{words.question(explained.question)} {words.prospect(explained.question)}".strip()
        lines += [*_head("Ask next"), escaped(asked)]
    return lines


def _path(steps: Sequence[Step]) -> list[str]:
    if not steps:
        return []
    lines = [*_head("How the tables decide"), "| Decision | Value | Rules |", "|---|---|---|"]
    for step in steps:
        rules = "<br>".join(escaped(words.rule(rule, step)) for rule in step.rules)
        lines.append(f"| {escaped(step.decision)} | {escaped(words.step(step))} | {rules} |")
    return lines


def _policy(policy: Mapping[str, Any] | None) -> list[str]:
    if policy is None:
        return []
    named = (
        ("Policy", ", ".join(filter(None, [policy["number"], policy["title"]]))),
        ("Version in force from", policy["effective_from"]),
        ("Last review", policy["last_review"]),
        ("Next review", policy["next_review"]),
        ("Source document", policy["source_document"]),
        ("Workbook", policy["workbook"]),
        ("SHA-256 of the workbook", policy["sha256"]),
        ("SHA-256 of the facts", policy["facts_sha256"]),
    )
    return _list("Policy version", [f"{title}: {value}" for title, value in named if value])


def _error(record: Record) -> list[str]:
    whose = "the case" if record["error"]["kind"] == "case" else "the tables"
    reasons = [each["reason"] for each in record["error"]["problems"]]
    return ["**It cannot be evaluated.**", *_list(f"What is wrong with {whose}", reasons)]


def _list(title: str, texts: Iterable[object]) -> list[str]:
    found = [f"- {escaped(text)}" for text in texts]
    return [*_head(title), *found] if found else []


def _head(title: str) -> list[str]:
    return ["", f"## {title}", ""]
