"""A slow and plain reference: every table as its sheet reads, every completion of the facts one by one.

No atoms, no masks, no diagrams: a cell is asked whether it accepts the value, hit policies are
written out in words, and what is settled is what all completions have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise, product
from typing import Any

from attrs import fields, frozen

from dmn_dli.compiler.linked import (
    Column,
    Computed,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedPolicy,
    LinkedTable,
)
from dmn_dli.evaluate.record import alternatives_note, not_given_notes
from dmn_dli.feel import compile_expression, compile_unary_tests, syntax
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.model.hit_policy import HitPolicy

OTHER = "a text that nobody wrote"
Case = dict[str, Any]


@frozen
class Answer:
    """What a table says of one completion: the rules that contribute, the value, or why there is none.

    trouble: `("conflict", decision, rule ids)`, `("arrival", decision)`, or `("upstream",)`.
    """

    rules: tuple[int, ...]
    value: Any
    trouble: tuple[Any, ...] = ()


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
        possible = _in_order({_key(each): each for each in map(self.determination, last)}.values())
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
            "missing_facts": sorted(matters.where([_key(self.determination(each)) for each in last])),
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
            if table.name != self.final.name and all(_key(value) == _key(values[0]) for value in values):
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
        return common, matters.where([frozenset(map(_key, each)) for each in lists])

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


def answer_of(table: LinkedTable, scope: Mapping[str, Any], *, validated: bool = True) -> Answer:
    """One table on known values: ask each cell of each rule, then apply the hit policy.

    validated: whether a value that row 4 does not list is an error, as it is in records.
    """
    arriving = [clause_value(column, scope) for column in table.columns]
    for column, value in zip(table.columns, arriving, strict=True):
        if validated and not _may_arrive(column, value):
            return Answer((), None, ("arrival", table.name))
    fired = [
        rule
        for rule in range(len(table.rule_indexes))
        if all(
            compile_unary_tests(column.tests[column.rules[rule]])(value, scope) is True
            for column, value in zip(table.columns, arriving, strict=True)
        )
    ]
    rows = {rule: [_entry(output.entries[rule], scope) for output in table.outputs] for rule in fired}
    names = [output.name for output in table.outputs]
    if not fired:
        return Answer((), _nothing(table, names, scope))
    return _apply(table, names, fired, rows)


def clause_value(column: Column, scope: Mapping[str, Any]) -> Any:
    """The value that arrives at a column."""
    match column.source:
        case FactSource(fact):
            return scope.get(fact.name)
        case DecisionSource() as source:
            return scope.get(source.name)
        case ExpressionSource(tree):
            return compile_expression(tree)(scope)


def _may_arrive(column: Column, value: Any) -> bool:
    if column.allowed is None or isinstance(column.source, FactSource):
        return True
    members = value if isinstance(value, list) else [value]
    admits = compile_unary_tests(column.allowed.tests)
    return all(member is None or admits(member, {}) is True for member in members)


def _entry(entry: Entry, scope: Mapping[str, Any]) -> Any:
    return entry.value if isinstance(entry, Constant) else compile_expression(entry.tree)(scope)


def _nothing(table: LinkedTable, names: Sequence[str], scope: Mapping[str, Any]) -> Any:
    lists = table.hit_policy in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
    if table.outputs[0].default is not None:
        default = _shape(
            names, [_entry(output.default, scope) for output in table.outputs if output.default is not None]
        )
        return [default] if lists else default
    if lists:
        return []
    return Decimal(0) if table.hit_policy is HitPolicy.COLLECT_COUNT else None


def _shape(names: Sequence[str], row: Sequence[Any]) -> Any:
    return row[0] if len(names) == 1 else dict(zip(names, row, strict=True))


def _apply(
    table: LinkedTable, names: Sequence[str], fired: list[int], rows: Mapping[int, list[Any]]
) -> Answer:
    policy = table.hit_policy.value
    ids = tuple(table.table.rules[table.rule_indexes[rule]].id for rule in fired)
    values = [_shape(names, rows[rule]) for rule in fired]
    if policy == "U" and len(fired) > 1:
        return Answer(tuple(fired), None, ("conflict", table.name, ids))
    if policy == "A" and any(_key(value) != _key(values[0]) for value in values):
        return Answer(tuple(fired), None, ("conflict", table.name, ids))
    if policy in ("U", "A"):
        return Answer(tuple(fired), values[0])
    if policy == "F":
        return Answer((fired[0],), values[0])
    if policy in ("P", "O"):
        ordered = sorted(fired, key=lambda rule: (_priority(table, rows[rule]), rule))
        if policy == "P":
            return Answer((ordered[0],), _shape(names, rows[ordered[0]]))
        return Answer(tuple(ordered), [_shape(names, rows[rule]) for rule in ordered])
    if policy in ("R", "C"):
        return Answer(tuple(fired), values)
    if policy == "C#":
        return Answer(tuple(fired), Decimal(len(fired)))
    if any(value is None for value in values):
        return Answer(tuple(fired), None)
    if policy == "C+":
        return Answer(tuple(fired), sum(values))
    return Answer(tuple(fired), min(values) if policy == "C<" else max(values))


def _priority(table: LinkedTable, row: Sequence[Any]) -> list[int]:
    """How far down row 4 each output stands; what is not listed comes last."""
    places = []
    for output, value in zip(table.outputs, row, strict=True):
        if output.allowed is not None and output.allowed.values is not None:
            listed = list(output.allowed.values)
            places.append(listed.index(value) if value in listed else len(listed))
    return places


def items(value: Any, first: str) -> list[Any]:
    """A list's items as the record has them: first outputs, without repeats and nulls."""
    entries = value if isinstance(value, list) else [value]
    found = [plain(entry.get(first) if isinstance(entry, dict) else entry) for entry in entries]
    return [item for at, item in enumerate(found) if item is not None and item not in found[:at]]


