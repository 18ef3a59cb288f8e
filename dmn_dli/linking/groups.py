"""Sheets of criteria as trees: which rows a group has, what it needs of them, what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from dmn_dli.feel import FeelType
from dmn_dli.linking import codes
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import BOOLEAN_WORDS
from dmn_dli.tables.linked import Needs, OutputColumn

_WORDS = ("all", "any", "none")
_AT_LEAST = re.compile(r"at least (\d+)\Z")


@frozen
class Place:
    """Where a row stands in its sheet's tree.

    groups: the rows that it is part of, the nearest first. members: the rows that are part of it.
    """

    row: CriterionRow
    needs: Needs | None
    groups: tuple[CriterionRow, ...]
    members: tuple[CriterionRow, ...]
    means: object


def read_groups(sheet: CriteriaSheet, final: OutputColumn | None, reporter: Reporter) -> tuple[Place, ...]:
    """The rows in force, each in its place; what is wrong with the tree is reported.

    final: the final decision's first output, whose values `Means` may claim; None where it is not known.
    """
    rows = {row.id: row for row in reversed(sheet.in_force)}
    needs = {row.id: _needs(row, reporter) for row in sheet.in_force}
    parents = {row.id: _parent(row, sheet, rows, reporter) for row in sheet.in_force}
    members: dict[str, list[CriterionRow]] = {identifier: [] for identifier in rows}
    for row in sheet.in_force:
        parent = parents[row.id]
        if parent is not None:
            members[parent.id].append(row)
    _report_circles(parents, rows, reporter)
    found = []
    for row in sheet.in_force:
        need = needs[row.id]
        if need is not None:
            _judge_members(row, need, members[row.id], reporter)
        means = _means(row, need, final, reporter)
        groups = tuple(_above(row, parents))
        found.append(Place(row, need, groups, tuple(members[row.id]) if need else (), means))
    return tuple(found)


def _needs(row: CriterionRow, reporter: Reporter) -> Needs | None:
    said = plain_word(row.needs.text)
    at_least = _AT_LEAST.match(said)
    if at_least and int(at_least[1]) > 0:
        return Needs("at least", int(at_least[1]))
    if said in _WORDS:
        return Needs(said)
    if said:
        near = did_you_mean(said, (*_WORDS, "at least 2"))
        message = f'Needs reads "{row.needs.text}"; all, any, none or at least N is expected.{near}'
        reporter.add(codes.NEEDS, row.needs, message)
    return None


def _parent(
    row: CriterionRow, sheet: CriteriaSheet, rows: Mapping[str, CriterionRow], reporter: Reporter
) -> CriterionRow | None:
    """The group that a row names."""
    said = row.part_of.text
    if not said:
        return None
    named = next((each for each in rows.values() if folded(each.id) == folded(said)), None)
    if named is not None and plain_word(named.needs.text):
        return named
    if named is not None:
        message = f'"{named.id}" is a criterion, and has no members: its Needs is blank.'
        remedy = f"Write all, any, none or at least N into Needs of {named.needs.reference}."
        reporter.add(codes.PART_OF, row.part_of, message, remedy)
        return None
    if any(folded(each.id) == folded(said) for each in sheet.rows):
        message = f'The row "{said}" is retired; what is in force cannot be part of it.'
    else:
        groups = [each.id for each in rows.values() if each.needs.text and each is not row]
        message = f'No row of the sheet is numbered "{said}".{did_you_mean(said, groups)}'
    reporter.add(codes.PART_OF, row.part_of, message)
    return None


def _above(row: CriterionRow, parents: Mapping[str, CriterionRow | None]) -> Iterator[CriterionRow]:
    """The groups of a row, the nearest first; once around where they form a circle."""
    seen = {row.id}
    parent = parents[row.id]
    while parent is not None and parent.id not in seen:
        yield parent
        seen.add(parent.id)
        parent = parents[parent.id]


def _report_circles(
    parents: Mapping[str, CriterionRow | None], rows: Mapping[str, CriterionRow], reporter: Reporter
) -> None:
    """Report each circle of groups once, at its first row."""
    told: set[str] = set()
    for identifier, row in ((each, rows[each]) for each in parents):
        circle = [row.id, *[each.id for each in _above(row, parents)]]
        last = parents[circle[-1]]
        if last is None or last.id != identifier or identifier in told:
            continue
        told.update(circle)
        message = f"These rows are parts of each other: {' → '.join([*circle, identifier])}."
        reporter.add(codes.GROUP_CIRCLE, row.part_of, message)


def _judge_members(row: CriterionRow, needs: Needs, members: list[CriterionRow], reporter: Reporter) -> None:
    if not members:
        message = f'The group "{row.id}" has no members: no row in force names it as Part of.'
        reporter.add(codes.EMPTY_GROUP, row.needs, message)
    elif needs.least > len(members):
        message = f'Needs reads "{row.needs.text}", but the group "{row.id}" has {len(members)} '
        message += "member." if len(members) == 1 else "members."
        reporter.add(codes.NEEDS, row.needs, message)


def _means(row: CriterionRow, needs: Needs | None, final: OutputColumn | None, reporter: Reporter) -> object:
    """The determination that a group claims; None where it claims none."""
    said = row.means
    if said.blank:
        return None
    if row.part_of.text or not plain_word(row.needs.text):
        what = "is part of another row" if row.part_of.text else "is no group"
        message = f'Means claims "{said.text}" of "{row.id}", which {what}; a group that is part of none may.'
        reporter.add(
            codes.MEANS, said, message, "Clear the cell, or claim it of a group that is part of none."
        )
        return None
    if final is None or needs is None:
        return None
    found = _value(said, final)
    if found is None:
        listed = final.allowed.values or () if final.allowed else ()
        near = did_you_mean(said.text, [str(value) for value in listed])
        message = f'Means claims "{said.text}", which the final decision cannot give.{near}'
        reporter.add(codes.MEANS, said, message)
    return found


def _value(cell: Cell, final: OutputColumn) -> object:
    """The value of the final decision's first output that a cell says; None where there is none."""
    values = final.allowed.values if final.allowed else None
    if values is not None:
        return next((value for value in values if folded(value) == folded(cell.text)), None)
    if final.type is FeelType.BOOLEAN:
        return BOOLEAN_WORDS.get(plain_word(cell.text))
    return cell.text
