"""A determination summary in Markdown, fit to be attached to a request's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.explain.explanation import Explanation, NearChange, Step
from dmn_dli.report import explanation_words as words
from dmn_dli.report.checklist import checklist
from dmn_dli.report.documents import escaped
from dmn_dli.report.explanation_text import NO_CHANGE, NO_REMEDY
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
    lines += _criteria(record["criteria"])
    lines += _relied_on(explained)
    lines += _other_facts(explained)
    lines += _list("Unmet criteria", record["unmet_criteria"])
    for remedy in explained.remedies:
        lines += _needed(f"What would mend {remedy.id}", remedy.changes, remedy.otherwise, NO_REMEDY)
    if explained.changes is not None:
        more = explained.change_count - len(explained.changes)
        title = "What would be needed for medically necessary"
        lines += _needed(title, explained.changes, explained.otherwise, NO_CHANGE, more)
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


def _criteria(criteria: Sequence[Record]) -> list[str]:
    """The checklist, as nested items."""
    if not criteria:
        return []
    lines = [*_head("Criteria")]
    for each in checklist(criteria):
        shown = f" (would be shown by: {escaped('; '.join(each.shown_by))})" if each.shown_by else ""
        lines.append(f"{'  ' * each.depth}- **{each.status}** {escaped(f'{each.id}: {each.text}')}{shown}")
    return lines


def _needed(
    title: str, changes: Sequence[NearChange], otherwise: Sequence[NearChange], none: str, more: int = 0
) -> list[str]:
    """What the file would have to show instead."""
    lines = _head(title)
    if changes:
        lines += ["One of these, all else being as given:", ""]
    else:
        lines.append(none)
    for number, change in enumerate(changes, 1):
        ways = [escaped(way) for way in words.change(change)]
        lines.append(f"{number}. {ways[0]}" + (f" ({words.CAUTION})" if change.stated else ""))
        lines += [f"   - or {way}" for way in ways[1:]]
        if words.more_ways(change):
            lines.append(f"   - or one of {words.more_ways(change)} more ways")
    if more:
        lines += ["", f"{more} more changes of as many facts or more are not listed."]
    if otherwise:
        lines += ["", "Would have to be documented otherwise:", ""]
        lines += [f"- {escaped(' or '.join(words.change(each)))}" for each in otherwise]
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
