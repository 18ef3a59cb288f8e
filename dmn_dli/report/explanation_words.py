"""The parts of a case's explanation in words, for text and for the determination summary alike."""

from __future__ import annotations

from typing import Protocol

from dmn_dli.explain.explanation import FiredRule, GivenFact, NearChange, Question, Reason, Setting, Step
from dmn_dli.report.layout import many, spoken, spoken_range, spoken_values
from dmn_dli.runtime.hit_policy import HitPolicy

_SPOKEN = {"true": "Yes", "false": "No", "null": "not applicable"}


def given(fact: GivenFact) -> str:
    """`Donor chimerism: 82.5 % of donor cells`."""
    return f"{fact.label}: {_value_of(fact)}{unit(fact)}"


def reason(reason: Reason) -> str:
    """What the facts relied on amount to, in one sentence."""
    number = len(reason.facts)
    if not number:
        return "No fact is needed: every case gets this determination."
    facts = "This fact settles" if number == 1 else f"These {number} facts settle"
    settled = f"{facts} the determination, whatever the others are."
    if not reason.smallest:
        return f"{settled} Fewer of them might do." if number > 1 else settled
    further = reason.count - 1
    if not further:
        return f"{settled} No other set of given facts that is as small does."
    if not reason.counted:
        return f"{settled} So do more than {further} other sets as small, but none that is smaller."
    others = "1 other set" if further == 1 else f"{further} other sets"
    return f"{settled} So {'does' if further == 1 else 'do'} {others} as small, but none that is smaller."


def other(reason: Reason) -> list[str]:
    """The other smallest sets that are listed: each by the facts in which it differs from the first."""
    chosen = {fact.fact for fact in reason.facts}
    lines = []
    for other in reason.others:
        names = {fact.fact for fact in other}
        added = ", ".join(given(fact) for fact in other if fact.fact not in chosen)
        left = ", ".join(fact.label for fact in reason.facts if fact.fact not in names)
        lines.append(f"{added} (in place of {left})")
    return lines


def rule(rule: FiredRule, step: Step) -> str:
    """`M-I1 (Indication!A5): Disease status: relapsed, refractory`."""
    conditions = "; ".join(f"{each.clause}: {test(each.test)}" for each in rule.conditions)
    otherwise = "no rule above it fires" if HitPolicy(step.hit_policy).first_wins else "in every case"
    return f"{rule.rule} ({rule.cell}): {conditions or otherwise}"


def test(text: str) -> str:
    """A unary test; one of truth values and null as people say these."""
    values = text.split(", ")
    return ", ".join(_SPOKEN[each] for each in values) if _SPOKEN.keys() >= set(values) else text


def step(step: Step) -> str:
    """The decision's value, or what it may still be."""
    if step.settled:
        return spoken(step.value)
    return f"not settled: {' or '.join(map(spoken, step.possible))}" if step.possible else "not settled"


def change(change: NearChange) -> list[str]:
    """Each way of the change: what the facts must be; what else must be known."""
    return [_way_words(change, way) for way in change.ways]


def more_ways(change: NearChange) -> int:
    """How many ways are not listed."""
    return change.way_count - len(change.ways)


CAUTION = "Nothing would change but what the request states; the chart must bear it out."


class Measured(Protocol):
    """A fact with its unit."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def unit(self) -> str:
        """The unit of its values; "" for none."""


class Asked(Measured, Protocol):
    """What is said of a fact that is asked for."""

    @property
    def question(self) -> str:
        """What to ask when it is missing; may be empty."""

    @property
    def type(self) -> str:
        """The type that its dictionary row names."""

    @property
    def allowed(self) -> str | None:
        """The allowed values as the dictionary writes them; None where any value goes."""


def asked(fact: Asked) -> str:
    """The question for a fact."""
    return fact.question or f"What is {fact.label}?"


_KINDS = {
    "number": "a number",
    "integer": "a whole number",
    "date": "a date such as 2025-02-12",
    "time": "a time such as 13:30:00",
    "date and time": "a date and time such as 2025-02-12T13:30:00",
    "days and time duration": "a duration such as P2DT12H",
    "years and months duration": "a duration such as P1Y6M",
    "list": "a list in JSON, such as [1, 2]",
    "context": 'an object in JSON, such as {"a": 1}',
    "Any": "a value in JSON",
}


def expected(fact: Asked) -> str:
    """What an answer that is typed looks like: `A number (%), from 0 to 100.`."""
    kind = _KINDS.get(fact.type, "text")
    measure = f" ({fact.unit})" if fact.unit else ""
    return f"{kind[0].upper()}{kind[1:]}{measure}{_allowed(fact.allowed)}."


def _allowed(allowed: str | None) -> str:
    """Which of such values: a range as people say it."""
    if not allowed:
        return ""
    return f", {spoken_range(allowed) or f'one of {allowed}'}"


def question(question: Question) -> str:
    """The question with the allowed values."""
    listed = ", ".join(question.options) or spoken_values(question.allowed or "")
    return f"{question.label}: {asked(question)}" + (f" ({listed}{unit(question)})" if listed else "")


def prospect(question: Question) -> str:
    """What its worst answer leaves open; "" where that is not known."""
    if question.determinations is None:
        return ""
    if question.determinations <= 1:
        return "Every answer settles the determination."
    return (
        f"Its worst answer leaves {question.determinations} determinations possible and "
        f"{many(question.facts or 0, 'fact')} missing."
    )


def _way_words(change: NearChange, way: tuple[Setting, ...]) -> str:
    given = {each.given.fact: each.given for each in change.facts}
    changed = "; ".join(
        f"{_setting_words(each)} (given: {_value_of(given[each.fact])})" for each in way if each.fact in given
    )
    needed = [_setting_words(each) for each in way if each.fact not in given]
    return f"{changed}; and, of what is not given, {'; '.join(needed)}" if needed else changed


def _setting_words(setting: Setting) -> str:
    values = ", ".join(_SPOKEN.get(each, each) for each in setting.values.split(", "))
    return f"{setting.label}: {values}{unit(setting)}"


def _value_of(fact: GivenFact) -> str:
    return "not applicable" if fact.value is None else spoken(fact.value)


def unit(fact: Measured) -> str:
    """The unit behind a value, unless the fact's label says it already."""
    return "" if fact.unit.casefold() in fact.label.casefold() else f" {fact.unit}"
