"""A slow and plain reference: every completion of the absent facts, one by one, table after table.

No atoms, no masks, no diagrams: what is settled is what all completions have in common.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from attrs import frozen

from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.record import alternatives_note, not_given_notes
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from tests.properties.naive_table import Answer, answer_of, clause_value, items, plain, value_key
from tests.properties.representatives import literals, values_of

__all__ = [
    "Answer",
    "Case",
    "Matters",
    "Oracle",
    "Trouble",
    "answer_of",
    "clause_value",
    "items",
    "literals",
    "plain",
    "values_of",
]

Case = dict[str, Any]


@frozen
class Trouble(Exception):
    """Some completion has no determination: all conflicts and arrivals that were met."""

    found: frozenset[tuple[Any, ...]]


class Oracle:
    """A linked policy, read naively."""

    matters: type[Matters]

    def __init__(self, policy: LinkedPolicy) -> None:
        self.policy = policy
        self.final = policy.by_name[policy.workbook.policy.final_decision or ""]
        self.names = sorted({name for table in policy.tables for name in table.reads} & _fact_names(policy))
        points = literals(policy)
        self.domains = {name: values_of(policy.dictionary.by_name[name], points) for name in self.names}
        self._memory: dict[tuple[str, str], Answer] = {}

    def decide(self, facts: Mapping[str, Any]) -> dict[str, Answer]:
        """Every decision on one completion: `facts` holds a FEEL value for each fact that is read."""
        scope = {name: facts.get(name) for name in self.names}
        answers: dict[str, Answer] = {}
        for table in self.policy.tables:
            answer = self._remembered(table, scope, answers)
            answers[table.name] = answer
            scope[table.name] = answer.value
            for output in table.outputs:
                scope[f"{table.name}.{output.name}"] = _part(answer.value, output.name)
        return answers

    def _remembered(
        self, table: LinkedTable, scope: Mapping[str, Any], answers: Mapping[str, Answer]
    ) -> Answer:
        required = [self.policy.decision_names.get(name) for name in table.reads]
        if any(name is not None and answers[name].trouble for name in required):
            return Answer((), None, ("upstream",))
        key = table.name, repr([(name, scope[name]) for name in sorted(table.reads)])
        if key not in self._memory:
            self._memory[key] = answer_of(table, scope)
        return self._memory[key]

    def unknown(self, facts: Mapping[str, Any]) -> list[str]:
        """The facts that some table reads and the case does not give."""
        known = self.policy.dictionary.by_name
        return [
            name
            for name in self.names
            if name not in facts or (facts[name] is None and not known[name].nullable)
        ]

    def count(self, facts: Mapping[str, Any]) -> int:
        """How many completions there are to try."""
        number = 1
        for name in self.unknown(facts):
            number *= len(self.domains[name])
        return number

    def completions(self, facts: Mapping[str, Any]) -> Iterator[Case]:
        """Every way to fill in the facts that are absent."""
        unknown = self.unknown(facts)
        for values in product(*(self.domains[name] for name in unknown)):
            yield {**facts, **dict(zip(unknown, values, strict=True))}

    def determination(self, answer: Answer) -> Any:
        """The first output of the final decision's (first) entry, as JSON."""
        entry = plain(answer.value)
        if isinstance(entry, list):
            entry = entry[0] if entry else None
        return entry.get(self.final.outputs[0].name) if isinstance(entry, dict) else entry

    def record(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The record of the case, without `case_id`. Raises Trouble where some completion has an error."""
        cases = list(self.completions(facts))
        answers = [self.decide(case) for case in cases]
        self._refuse(answers)
        matters = self.matters(cases, self.unknown(facts))
        last = [answer[self.final.name] for answer in answers]
        possible = _in_order({value_key(each): each for each in map(self.determination, last)}.values())
        decided = len(possible) == 1
        texts = [self.texts(answer) for answer in last]
        common = [column[0] if len(set(column)) == 1 else None for column in zip(*texts, strict=True)]
        lists = {key: self._list(name, answers, matters) for key, name in _LISTS.items()}
        notes = self._notes(facts, lists, common[4] if decided else None)
        if len({text[:4] for text in texts}) > 1:
            names = matters.where([text[:4] for text in texts])
            notes.append(alternatives_note(self._alternatives(last), self._labels(names)))
        notes += not_given_notes({key: self._labels(names) for key, (_, names) in lists.items()})
        fields_ = self.policy.workbook.policy
        return {
            "format_version": 1,
            "payer": fields_.payer or "book",
            "policy": {
                "number": fields_.policy_number,
                "title": fields_.title,
                "effective_from": fields_.effective_from.isoformat() if fields_.effective_from else None,
                "workbook": self.policy.workbook.name,
                "sha256": self.policy.workbook.sha256,
                "facts_sha256": self.policy.dictionary.sha256,
            },
            "determination": possible[0] if decided else "needs information",
            **dict(
                zip(
                    ("payer_wording", "reason", "citation", "refer_to"),
                    common[:4] if decided else [None] * 4,
                    strict=True,
                )
            ),
            "rules": self._rules(answers),
            "decisions": self._decisions(answers),
            **{key: lists[key][0] for key in ("unmet_criteria", "documentation", "procedure_codes")},
            "missing_facts": sorted(matters.where([value_key(self.determination(each)) for each in last])),
            "possible_determinations": possible,
            "notes": notes,
        }

    def _refuse(self, answers: Sequence[Mapping[str, Answer]]) -> None:
        found = {each.trouble for answer in answers for each in answer.values() if each.trouble}
        if any(self.determination(answer[self.final.name]) is None for answer in answers):
            found.add(("no value",))
        if found:
            raise Trouble(frozenset(found))

    def texts(self, answer: Answer) -> tuple[Any, ...]:
        """What the columns with the record's names say in the deciding rule, or in the default."""
        said: dict[str, Any] = {}
        if answer.rules:
            rule = self.final.table.rules[self.final.rule_indexes[answer.rules[0]]]
            for annotation, cell in zip(self.final.table.annotations, rule.annotations, strict=True):
                said[annotation.name.casefold()] = cell.text.strip() or None
        value = answer.value[0] if isinstance(answer.value, list) and answer.value else answer.value
        for output in self.final.outputs:
            entry = value.get(output.name) if isinstance(value, dict) else value
            said[output.name.casefold()] = None if entry is None else str(entry)
        return tuple(said.get(name) for name in ("payer wording", "reason", "citation", "refer to", "note"))

    def _alternatives(self, answers: Sequence[Answer]) -> list[Any]:
        first = {answer.rules[0]: self.texts(answer)[2] for answer in answers if answer.rules}
        rules = self.final.table.rules
        return [(rules[self.final.rule_indexes[rule]].id, first[rule]) for rule in sorted(first)]

    def _rules(self, answers: Sequence[Mapping[str, Answer]]) -> list[dict[str, str]]:
        found = []
        for table in self._upstream_first():
            always = set.intersection(*(set(answer[table.name].rules) for answer in answers))
            for position in sorted(always):
                rule = table.table.rules[table.rule_indexes[position]]
                place = cell_name(table.table.sheet, rule.cell.reference)
                found.append({"decision": table.name, "rule": rule.id, "cell": place})
        return found

    def _upstream_first(self) -> list[LinkedTable]:
        """The final decision and what it requires: again and again the first sheet whose needs are met."""
        needed = self.policy.requires(self.final.name)
        waiting = [table.name for table in self.policy.workbook.tables if table.name in needed]
        order: list[str] = []
        while waiting:
            ready = next(name for name in waiting if not (self.policy.requires(name) - {name} - set(order)))
            waiting.remove(ready)
            order.append(ready)
        return [self.policy.by_name[name] for name in order]

    def _decisions(self, answers: Sequence[Mapping[str, Answer]]) -> dict[str, Any]:
        found = {}
        for table in self.policy.workbook.tables:
            values = [plain(answer[table.name].value) for answer in answers]
            if table.name != self.final.name and all(
                value_key(value) == value_key(values[0]) for value in values
            ):
                found[table.name] = values[0]
        return found

    def _list(
        self, name: str, answers: Sequence[Mapping[str, Answer]], matters: Matters
    ) -> tuple[list[Any], set[str]]:
        """The items that are in the list of every completion, and the facts on which the others depend."""
        table = next((each for each in self.policy.tables if each.name.casefold() == name.casefold()), None)
        if table is None:
            return [], set()
        lists = [items(answer[table.name].value, table.outputs[0].name) for answer in answers]
        common = [item for item in lists[0] if all(item in each for each in lists)]
        return common, matters.where([frozenset(map(value_key, each)) for each in lists])

    def _notes(self, facts: Mapping[str, Any], lists: Mapping[str, Any], note: str | None) -> list[str]:
        start = self.policy.workbook.policy.effective_from
        undated = start is not None and facts.get("date_of_service") is None
        notes = [f"No date of service given; version of {start} applied"] if undated else []
        notes += [str(item) for item in lists["notes"][0]]
        return [*notes, note] if note else notes

    def _labels(self, names: set[str]) -> list[str]:
        return [fact.label for fact in self.policy.dictionary.facts if fact.name in names]


_LISTS = {
    "unmet_criteria": "Unmet criteria",
    "documentation": "Documentation",
    "procedure_codes": "Procedure codes",
    "notes": "Plan notes",
}


class Matters:
    """Which unknown facts part two completions that differ in nothing else."""

    def __init__(self, cases: Sequence[Case], unknown: Sequence[str]) -> None:
        self.cases = cases
        self.unknown = unknown

    def where(self, answers: Sequence[Hashable]) -> set[str]:
        """The facts on which the answers, one for each completion, depend."""
        if len(set(answers)) == 1:
            return set()
        return {name for name in self.unknown if self._parts(name, answers)}

    def _parts(self, name: str, answers: Sequence[Hashable]) -> bool:
        others = [each for each in self.unknown if each != name]
        seen: dict[Hashable, Hashable] = {}
        for case, answer in zip(self.cases, answers, strict=True):
            rest = tuple((case[each].__class__, case[each]) for each in others)
            if seen.setdefault(rest, answer) != answer:
                return True
        return False


Oracle.matters = Matters


def _part(value: Any, output: str) -> Any:
    if isinstance(value, list):
        return [_part(item, output) for item in value]
    return value.get(output) if isinstance(value, dict) else None


def _in_order(values: Iterable[Any]) -> list[Any]:
    """Sorted: kinds of values by name, numbers by size, text by its characters."""
    kinds = {int: "number", float: "number"}
    scalars = (bool, int, float, str)
    return sorted(
        values,
        key=lambda value: (
            kinds.get(type(value), type(value).__name__),
            value if isinstance(value, scalars) else repr(value),
        ),
    )


def _fact_names(policy: LinkedPolicy) -> set[str]:
    return set(policy.dictionary.by_name)
