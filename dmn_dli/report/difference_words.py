"""The words in which a difference is told, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dmn_dli.analysis.place import listed, when
from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.asked_cases import AskedCases
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.criteria import CriterionChange, CriterionDifference
from dmn_dli.diff.share import Share
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import Match, VersionDifference
from dmn_dli.report import value_words
from dmn_dli.report.layout import many, spoken
from dmn_dli.report.share_words import combinations

NO_TEXT = "(none)"
NO_DIFFERENCE = "no difference: the same rules, the same answers"
BESIDE_TABLES = "policy, facts, cases"
"""What is edited beside tables and sheets of criteria."""

NO_EDITS = "No cell reads otherwise."
NO_HISTORY = "No line was added to the Change History: the workbook does not say who changed what, and why."
NO_CASES_ASKED = "No case could be put to both versions, since one of them decides nothing."
NOT_COMPARED = "What the edits do could not be looked at: the section below on what is not proven says why."
ALL_SETTLED = "All that a comparison looks at was settled, over every combination of facts."
AS_SAID = "the facts as said"
THE_REST_AS_SAID = "the other facts as said"
WHERE_ALL_IS = "`dmn-dli diff` tells all of them."

OPEN_ENDS = "What was not looked at, or is not proven"
WHOLE_POLICY = "The policy as a whole"
SIGN_OFF = "Sign-off"

WHOLE = {
    Match.ADDED: "There is no earlier version to compare with: the whole policy is to be read.",
    Match.REMOVED: "The policy is no longer there: from now on nothing is decided by it.",
}

LIMITS = (
    "Every fact was taken as known; missing facts were looked at in the cases of the Cases sheets alone.",
    "Combinations of facts that the assumptions of either version rule out were left aside.",
    "Both versions were taken as in force, whatever their dates; dates are listed among the edits.",
    "The sheets Notes and Accepted were not compared; of the Change History the new lines stand above.",
    "The order of items within a list was not compared.",
    "A share counts combinations of facts; it does not say how often such patients come.",
    "Whether the workbook says what the payer's printed policy says is for people to judge: read both.",
)
"""What no comparison looks at."""

MEANING = {
    Verdict.EQUIVALENT: "every case gets the same determination as before",
    Verdict.STRICTER: "every determination that changes becomes less favourable to the member",
    Verdict.MORE_PERMISSIVE: "every determination that changes becomes more favourable to the member",
    Verdict.MENDED: "cases that were errors are decided now, and all others as before",
    Verdict.BROKEN: "cases that were decided are errors now, and no determination changes into another",
    Verdict.INCOMPARABLE: "determinations change, and not all in one direction",
    Verdict.UNKNOWN: "whether determinations change could not be settled",
}

_BESIDE = {
    Verdict.MENDED: "; cases that were errors are decided now",
    Verdict.BROKEN: "; cases that were decided are errors now",
}
"""What errors come or go is said beside any other verdict."""


def verdict(behaviour: Behaviour) -> str:
    """The verdict in a sentence."""
    others = [aspect.value for aspect, _ in behaviour.shares if aspect is not Aspect.DETERMINATION]
    if any(each.differences for each in behaviour.criteria):
        others.append(Aspect.CRITERIA.value)
    further = f"; what else differs: {listed(others)}" if others else ""
    errors = [
        said
        for each, said in _BESIDE.items()
        if each in behaviour.directions and each is not behaviour.verdict
    ]
    return f"{MEANING[behaviour.verdict]}{''.join(errors)}{further}"


def headline(difference: VersionDifference) -> str:
    """The verdict, or that a policy is new or gone; and how many values of facts are new."""
    if difference.behaviour is None:
        return difference.match.value
    new = sum(each.change.gained for each in difference.values)
    return difference.behaviour.verdict.value + (f", {many(new, 'new value')}" if new else "")


def sides(difference: VersionDifference) -> str:
    """The editions that are compared."""
    names = [each.shown if each else None for each in (difference.old, difference.new)]
    if names[0] is None or names[1] is None:
        return f"{names[0] or names[1]}"
    note = ", a new version compared with the one before it" if difference.match is Match.NEXT_VERSION else ""
    kept = difference.untouched
    if kept:
        note += f"; nobody has touched {listed(kept, 'or')} since"
    return f"{names[0]} → {names[1]}{note}"


def in_short(difference: VersionDifference) -> str:
    """The verdict in a sentence, and which values no comparison holds; "" without a comparison."""
    if difference.behaviour is None:
        return ""
    return "; ".join(filter(None, [verdict(difference.behaviour), value_words.in_short(difference.values)]))


def meaning(difference: VersionDifference) -> str:
    """The verdict in a sentence; of a policy that one side alone has, that it is new or gone."""
    return in_short(difference) or f"the policy is {difference.match.value}"


def sentence(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def determination_share(difference: VersionDifference) -> str:
    """In how many combinations of facts the determination differs; "" of a policy that one side alone has."""
    behaviour = difference.behaviour
    if behaviour is None:
        return ""
    shares = dict(behaviour.shares)
    if Aspect.DETERMINATION in shares:
        return combinations(shares[Aspect.DETERMINATION])
    return "not known" if behaviour.verdict is Verdict.UNKNOWN else "nowhere"


def asked_cases(found: AskedCases) -> str:
    """How many cases of the Cases sheets come out otherwise."""
    if not found.asked:
        return "Neither version has a case in its Cases sheet."
    decided = sum(each.decided_otherwise for each in found.changed)
    others = len(found.changed) - decided
    further = f"; {others:,} more by another rule, or with other texts, lists or criteria" if others else ""
    told = f"Put to both versions: {many(found.asked, 'case')} of the Cases sheets."
    return f"{told} {decided:,} get{'s' if decided == 1 else ''} another determination{further}."


def otherwise(aspects: Sequence[str]) -> str:
    """What else of a record differs."""
    return f"other {listed(aspects)}"


def unsettled(difference: VersionDifference) -> Sequence[str]:
    """What remains unknown of a difference, and why."""
    behaviour = difference.behaviour
    found = list(unmentioned(behaviour)) if behaviour is not None else []
    found += [
        f"{value_words.subject(each)}: what it gets is not known: {each.unknown}"
        for each in difference.values
        if each.unknown is not None
    ]
    for each in difference.criteria:
        status = each.status
        reasons = () if status is None or (behaviour and not behaviour.compared) else status.reasons
        found += [f"{each.sheet}.{each.id}: whether its status differs is unknown: {why}" for why in reasons]
        if status is not None and status.untold:
            found.append(f"{each.sheet}.{each.id}: only the first regions are listed")
    return found


def share(aspect: Aspect, share: Share) -> str:
    """How many of all combinations of values differ in an aspect: what patients have is counted nowhere."""
    plural = aspect in (Aspect.UNMET_CRITERIA, Aspect.PROCEDURE_CODES, Aspect.PLAN_NOTES)
    differ = "differ" if plural else "differs"
    return f"{aspect.value.capitalize()} {differ} {combinations(share)}"


def region(difference: Difference) -> str:
    """Where a difference is: `when Service is other and …`, or `in every case`."""
    return when(difference.words).lstrip() or "in every case"


def witness(difference: Difference) -> str:
    """A case of the region; what it does not name may be anything."""
    return ", ".join(f"{label} = {value}" for label, value in difference.example) or "any case"


def answer(difference: Difference) -> Sequence[tuple[str, str, str]]:
    """What differs as rows of subject, old text, new text."""
    if difference.aspect is Aspect.WORDING:
        return [(name, _text(text), _text(difference.new[name])) for name, text in difference.old.items()]
    if difference.aspect in (Aspect.DETERMINATION, Aspect.CRITERIA):
        return [(difference.aspect.value, _text(difference.old), _text(difference.new))]
    item = (difference.old or difference.new)[0]
    lost = bool(difference.old)
    states = ("listed", "not listed") if lost else ("not listed", "listed")
    return [(f'{difference.aspect.value}: "{item}"', *states)]


def criterion(difference: CriterionDifference) -> str:
    """A row, and what became of it: `Criteria.2.a, changed`."""
    was = f" (was {difference.old_id})" if difference.change is CriterionChange.RENUMBERED else ""
    return f"{difference.sheet}.{difference.id}{was}, {difference.change.value}"


def conditions(difference: CriterionDifference) -> Sequence[tuple[str, str]]:
    """What a row asked and asks now, each behind its name; once where both are the same."""
    if difference.asked == difference.asks:
        return [("asks as before", difference.asks or "")]
    told = (("asked", difference.asked), ("asks now" if difference.asked else "asks", difference.asks))
    return [(name, text) for name, text in told if text is not None]


def status(difference: CriterionDifference) -> str:
    """How the status of a row in force on both sides compares; "" of a row that one side lacks."""
    found = difference.status
    if found is None:
        return ""
    if not (found.differences or found.reasons):
        return "the same status in every case"
    told = [f"another status {combinations(found.share)}"] if found.differences else []
    told += [
        f"whether its status differs{' elsewhere' if told else ''} is unknown: {why}" for why in found.reasons
    ]
    if found.untold:
        told.append("only the first regions are listed")
    return "; ".join(told)


def unmentioned(behaviour: Behaviour) -> Sequence[str]:
    """What a reader should know of the limits of the comparison."""
    return [
        *behaviour.reasons,
        *(f"{aspect.value}: only the first regions are listed" for aspect in behaviour.untold),
    ]


def _text(value: Any) -> str:
    return NO_TEXT if value is None or value == "" else spoken(value)
