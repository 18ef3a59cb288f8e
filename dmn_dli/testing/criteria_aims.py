"""What makes a row of a sheet of criteria met, or not met: one criterion's cells passed, another's failed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from dmn_dli.feel import from_python
from dmn_dli.tables.linked import Column, FactSource, LinkedPolicy, LinkedTable, Needs
from dmn_dli.tables.logic import ColumnLogic

Aim: TypeAlias = dict[str, tuple[int, ...]]
"""For some facts the values to try (their positions) that pass cells."""


@frozen
class _Row:
    """A row; of a criterion what meets it, and what fails it in the cell of one column.

    needs, members: of a group.
    """

    met: Aim
    failed: tuple[Aim, ...]
    needs: Needs | None
    members: tuple[str, ...]


@frozen
class CriteriaAims:
    """The rows of a policy, by name."""

    rows: Mapping[str, _Row]

    def draw(self, draw: st.DrawFn) -> Iterator[Aim]:
        """Aims which together make some row met, or not met, as far as its criteria read facts."""
        if self.rows:
            name = draw(st.sampled_from(sorted(self.rows)))
            yield from self._aims(draw, name, met=draw(st.booleans()))

    def _aims(self, draw: st.DrawFn, name: str, *, met: bool) -> Iterator[Aim]:
        row = self.rows[name]
        if row.needs is None:
            if met or row.failed:
                yield row.met if met else draw(st.sampled_from(row.failed))
            return
        members = draw(st.permutations(row.members))
        # So many members have to be met that the group is, or not met that it is not.
        number, status = _wanted(row.needs, len(members), met=met)
        for member in members[:number]:
            yield from self._aims(draw, member, met=status)


def _wanted(needs: Needs, members: int, *, met: bool) -> tuple[int, bool]:
    """How many of a group's members decide that it is met, or not met, and by which status of theirs."""
    match needs.word:
        case "all":
            return (members, True) if met else (1, False)
        case "any":
            return (1, True) if met else (members, False)
        case "none":
            return (members, False) if met else (1, True)
    return (needs.least, True) if met else (members - needs.least + 1, False)


def criteria_aims(
    linked: LinkedPolicy, decisions: Collection[str], values: Mapping[str, Sequence[Any]]
) -> CriteriaAims:
    """The aims for the rows among some decisions; values: of each fact those to try."""
    rows = {}
    for table in linked.criteria:
        criterion = table.criterion
        assert criterion is not None, "these are rows"
        if table.name in decisions:
            met, failed = ({}, ()) if criterion.needs else _condition(table, values)
            rows[table.name] = _Row(met, failed, criterion.needs, criterion.members)
    return CriteriaAims(rows)


def _condition(table: LinkedTable, values: Mapping[str, Sequence[Any]]) -> tuple[Aim, tuple[Aim, ...]]:
    """What meets a criterion, and what fails it where its groups apply: its table's first and second rule."""
    met: Aim = {}
    reach: Aim = {}
    fails: list[tuple[str, tuple[int, ...]]] = []
    for column in table.columns:
        if not isinstance(column.source, FactSource) or column.reads:
            continue
        name = column.source.fact.name
        passing = _passing(column, values[name])
        narrow(met, name, passing)
        if len(column.tests) == 1:
            narrow(reach, name, passing)
        else:
            fails.append((name, tuple(each for each in range(len(values[name])) if each not in passing)))
    failed = [dict(reach) for _ in fails]
    for aim, (name, failing) in zip(failed, fails, strict=True):
        narrow(aim, name, failing)
    return met, tuple(failed)


def _passing(column: Column, values: Sequence[Any]) -> tuple[int, ...]:
    """The positions of the values that the cell of a table's first rule accepts."""
    logic = ColumnLogic(column)
    return tuple(each for each, value in enumerate(values) if logic.mask(from_python(value), {}) & 1)


def narrow(aim: Aim, name: str, passing: Sequence[int]) -> None:
    """Leave of a fact's values those that pass too, where there are any."""
    both = tuple(each for each in passing if each in aim.get(name, passing))
    if both:
        aim[name] = both