def values_of(fact: Fact, points: Iterable[Any]) -> list[Any]:
    """Enough values of a fact to meet every answer that a policy with these literals can give."""
    allowed = [] if fact.allowed is None else _allowed(fact.allowed.text)
    text = "" if fact.allowed is None else fact.allowed.text
    values: list[Any]
    match fact.type:
        case FactType.BOOLEAN:
            values = [False, True]
        case FactType.STRING:
            values = allowed or [*sorted(point for point in points if isinstance(point, str)), OTHER]
        case FactType.DATE:
            values = _around([point for point in points if isinstance(point, date)], text)
        case _ if allowed and not text.startswith(("[", "(", "<", ">")):
            values = [Decimal(each) for each in allowed]
        case _:
            numbers = [point for point in points if isinstance(point, Decimal)]
            values = _numbers(numbers, text, whole=fact.type is FactType.INTEGER)
    return [*values, None] if fact.nullable else values


def _allowed(text: str) -> list[str]:
    return [item.strip().strip('"') for item in text.split(",")]


def _bounds(text: str) -> tuple[str, str, str, str] | None:
    found = re.fullmatch(r"([\[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])", text)
    return (found[1], found[2], found[3], found[4]) if found else None


def _inside(value: Any, text: str, read: Callable[[str], Any]) -> bool:
    """Whether a value lies in the range, list of dates or half-line that a dictionary row gives."""
    bounds = _bounds(text)
    if bounds is not None:
        opening, low, high, closing = bounds
        above = value >= read(low) if opening == "[" else value > read(low)
        return bool(above and (value <= read(high) if closing == "]" else value < read(high)))
    for operator, holds in _COMPARISONS.items():
        if text.startswith(operator):
            return holds(value, read(text.removeprefix(operator).strip()))
    return not text or value in [read(item) for item in _allowed(text)]


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": lambda value, bound: bool(value >= bound),
    "<=": lambda value, bound: bool(value <= bound),
    ">": lambda value, bound: bool(value > bound),
    "<": lambda value, bound: bool(value < bound),
}


def _numbers(points: list[Decimal], text: str, *, whole: bool) -> list[Any]:
    bounds = _bounds(text)
    if whole and bounds is not None:
        candidates = [Decimal(n) for n in range(int(Decimal(bounds[1])), int(Decimal(bounds[2])) + 1)]
    else:
        found = [Decimal(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace("..", " "))]
        ordered = sorted({*points, *found, Decimal(0)})
        between = [(low + high) / 2 for low, high in pairwise(ordered)]
        candidates = [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]
        if whole:
            rounded = [n.to_integral_value(way) for n in candidates for way in (ROUND_FLOOR, ROUND_CEILING)]
            candidates = [n + step for n in rounded for step in (-1, 0, 1)]
    return sorted({n for n in candidates if _inside(n, text, Decimal)})


def _around(points: list[date], text: str) -> list[Any]:
    named = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text)]
    days = {
        point + timedelta(days=step) for point in [*points, *named, date(2000, 1, 1)] for step in (-1, 0, 1)
    }
    return sorted(day for day in days if _inside(day, text, date.fromisoformat))


def literals(policy: LinkedPolicy) -> set[Any]:
    """Every number, text and date that stands anywhere in the tables."""
    trees: list[syntax.Node] = []
    for table in policy.tables:
        for column in table.columns:
            trees += column.tests
            if isinstance(column.source, ExpressionSource):
                trees.append(column.source.tree)
        for output in table.outputs:
            trees += [e.tree for e in (*output.entries, output.default) if isinstance(e, Computed)]
    return {value for tree in trees for value in _literals(tree)}


def _literals(node: object) -> Iterator[Any]:
    match node:
        case syntax.NumberLiteral(value):
            yield from (value, -value)
        case syntax.StringLiteral(text) | syntax.TemporalLiteral(text):
            yield date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
        case tuple():
            for item in node:
                yield from _literals(item)
        case syntax.Node():
            for attribute in fields(type(node)):
                yield from _literals(getattr(node, attribute.name))


def plain(value: Any) -> Any:
    """A FEEL value as JSON has it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
    return value


def _part(value: Any, output: str) -> Any:
    if isinstance(value, list):
        return [_part(item, output) for item in value]
    return value.get(output) if isinstance(value, dict) else None


def _key(value: Any) -> str:
    return repr(plain(value))


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
