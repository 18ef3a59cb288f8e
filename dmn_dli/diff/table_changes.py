"""What was edited in one decision table: its head, its columns, its rules cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.matching import Matched, by_key, moved
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.runtime.words import folded


@frozen
class _Column:
    """A column: IF, THEN or NOTE, its heading, row 4, and where its cells stand in a rule."""

    kind: str
    heading: Cell
    values: str
    position: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells columns apart."""
        return self.kind, folded(self.heading.text)


def table_changes(old: DecisionTable, new: DecisionTable) -> Iterator[Change]:
    """The changes of a decision, from its head down to its rules in the new order."""
    yield from _head(old, new)
    columns = _matched_columns(old, new)
    for former, column in columns.pairs:
        if former.key != column.key:
            kind = ChangeKind.CLAUSE_READS if column.kind == "IF" else ChangeKind.CLAUSE_CHANGED
            yield _column_change(kind, old, new, former, column)
        if former.values != column.values:
            subject = column.heading.text
            places = _place(old, former.heading, 4), _place(new, column.heading, 4)
            yield Change(ChangeKind.VALUES, subject, former.values, column.values, new.name, "", *places)
    for column in columns.removed:
        yield _column_change(ChangeKind.CLAUSE_REMOVED, old, new, column, None)
    for column in columns.added:
        yield _column_change(ChangeKind.CLAUSE_ADDED, old, new, None, column)
    yield from _rules(old, new, columns)


def rule_text(table: DecisionTable, rule: Rule) -> str:
    """A rule on a line: `IF Service: other THEN Scope: not addressed`; cells that accept all left out."""
    told: dict[str, list[str]] = {}
    for column in _columns(table):
        text = _cell(rule, column).text.strip()
        if column.kind != "NOTE" and not (column.kind == "IF" and text == "-"):
            told.setdefault(column.kind, []).append(f"{column.heading.text}: {text}")
    return " ".join(f"{kind} {'; '.join(parts)}" for kind, parts in told.items())


def _head(old: DecisionTable, new: DecisionTable) -> Iterator[Change]:
    a1 = cell_name(old.sheet, "A1"), cell_name(new.sheet, "A1")
    if old.name != new.name:
        yield Change(ChangeKind.DECISION_RENAMED, new.name, old.name, new.name, new.name, "", *a1)
    if old.question != new.question:
        places = cell_name(old.sheet, "B1"), cell_name(new.sheet, "B1")
        yield Change(ChangeKind.QUESTION, "question", old.question, new.question, new.name, "", *places)
    if old.hit_policy is not new.hit_policy:
        places = cell_name(old.sheet, "A2"), cell_name(new.sheet, "A2")
        policies = old.hit_policy.value, new.hit_policy.value
        yield Change(ChangeKind.HIT_POLICY, "hit policy", *policies, new.name, "", *places)


def _rules(old: DecisionTable, new: DecisionTable, columns: Matched[_Column]) -> Iterator[Change]:
    rules = by_key(old.rules, new.rules, lambda rule: rule.id)
    for rule in rules.removed:
        place = cell_name(old.sheet, rule.cell.reference)
        yield Change(ChangeKind.RULE_REMOVED, "", rule_text(old, rule), None, new.name, rule.id, place)
    former_of = {id(rule): former for former, rule in rules.pairs}
    shifted = set(moved([rule.id for rule in old.rules], [rule.id for rule in new.rules]))
    for rule in new.rules:
        place = cell_name(new.sheet, rule.cell.reference)
        former = former_of.get(id(rule))
        if former is None:
            text = rule_text(new, rule)
            yield Change(ChangeKind.RULE_ADDED, "", None, text, new.name, rule.id, "", place)
            continue
        old_place = cell_name(old.sheet, former.cell.reference)
        if rule.id in shifted:
            rows = f"row {former.cell.row}", f"row {rule.cell.row}"
            if former.cell.row == rule.cell.row:
                rows = _below(old.rules, former), _below(new.rules, rule)
            yield Change(ChangeKind.RULE_MOVED, "", *rows, new.name, rule.id, old_place, place)
        yield from _cells(old, new, former, rule, columns)


def _below(rules: Sequence[Rule], rule: Rule) -> str:
    """Where a rule stands among the others: what changed for one that kept its row while they moved."""
    position = [each.id for each in rules].index(rule.id)
    return f'below "{rules[position - 1].id}"' if position else "the first rule"


def _cells(
    old: DecisionTable, new: DecisionTable, former: Rule, rule: Rule, columns: Matched[_Column]
) -> Iterator[Change]:
    for before, after in columns.pairs:
        then, now = _cell(former, before), _cell(rule, after)
        if then.text.strip() != now.text.strip():
            yield Change(
                ChangeKind.CELL,
                after.heading.text,
                then.text,
                now.text,
                new.name,
                rule.id,
                cell_name(old.sheet, then.reference),
                cell_name(new.sheet, now.reference),
            )


def _matched_columns(old: DecisionTable, new: DecisionTable) -> Matched[_Column]:
    """Columns by heading; of those left over the ones in the same place were given a new heading."""
    matched = by_key(_columns(old), _columns(new), lambda column: column.key)
    renamed = by_key(matched.removed, matched.added, lambda column: (column.kind, column.position))
    pairs = sorted((*matched.pairs, *renamed.pairs), key=lambda pair: pair[1].heading.column)
    return Matched(tuple(pairs), renamed.removed, renamed.added)


def _columns(table: DecisionTable) -> Sequence[_Column]:
    inputs = [
        _Column("IF", each.cell, each.allowed.text if each.allowed else "", number)
        for number, each in enumerate(table.inputs)
    ]
    outputs = [
        _Column("THEN", each.cell, each.values_cell.text if each.values_cell else "", number)
        for number, each in enumerate(table.outputs)
    ]
    notes = [_Column("NOTE", each.cell, "", number) for number, each in enumerate(table.annotations)]
    return [*inputs, *outputs, *notes]


def _cell(rule: Rule, column: _Column) -> Cell:
    cells = {"IF": rule.inputs, "THEN": rule.outputs, "NOTE": rule.annotations}[column.kind]
    return cells[column.position]


def _column_change(
    kind: ChangeKind, old: DecisionTable, new: DecisionTable, former: _Column | None, column: _Column | None
) -> Change:
    shown = column or former
    assert shown is not None
    return Change(
        kind,
        f"{shown.kind} {shown.heading.text}",
        former.heading.text if former else None,
        column.heading.text if column else None,
        new.name,
        "",
        cell_name(old.sheet, former.heading.reference) if former else "",
        cell_name(new.sheet, column.heading.reference) if column else "",
    )


def _place(table: DecisionTable, heading: Cell, row: int) -> str:
    return cell_name(table.sheet, Cell(row, heading.column).reference)
