"""The record of a case: what all completions have in common.

docs/semantics.md, "What a record's keys mean".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.record import NEEDS_INFORMATION, alternatives_note, not_given_notes
from dmn_dli.tables.linked import LinkedTable
from tests.reference.judged import Judged
from tests.reference.policy import Oracle
from tests.reference.tables import Answer, plain, value_key

TEXTS = ("payer_wording", "reason", "citation", "refer_to", "note")
"""The deciding rule's columns that a record repeats; the note goes among the notes."""

WHY = ("reason", "citation")
"""Of these those that no determination goes without."""

LISTS = {
    "unmet_criteria": "Unmet criteria",
    "documentation": "Documentation",
    "procedure_codes": "Procedure codes",
    "notes": "Plan notes",
}

Answers = Mapping[str, Answer]


@frozen
class Trouble(Exception):
    """Some completion has no determination: all conflicts and arrivals that were met."""

    found: frozenset[tuple[Any, ...]]


def record(oracle: Oracle, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The record of the case, without `case_id`. Raises Trouble where some completion has an error."""
    policy, unknown = oracle.policy, oracle.unknown(facts)
    cases = list(oracle.completions(facts))
    answers = [oracle.decide(case) for case in cases]
    if any(oracle.failed(answer) for answer in answers):
        raise Trouble(
            frozenset(each.trouble for answer in answers for each in answer.values() if each.trouble)
        )
    last = [answer[oracle.final.name] for answer in answers]
    possible = in_order({value_key(each): each for each in map(oracle.determination, last)}.values())
    decided = len(possible) == 1
    said = [texts(oracle, answer) for answer in last]
    steps = oracle.smallest_steps(cases, unknown, [value_key(oracle.determination(each)) for each in last])
    given = {name: value for name, value in facts.items() if value is not None or name not in unknown}
    judged = Judged(oracle.criteria, given, [oracle.statuses(answer) for answer in answers], steps)
    lists = {key: [items(oracle, name, answer) for answer in answers] for key, name in LISTS.items()}
    always = {key: _always(oracle, LISTS[key], answers, each) for key, each in lists.items()}
    determination = possible[0] if decided else NEEDS_INFORMATION
    listed = [oracle.criteria.unmet(determination, statuses) for statuses in judged.statuses]
    unmet = [name for name in listed[0] if all(name in each for each in listed)]
    if oracle.criteria.rows:
        always["unmet_criteria"] = [judged.item(name) for name in unmet]
    common = {
        name: column[0] if decided and len(set(column)) == 1 else None
        for name, column in zip(TEXTS, zip(*said, strict=True), strict=True)
    }
    if decided:
        common |= _why(judged, common, (judged.reasons(determination), unmet, always["unmet_criteria"]))
        for key in WHY:
            common[key] = common[key] or _alternatives_of(last, [each[TEXTS.index(key)] for each in said])

    def labels(*said: Sequence[Any]) -> list[str]:
        """The facts on which it depends what is said of the one or the other."""
        names = set[str]().union(*(oracle.mattering(cases, unknown, each) for each in said))
        return [fact.label for fact in policy.dictionary.facts if fact.name in names]

    start = policy.workbook.policy.effective_from
    due, day = policy.workbook.policy.next_review, facts.get("date_of_service")
    notes = [f"No date of service given; version of {start} applied"] if start and day is None else []
    overdue = due is not None and day is not None and str(day) > due.isoformat()
    notes += [f"Review was due {due}; a newer version may be in force"] if overdue else []
    notes += [str(item) for item in always["notes"]]
    notes += [note] if (note := common.pop("note")) else []
    if len({each[:4] for each in said}) > 1:
        notes.append(alternatives_note(_alternatives(oracle, last), labels([each[:4] for each in said])))
    unsettled = {
        key: labels([frozenset(map(value_key, items)) for items in each]) for key, each in lists.items()
    }
    if oracle.criteria.rows:
        unsettled["unmet_criteria"] = labels(
            *([name in each for each in listed] for name in oracle.criteria.rows)
        )
    notes += not_given_notes(unsettled)
    return {
        "format_version": 1,
        "payer": policy.workbook.policy.payer or "book",
        "policy": {
            "number": policy.workbook.policy.policy_number,
            "title": policy.workbook.policy.title,
            "effective_from": start.isoformat() if start else None,
            "last_review": reviewed.isoformat() if (reviewed := policy.workbook.policy.last_review) else None,
            "next_review": due.isoformat() if due else None,
            "source_document": policy.workbook.policy.source_document,
            "workbook": policy.workbook.name,
            "sha256": policy.workbook.sha256,
            "facts_sha256": policy.dictionary.sha256,
        },
        "determination": determination,
        **common,
        "rules": _rules(oracle, answers),
        "decisions": _decisions(oracle, answers),
        "criteria": judged.entries,
        **{key: always[key] for key in ("unmet_criteria", "documentation", "procedure_codes")},
        "missing_facts": sorted(
            oracle.mattering(cases, unknown, [value_key(oracle.determination(each)) for each in last])
        ),
        "possible_determinations": possible,
        "notes": notes,
    }


def _why(
    judged: Judged, said: Mapping[str, Any], found: tuple[Sequence[str], Sequence[str], Sequence[str]]
) -> dict[str, Any]:
    """Reason and citation by the rows, where the texts of all completions are not one.

    found: the rows that bear the determination out, those that are unmet, and what is unmet in words.
    """
    met, unmet, items = found
    return {
        "reason": said["reason"] or _first([judged.finding(name) for name in met], items),
        "citation": said["citation"] or _first(_citations(judged, met), _citations(judged, unmet)),
    }


def _citations(judged: Judged, names: Sequence[str]) -> list[str]:
    """The rows' citations, without repeats."""
    found = (judged.criteria.rows[name].citation for name in names)
    return list(dict.fromkeys(each for each in found if each))


def _first(*alternatives: Sequence[Any]) -> str:
    """The first texts that there are, together."""
    return next(("; ".join(map(str, each)) for each in alternatives if each), "")


def _alternatives_of(answers: Sequence[Answer], said: Sequence[str | None]) -> str | None:
    """What the rules that may decide say, in row order and without repeats; a default's text comes last."""
    ordered = sorted(range(len(said)), key=lambda at: answers[at].rules[:1] or (float("inf"),))
    found = dict.fromkeys(text for at in ordered if (text := said[at]) is not None)
    return " or ".join(found) or None


def texts(oracle: Oracle, answer: Answer) -> tuple[Any, ...]:
    """What the columns with the record's names say in the deciding rule, or in the default."""
    said: dict[str, Any] = {}
    if answer.rules:
        rule = oracle.final.table.rules[oracle.final.rule_indexes[answer.rules[0]]]
        for annotation, cell in zip(oracle.final.table.annotations, rule.annotations, strict=True):
            said[annotation.name.casefold()] = cell.text.strip() or None
    value = answer.value[0] if isinstance(answer.value, list) and answer.value else answer.value
    for output in oracle.final.outputs:
        entry = value.get(output.name) if isinstance(value, dict) else value
        said[output.name.casefold()] = None if entry is None else str(entry)
    return tuple(said.get(name.replace("_", " ")) for name in TEXTS)


def items(oracle: Oracle, decision: str, answers: Answers) -> list[Any]:
    """A list of the record: the decision's first outputs, in their order, without repeats and nulls."""
    table = next((each for each in oracle.tables if each.name.casefold() == decision.casefold()), None)
    if table is None:
        return []
    value = answers[table.name].value
    first = table.outputs[0].name
    entries = value if isinstance(value, list) else [value]
    found = [plain(entry.get(first) if isinstance(entry, dict) else entry) for entry in entries]
    return [item for at, item in enumerate(found) if item is not None and item not in found[:at]]


def _always(
    oracle: Oracle, decision: str, answers: Sequence[Answers], each: Sequence[list[Any]]
) -> list[Any]:
    """What is in every completion's list; where their order differs, by the first row that may give it."""
    found = [item for item in each[0] if all(item in other for other in each)]
    if all([item for item in other if item in found] == found for other in each):
        return found
    table = next(each for each in oracle.tables if each.name.casefold() == decision.casefold())
    first = table.outputs[0].name
    rows: dict[Any, int] = {}
    for answer in answers:
        for rule, entry in zip(answer[table.name].rules, answer[table.name].value, strict=True):
            item = value_key(plain(entry.get(first) if isinstance(entry, dict) else entry))
            rows[item] = min(rule, rows.get(item, rule))
    return sorted(found, key=lambda item: rows[value_key(item)])


def _alternatives(oracle: Oracle, answers: Sequence[Answer]) -> list[Any]:
    """The rules that may decide, in row order, each with its citation."""
    citation = TEXTS.index("citation")
    first = {answer.rules[0]: texts(oracle, answer)[citation] for answer in answers if answer.rules}
    rules = oracle.final.table.rules
    return [(rules[oracle.final.rule_indexes[rule]].id, first[rule]) for rule in sorted(first)]


def _rules(oracle: Oracle, answers: Sequence[Answers]) -> list[dict[str, str]]:
    """The rules that contribute in every completion."""
    found = []
    for table in _upstream_first(oracle):
        for position in sorted(set.intersection(*(set(answer[table.name].rules) for answer in answers))):
            rule = table.table.rules[table.rule_indexes[position]]
            place = cell_name(table.table.sheet, rule.cell.reference)
            found.append({"decision": table.name, "rule": rule.id, "cell": place})
    return found


def _upstream_first(oracle: Oracle) -> list[LinkedTable]:
    """The final decision and what it requires: again and again the first sheet whose needs are met."""
    order: list[str] = []
    needed = oracle.requires(oracle.final.name)
    waiting = [table.name for table in oracle.tables if table.name in needed]
    while waiting:
        ready = next(name for name in waiting if not (oracle.requires(name) & {*waiting} - {name}))
        waiting.remove(ready)
        order.append(ready)
    return [oracle.by_name[name] for name in order]


def _decisions(oracle: Oracle, answers: Sequence[Answers]) -> dict[str, Any]:
    """Every other decision whose value is the same in every completion."""
    names = [table.name for table in oracle.policy.workbook.tables if table.name != oracle.final.name]
    values = {name: [plain(answer[name].value) for answer in answers] for name in names}
    return {name: each[0] for name, each in values.items() if len(set(map(value_key, each))) == 1}


def in_order(values: Any) -> list[Any]:
    """Sorted: kinds of values by name, numbers by size, text by its characters."""
    kinds = {int: "number", float: "number"}
    return sorted(
        values,
        key=lambda value: (
            kinds.get(type(value), type(value).__name__),
            value if isinstance(value, bool | int | float | str | list) else repr(value),
        ),
    )
