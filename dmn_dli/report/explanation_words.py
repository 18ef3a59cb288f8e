"""The parts of a case's explanation in words, for text and for the determination summary alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmn_dli.explain.explanation import FiredRule, GivenFact, NearChange, Question, Reason, Setting, Step

_SPOKEN = {"true": "Yes", "false": "No", "null": "not applicable"}


def value_words(value: Any) -> str:
    """A value as people say it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(value_words(each) for each in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {value_words(each)}" for key, each in value.items() if each is not None)
    return str(value)


def given_words(fact: GivenFact) -> str:
    """`Donor chimerism: 82.5 (% of donor cells)`."""
    value = "not applicable" if fact.value is None else value_words(fact.value)
    return f"{fact.label}: {value}{_unit(fact.unit)}"


def reason_words(reason: Reason) -> str:
    """What the facts relied on amount to, in one sentence."""
    number = len(reason.facts)
    if not number:
        return "No fact is needed: every case gets this determination."
    facts = "This fact settles" if number == 1 else f"These {number} facts settle"
    if not reason.smallest:
        return f"{facts} it, whatever the others are; fewer might do."
    further = reason.count - 1
    if not further:
        return f"{facts} it, whatever the others are; no other {number} would."
    more = f"{further}" if reason.counted else f"more than {further}"
    others = "other set" if further == 1 else "other sets"
    does = "does" if further == 1 and reason.counted else "do"
    return f"{facts} it, whatever the others are; {more} {others} of {number} {does} so too, and no fewer."


def other_words(reason: Reason) -> list[str]:
    """The other smallest sets that are listed: each by the facts in which it differs from the first."""
    chosen = {fact.fact for fact in reason.facts}
    lines = []
    for other in reason.others:
        names = {fact.fact for fact in other}
        added = ", ".join(given_words(fact) for fact in other if fact.fact not in chosen)
        left = ", ".join(fact.label for fact in reason.facts if fact.fact not in names)
        lines.append(f"{added} (in place of {left})")
    return lines


def rule_words(rule: FiredRule) -> str:
    """`M-I1 (Indication!A5): Disease status is relapsed, refractory`."""
    conditions = "; ".join(f"{each.clause} is {each.test}" for each in rule.conditions)
    return f"{rule.rule} ({rule.cell}): {conditions or 'in every case'}"


def step_words(step: Step) -> str:
    """The decision's value, or what it may still be."""
    if step.settled:
        return value_words(step.value)
    return f"not settled: {' or '.join(map(value_words, step.possible))}" if step.possible else "not settled"


def change_words(change: NearChange) -> list[str]:
    """Each way of the change: what the facts must be; what else must be known."""
    return [_way_words(change, way) for way in change.ways]


def more_ways(change: NearChange) -> int:
    """How many ways are not listed."""
    return change.way_count - len(change.ways)


def fixed_words(change: NearChange) -> str:
    """Which facts of the change cannot be changed; "" where all can."""
    fixed = [each.given.label for each in change.facts if not each.changeable]
    return f"cannot be changed: {', '.join(fixed)}" if fixed else ""


def question_words(question: Question) -> str:
    """The question with the allowed values."""
    asked = question.question or f"What is {question.label}?"
    listed = ", ".join(question.options) or (question.allowed or "").replace('"', "")
    return f"{question.label}: {asked}" + (f" ({listed}{_of(question.unit)})" if listed else "")


def prospect_words(question: Question) -> str:
    """What its worst answer leaves open; "" where that is not known."""
    if question.determinations is None:
        return ""
    if question.determinations <= 1:
        return "Every answer settles the determination."
    return (
        f"Its worst answer leaves {question.determinations} determinations possible and "
        f"{_many(question.facts or 0, 'fact')} missing."
    )


def _way_words(change: NearChange, way: tuple[Setting, ...]) -> str:
    given = {each.given.fact: each.given for each in change.facts}
    changed = "; ".join(
        f"{_setting_words(each)} instead of {_value_of(given[each.fact])}"
        for each in way
        if each.fact in given
    )
    needed = [_setting_words(each) for each in way if each.fact not in given]
    return f"{changed}; and, of what is not given, {'; '.join(needed)}" if needed else changed


def _setting_words(setting: Setting) -> str:
    return f"{setting.label}: {_SPOKEN.get(setting.values, setting.values)}{_unit(setting.unit)}"


def _value_of(fact: GivenFact) -> str:
    return "not applicable" if fact.value is None else value_words(fact.value)


def _unit(unit: str) -> str:
    return f" ({unit})" if unit else ""


def _of(unit: str) -> str:
    return f"; {unit}" if unit else ""


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


