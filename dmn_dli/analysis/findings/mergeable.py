"""DT520: rules with the same results differ in one input column alone and could be one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from attrs import frozen

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.grid import Box
from dmn_dli.analysis.place import listed
from dmn_dli.analysis.redundancy import notes_of, results_of
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT520",
    Kind.MERGEABLE,
    Severity.INFO,
    "Several rules could be one.",
    "Keep the first, widen its condition, and delete the others.",
)


@frozen
class Merge:
    """Rules that differ in one input column only and could be one; `cell` is what it would hold there."""

    rules: tuple[int, ...]
    column: int
    cell: str


def _find(subject: TableSubject) -> Findings:
    if subject.seen is None:
        return
    place = subject.place
    useless = subject.idle.mask | sum(1 << rule for rule in {*subject.doubled, *subject.spare})
    for merge in mergeable(subject.seen, useless):
        first, *others = merge.rules
        column = place.table.columns[merge.column]
        cell = column.cells[first]
        message = (
            f'The rules {place.named(merge.rules)} differ in "{column.label}" alone '
            "and have the same results."
        )
        if place.of_model:
            rest = f"rule{'s' if others[1:] else ''} {place.named(others)}"
            remedy = (
                f'Write {merge.cell} for "{column.label}" in rule {place.named([first])}, and delete {rest}.'
            )
            yield place.finding(CODE, cell, message, remedy, merge.rules)
            continue
        rows = listed([str(place.rule(each).cell.row) for each in others])
        remedy = f"Write {merge.cell} in {cell.reference}, and delete row{'s' if others[1:] else ''} {rows}."
        yield place.finding(CODE, cell, message, remedy, merge.rules)


def mergeable(seen: TableView, idle: int) -> Iterator[Merge]:
    """Groups of rules with the same results and notes that differ in one column only."""
    taken = idle
    said = [(results_of(seen, rule), notes_of(seen.table, rule)) for rule in range(len(seen.grid.rules))]
    for position, column in enumerate(seen.columns):
        if column.atoms is None:
            continue
        alike: dict[Hashable, list[int]] = {}
        for rule, box in enumerate(seen.grid.rules):
            if all(box) and not taken >> rule & 1:
                rest = box[:position] + box[position + 1 :]
                alike.setdefault((rest, said[rule]), []).append(rule)
        for rules in alike.values():
            merged = _merged(seen, rules, position) if len(rules) > 1 else None
            if merged is not None:
                taken |= sum(1 << rule for rule in rules)
                yield Merge(tuple(rules), position, seen.cell_words(merged)[position])


def _merged(seen: TableView, rules: list[int], position: int) -> Box | None:
    """The box of the one rule in the place of the first, or None where that would change results."""
    boxes = [seen.grid.rules[rule] for rule in rules]
    hit_policy = seen.table.hit_policy
    classes = 0
    for box in boxes:
        if classes & box[position] and (not hit_policy.one_answer or hit_policy.forbids_overlap):
            return None
        classes |= box[position]
    others = seen.grid.all_rules & ~sum(1 << rule for rule in rules) & ~((1 << rules[0]) - 1)
    for rule, box in zip(rules[1:], boxes[1:], strict=True):
        if seen.grid.touching(box, others & ((1 << rule) - 1)):
            return None
    return (*boxes[0][:position], classes, *boxes[0][position + 1 :])


CHECK = TableCheck(CODE, Question.RULES, _find)
