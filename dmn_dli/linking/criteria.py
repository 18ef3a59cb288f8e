"""Sheets of criteria, each row as a decision: true is met, false is not met, null does not apply.

A criterion becomes a table with hit policy F over its own IF cells and those of its groups:

    its groups' cells   its own cells
    as they say         as they say       true
    as they say         -                 false
                                          default: null

A group becomes one over its members, which do not apply where its IF cells do not hold; of `all`:

    2.a     2.b
    false   -         false
    -       false     false
    true    -         true
    -       true      true
                      default: null
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from dmn_dli.feel import FeelType, free_names, syntax
from dmn_dli.linking import codes
from dmn_dli.linking.columns import link_column
from dmn_dli.linking.former_labels import FormerLabel
from dmn_dli.linking.groups import Place, read_groups
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import errors
from dmn_dli.model.table import DecisionTable, InputClause, OutputClause, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import Column, Constant, Criterion, DecisionSource, LinkedTable, OutputColumn

_ANY = syntax.UnaryTests(())


def _is(*values: bool) -> syntax.UnaryTests:
    return syntax.UnaryTests(tuple(syntax.ValueTest(syntax.BooleanLiteral(value)) for value in values))


_TRUTH = (True, False)
_MET, _UNMET = (_is(value) for value in _TRUTH)
_APPLIES = _is(*_TRUTH)


@frozen
class _Test:
    """A column with the one cell of it that counts."""

    column: Column
    tests: syntax.UnaryTests
    cell: Cell


def link_criteria(
    sheet: CriteriaSheet,
    final: OutputColumn | None,
    outputs: Mapping[str, tuple[OutputColumn, ...]],
    names: Names,
    former: Mapping[str, FormerLabel],
    reporter: Reporter,
) -> Iterator[LinkedTable]:
    """A decision for each row in force, and for each group that needs `at least N` one that counts.

    final: the final decision's first output, whose values rows may claim. The rest as `link_column` has it.
    """
    rows = sheet.in_force
    columns = [
        link_column(clause, position, rows, outputs, names, former, reporter)
        for position, clause in enumerate(sheet.inputs)
    ]
    tested = {
        row.id: [
            _Test(column, column.tests[column.rules[line]], row.inputs[position])
            for position, column in enumerate(columns)
            if column is not None and column.tests[column.rules[line]].tests
        ]
        for line, row in enumerate(rows)
    }
    for place in read_groups(sheet, final, reporter):
        criterion = _criterion(sheet, place, tested[place.row.id])
        if place.needs is not None:
            yield from _group(sheet, place, criterion)
            continue
        own = tested[place.row.id]
        if not own and all(column is not None for column in columns) and not _objected(place.row, reporter):
            message = f'The criterion "{place.row.id}" has - in all IF cells, so that it tests nothing.'
            reporter.add(codes.NO_CONDITION, place.row.cell, message)
        gates = [test for group in reversed(place.groups) for test in tested[group.id]]
        yield _condition(sheet, place.row, criterion, gates, own)


def _objected(row: CriterionRow, reporter: Reporter) -> bool:
    """Whether something was said of a row's need or conditions, so that these are not what they seem."""
    places = {cell.reference for cell in (row.needs, *row.inputs)}
    return any(finding.cell in places for finding in errors(reporter.findings))


def _criterion(sheet: CriteriaSheet, place: Place, own: Iterable[_Test]) -> Criterion:
    row = place.row
    return Criterion(
        name=sheet.name_of(row.id),
        sheet=sheet.name,
        id=row.id,
        cell=row.cell,
        group=sheet.name_of(place.groups[0].id) if place.groups else None,
        needs=place.needs,
        means=place.means,
        members=tuple(sheet.name_of(member.id) for member in place.members),
        condition=frozenset(
            name for test in own for name in evolve(test.column, reads=free_names(test.tests)).names
        ),
    )


def _condition(
    sheet: CriteriaSheet,
    row: CriterionRow,
    criterion: Criterion,
    gates: Sequence[_Test],
    own: Sequence[_Test],
) -> LinkedTable:
    """The table of a criterion; gates: the cells that say when its groups apply."""
    tests = [*[(each, each.tests) for each in gates], *[(each, _ANY) for each in own]]
    columns = [
        evolve(
            each.column,
            **_cells([each.tests, otherwise]),
            cells=(each.cell, each.cell),
            reads=free_names(each.tests),
        )
        for each, otherwise in tests
    ]
    return _table(sheet, criterion, criterion.name, HitPolicy.FIRST, columns, [(row, True), (row, False)])


