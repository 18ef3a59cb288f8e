"""The record of a case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from dmn_dli.source.runtime.facts import DeterminationError, _problem, canonical, read_facts
from dmn_dli.source.runtime.mattering import depends_on
from dmn_dli.source.runtime.settling import settle
from dmn_dli.source.runtime.terms import Decision, Outcome, Policy, Settled

LISTS = {
    "unmet_criteria": ("unmet criteria", "further unmet criteria may apply"),
    "documentation": ("documentation", "further documentation may be required"),
    "procedure_codes": ("procedure codes", "further procedure codes may apply"),
    "notes": ("plan notes", "further notes may apply"),
}
"""The record's lists: the decision that fills each, and what to say where unknown facts leave it open."""

QUOTED = ("payer_wording", "reason", "citation", "refer_to", "note")
"""What a record quotes of the deciding rule: of its texts, else of its outputs of that name."""


def evaluate(policy: Policy, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a case. Raises DeterminationError."""
    known = read_facts(policy.facts, facts)
    day = facts.get("date_of_service")
    if day is not None and not in_force(policy, canonical(policy.facts["date_of_service"], day)):
        return _no_policy(policy.payer)
    return _record(policy, settle(policy, known), day is not None)


def in_force(policy: Policy, day: date) -> bool:
    """Whether the policy version is in force on a day."""
    begins, ends = policy.reference["effective_from"], policy.effective_to
    return (begins is None or begins <= day.isoformat()) and (ends is None or day.isoformat() <= ends)


def _record(policy: Policy, settled: Mapping[str, Settled], dated: bool) -> dict[str, Any]:
    """The record's keys in the order of the contract. Raises DeterminationError."""
    final = settled[policy.final]
    determinations = _determinations(final)
    problems = [problem for each in settled.values() for problem in _problems(each)]
    if not problems and None in determinations:
        problems = [_no_value(final)]
    if problems:
        raise DeterminationError("table", problems)
    is_decided = len(determinations) == 1
    sheets = sorted(settled.values(), key=lambda each: each.decision.position)
    lists = {
        key: each
        for key, (name, _) in LISTS.items()
        for each in settled.values()
        if each.decision.name.casefold() == name
    }
    matters = _matters(policy, final, lambda each: repr(_first(final, each)))
    return {
        "format_version": 1,
        "payer": policy.payer,
        "policy": dict(policy.reference),
        "determination": determinations[0] if is_decided else "needs information",
        "payer_wording": _text(final, 0, is_decided),
        "reason": _text(final, 1, is_decided),
        "citation": _text(final, 2, is_decided),
        "refer_to": _text(final, 3, is_decided),
        "rules": [rule for each in settled.values() if each.decision.required for rule in _rules(each)],
        "decisions": {
            each.decision.name: _own(next(iter(each.outcomes.values())).value)
            for each in sheets
            if each is not final and len({repr(outcome.value) for outcome in each.outcomes.values()}) == 1
        },
        "unmet_criteria": _items(lists.get("unmet_criteria")),
        "documentation": _items(lists.get("documentation")),
        "procedure_codes": _items(lists.get("procedure_codes")),
        "missing_facts": sorted(matters),
        "possible_determinations": determinations,
        "notes": _notes(policy, final, lists, dated, is_decided),
    }


def _no_policy(payer: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {"payer_wording": None, "reason": None, "citation": None, "refer_to": None}
    empty: dict[str, Any] = {"unmet_criteria": [], "documentation": [], "procedure_codes": []}
    return (
        {"format_version": 1, "payer": payer, "policy": None, "determination": "no policy on file"}
        | nothing
        | {"rules": [], "decisions": {}}
        | empty
        | {"missing_facts": [], "possible_determinations": ["no policy on file"], "notes": []}
    )


def _notes(
    policy: Policy, final: Settled, lists: Mapping[str, Settled], dated: bool, is_decided: bool
) -> list[str]:
    notes = []
    if not dated and policy.reference["effective_from"] is not None:
        since = policy.reference["effective_from"]
        notes.append(f"No date of service given; version of {since} applied")
    notes += [str(item) for item in _items(lists.get("notes"))]
    note = _text(final, 4, is_decided)
    if note:
        notes.append(note)
    if len({_quoted(final, each)[:4] for each in final.outcomes.values()}) > 1:
        notes.append(_alternatives(policy, final))
    for key in ("notes", "unmet_criteria", "documentation", "procedure_codes"):
        unknown = _open_items(policy, lists[key]) if key in lists else set()
        if unknown:
            labels = _labels(policy, unknown)
            notes.append(f"Not given: {labels}; {LISTS[key][1]}")
    return notes


def _open_items(policy: Policy, settled: Settled) -> set[str]:
    """The unknown facts on which it depends which items are in a list."""
    return _matters(policy, settled, lambda outcome: frozenset(map(repr, _members(settled, outcome))))


def _alternatives(policy: Policy, final: Settled) -> str:
    deciding = {outcome.rules[0] for outcome in final.outcomes.values() if outcome.rules}
    rules = [(name, rule.citation) for name, rule in final.decision.rules.items() if name in deciding]
    named = "; ".join(f"{name} ({citation})" if citation else name for name, citation in rules)
    labels = _labels(policy, _matters(policy, final, lambda each: _quoted(final, each)[:4]))
    parting = f"; this depends on: {labels}" if labels else ""
    return f"Wording and citation are those of one of these rules: {named}{parting}"


def _matters(policy: Policy, settled: Settled, answer: Callable[[Outcome], Hashable]) -> set[str]:
    return depends_on(settled, answer, {name: fact.place for name, fact in policy.facts.items()})


def _labels(policy: Policy, names: Iterable[str]) -> str:
    return ", ".join(fact.label for name, fact in policy.facts.items() if name in names)


def _first(settled: Settled, outcome: Outcome) -> Any:
    """The first output of the (first) entry."""
    entry = outcome.value
    if isinstance(entry, list):
        entry = entry[0] if entry else None
    return entry.get(settled.decision.first) if settled.decision.first and isinstance(entry, dict) else entry


def _members(settled: Settled, outcome: Outcome) -> list[Any]:
    """The first outputs of all entries, without repeats."""
    first = settled.decision.first
    entries = outcome.value if isinstance(outcome.value, list) else [outcome.value]
    found = [entry.get(first) if first and isinstance(entry, dict) else entry for entry in entries]
    return list({repr(item): item for item in found if item is not None}.values())


def _items(settled: Settled | None) -> list[Any]:
    """The list items that are there whatever the unknown facts are."""
    if settled is None:
        return []
    first, *others = [_members(settled, outcome) for outcome in settled.outcomes.values()]
    return [item for item in first if all(item in other for other in others)]


def _rules(settled: Settled) -> list[dict[str, str]]:
    """The rules that contribute whatever the unknown facts are, in the order of the rows."""
    decision = settled.decision
    common = set(decision.rules).intersection(*[outcome.rules for outcome in settled.outcomes.values()])
    return [
        {"decision": decision.name, "rule": name, "cell": rule.cell}
        for name, rule in decision.rules.items()
        if name in common
    ]


def _determinations(final: Settled) -> list[Any]:
    found = {repr(value): value for value in [_first(final, each) for each in final.outcomes.values()]}
    return list(found.values()) if len(found) == 1 else sorted(found.values(), key=_sort_key)


def _sort_key(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool | str):
        return value.__class__.__name__, value
    return ("number", value) if isinstance(value, int | float) else (value.__class__.__name__, repr(value))


def _quoted(final: Settled, outcome: Outcome) -> tuple[str | None, ...]:
    """What a record quotes of the deciding rule, or of the default."""
    decision = final.decision
    rule = decision.rules[outcome.rules[0]] if outcome.rules else decision.default
    entry = outcome.value
    if isinstance(entry, list):
        entry = entry[0] if entry else None
    said = quoted_outputs(entry, decision.only)
    return tuple([output if text is None else text for text, output in zip(rule[2:], said, strict=True)])


def quoted_outputs(entry: Any, only: str = "") -> tuple[str | None, ...]:
    """What the outputs of an entry say of QUOTED; `only` is the name of its output where it has but one."""
    outputs = entry if isinstance(entry, dict) else {only: entry}
    named = {name.strip().casefold().replace(" ", "_"): output for name, output in outputs.items()}
    return tuple([None if named.get(name) is None else str(named[name]) for name in QUOTED])


def _text(final: Settled, place: int, is_decided: bool) -> str | None:
    found = {_quoted(final, outcome)[place] for outcome in final.outcomes.values()}
    return found.pop() if is_decided and len(found) == 1 else None


def _problems(settled: Settled) -> list[dict[str, Any]]:
    return [_trouble(settled.decision, each) for each in settled.outcomes.values() if each.trouble]


def _trouble(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    """Why an outcome is none."""
    kind, *details = outcome.trouble
    if kind == "conflict":
        cells = [decision.rules[rule].cell for rule in outcome.rules]
        named = ", ".join(f"{rule} ({cell})" for rule, cell in zip(outcome.rules, cells, strict=True))
        return _problem(
            f'In "{decision.name}" the rules {named} fire together. {details[0]}.',
            decision=decision.name,
            rules=list(outcome.rules),
            cell=cells[0],
        )
    if kind == "arrival":
        value, cell = details
        return _problem(
            f'The value {value} arrives at "{decision.name}", {cell}, whose row 4 does not list it.',
            value=value,
            decision=decision.name,
            cell=cell,
        )
    return _problem(f'"{decision.name}" needs a decision that has no value.', decision=decision.name)


def _no_value(final: Settled) -> dict[str, Any]:
    rules = next(list(each.rules) for each in final.outcomes.values() if _first(final, each) is None)
    named = ", ".join(rules)
    why = f"the rules {named} give none" if rules else "no rule fires"
    sure = len(final.outcomes) == 1
    missing = "has no value for this case" if sure else "may lack a value while facts are missing"
    name = final.decision.name
    return _problem(f'"{name}" {missing}: {why}.', decision=name, rules=rules)


def _own(value: Any) -> Any:
    """A value for the caller to keep: lists and objects are new ones."""
    if isinstance(value, list):
        return [_own(item) for item in value]
    return dict(value) if isinstance(value, dict) else value