def _group(sheet: CriteriaSheet, place: Place, criterion: Criterion) -> Iterator[LinkedTable]:
    """The table of a group, behind the one that counts where it needs so many."""
    assert place.needs is not None, "asked of groups alone"
    members = place.members
    sources = [_Source(name, FeelType.BOOLEAN) for name in criterion.members]
    every = range(len(members))
    if place.needs.least:
        # No row can be numbered so: line breaks are mended as they are read.
        count = f"{criterion.name}\nmembers met"
        met = [_Line(each, _MET, members[each], Decimal(each)) for each in every]
        yield _lines(sheet, criterion, count, HitPolicy.COLLECT_COUNT, sources, met)
        least = syntax.NumberLiteral(Decimal(place.needs.least))
        enough = syntax.UnaryTests((syntax.ComparisonTest(">=", least),))
        lines = [_Line(0, enough, place.row, value=True)]
        lines += [_Line(1 + each, _APPLIES, members[each], value=False) for each in every]
        sources = [_Source(count, FeelType.NUMBER), *sources]
    else:
        decisive, otherwise = (_UNMET, _MET) if place.needs.word == "all" else (_MET, _UNMET)
        fulfilled = place.needs.word == "any"
        lines = [_Line(each, decisive, members[each], fulfilled) for each in every]
        lines += [_Line(each, otherwise, members[each], not fulfilled) for each in every]
    yield _lines(sheet, criterion, criterion.name, HitPolicy.FIRST, sources, lines)


@frozen
class _Source:
    """A decision that a group's table reads."""

    decision: str
    type: FeelType


@frozen
class _Line:
    """A rule of a group's table: it tests one source, for the sake of one row."""

    source: int
    tests: syntax.UnaryTests
    row: CriterionRow
    value: object


def _lines(
    sheet: CriteriaSheet,
    criterion: Criterion,
    name: str,
    hit_policy: HitPolicy,
    sources: Sequence[_Source],
    lines: Sequence[_Line],
) -> LinkedTable:
    columns = [
        Column(
            clause=criterion.cell,
            label=source.decision,
            source=DecisionSource(source.decision),
            type=source.type,
            allowed=None,
            **_cells([line.tests if line.source == position else _ANY for line in lines]),
            cells=tuple(line.row.cell for line in lines),
        )
        for position, source in enumerate(sources)
    ]
    return _table(sheet, criterion, name, hit_policy, columns, [(line.row, line.value) for line in lines])


def _cells(tests: Sequence[syntax.UnaryTests]) -> dict[str, Any]:
    """The distinct tests of a column, and which of them each rule has."""
    distinct = tuple(dict.fromkeys(tests))
    return {"tests": distinct, "rules": tuple(map(distinct.index, tests))}


def _table(
    sheet: CriteriaSheet,
    criterion: Criterion,
    name: str,
    hit_policy: HitPolicy,
    columns: Sequence[Column],
    rules: Sequence[tuple[CriterionRow, object]],
) -> LinkedTable:
    """A decision as a table; rules: for each the row whose cell it is, and its value."""
    counts = hit_policy.counts
    made = tuple(
        Rule(
            f"{row.id} {number}", row.cell, tuple(column.cells[number - 1] for column in columns), (row.cell,)
        )
        for number, (row, _) in enumerate(rules, 1)
    )
    table = DecisionTable(
        name=name,
        sheet=sheet.sheet,
        question="",
        hit_policy=hit_policy,
        inputs=tuple(InputClause(column.clause) for column in columns),
        outputs=(OutputClause(name, criterion.cell),),
        annotations=(),
        rules=made,
    )
    output = OutputColumn(
        name,
        FeelType.NUMBER if counts else FeelType.BOOLEAN,
        None,
        tuple(Constant(value) for _, value in rules),
        None if counts else Constant(None),
    )
    return LinkedTable(table, tuple(columns), (output,), tuple(range(len(rules))), criterion)
