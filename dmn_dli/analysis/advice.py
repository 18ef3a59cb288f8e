"""Findings about rules, columns and results without use, and about a hit policy that fits better."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.analysis.place import HIT_POLICY_CELL, TablePlace, listed
from dmn_dli.analysis.proof import Proof
from dmn_dli.analysis.redundancy import duplicates, mergeable, redundant
from dmn_dli.analysis.unused import columns_without_effect, open_columns, unreached_results
from dmn_dli.analysis.winners import Idle, never_fire, never_win
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel import to_feel
from dmn_dli.model.cell import Cell
from dmn_dli.model.codes import analysis as codes
from dmn_dli.model.finding import Finding
from dmn_dli.tables.masks import members

_NAMED = 6
"""How many rules that beat another are named in its message."""


def advice_findings(place: TablePlace, seen: TableView, proof: Proof, *, final: bool) -> Iterator[Finding]:
    """Warnings and hints about one table. final: whether it is the policy's final decision."""
    idle = 0
    try:
        silent = list(never_fire(seen))
        idle = sum(1 << each.rule for each in silent)
        beaten = list(never_win(seen, idle))
    except (TooLarge, SearchLimitError):
        message = "Which rules never decide a case cannot be decided: there are too many combinations."
        yield place.finding(codes.WINNERS_UNKNOWN, HIT_POLICY_CELL, message)
    else:
        yield from (_never_fires(place, each) for each in silent)
        yield from (_never_wins(place, each) for each in beaten)
        idle |= sum(1 << each.rule for each in beaten)
    yield from _spare_rules(place, seen, idle)
    yield from _columns(place, seen, idle)
    yield from _results(place, seen, idle, final=final)
    proven = proof.complete and proof.overlap_free and not idle
    hit_policy = place.table.hit_policy
    if hit_policy.one_answer and not hit_policy.forbids_overlap and proven and len(seen.grid.rules) > 1:
        letter = place.table.hit_policy.value
        message = f"The hit policy is {letter}, but no two rules ever answer for the same case."
        yield place.finding(codes.FITS_UNIQUE, HIT_POLICY_CELL, message)


def _never_fires(place: TablePlace, idle: Idle) -> Finding:
    rule = place.rule(idle.rule)
    if idle.column is None:
        message = f'No case leads to the rule "{rule.id}": what its conditions ask for never comes together.'
        return place.finding(codes.NEVER_FIRES, rule.cell, message, rules=[idle.rule])
    column = place.table.columns[idle.column]
    cell = column.cells[idle.rule]
    message = (
        f'No case leads to the rule "{rule.id}": "{cell.text}" accepts no value that '
        f'"{column.label}" can have.'
    )
    return place.finding(codes.NEVER_FIRES, cell, message, rules=[idle.rule])


def _never_wins(place: TablePlace, idle: Idle) -> Finding:
    rule = place.rule(idle.rule)
    plural = len(idle.by) > 1
    named = place.named(idle.by)
    if len(idle.by) > _NAMED:
        named = f"{len(idle.by)} rules, among them {place.named(idle.by[:_NAMED])},"
    message = (
        f'The rule "{rule.id}" can never win: {named} '
        f"{'together match' if plural else 'matches'} every case it matches, "
        f"and {'come' if plural else 'comes'} before it."
    )
    return place.finding(codes.NEVER_WINS, rule.cell, message, rules=[idle.rule, *idle.by])


def _spare_rules(place: TablePlace, seen: TableView, idle: int) -> Iterator[Finding]:
    doubled = set()
    hit_policy = place.table.hit_policy
    if hit_policy.must_agree or hit_policy.gives_list or (hit_policy.aggregates and not hit_policy.adds):
        # In F and P tables the later never wins, in U tables the two overlap; C+ and C# may mean both.
        for earlier, later in duplicates(seen):
            doubled.add(later)
            message = (
                f"The rules {place.named([earlier, later])} have the same conditions and the same results."
            )
            cell = place.rule(later).cell
            yield place.finding(codes.DUPLICATE, cell, message, rules=[earlier, later])
    told = idle | sum(1 << rule for rule in doubled)
    if seen.firing is not None:
        spare = redundant(seen, seen.firing, told)
        for rule in sorted(spare):
            message = f"Without the rule {place.named([rule])} every result would be the same."
            yield place.finding(codes.REDUNDANT, place.rule(rule).cell, message, rules=[rule])
        told |= sum(1 << rule for rule in spare)
    for merge in mergeable(seen, told):
        first, *others = merge.rules
        column = place.table.columns[merge.column]
        cell = column.cells[first]
        message = (
            f'The rules {place.named(merge.rules)} differ in "{column.label}" alone '
            "and have the same results."
        )
        rows = listed([str(place.rule(each).cell.row) for each in others])
        remedy = f"Write {merge.cell} in {cell.reference}, and delete row{'s' if others[1:] else ''} {rows}."
        yield place.finding(codes.MERGEABLE, cell, message, remedy, merge.rules)


def _columns(place: TablePlace, seen: TableView, idle: int) -> Iterator[Finding]:
    if not seen.grid.rules:
        return
    for position in open_columns(seen):
        column = place.table.columns[position]
        message = f'Every rule accepts any value of "{column.label}".'
        yield place.finding(codes.OPEN_COLUMN, column.clause, message)
    # Rules that decide nothing come first: a column may matter as soon as they do.
    if seen.firing is not None and not idle:
        for position in columns_without_effect(seen, seen.firing):
            column = place.table.columns[position]
            message = (
                f'"{column.label}" makes no difference: without the column every result would be the same.'
            )
            yield place.finding(codes.NO_EFFECT, column.clause, message)


def _results(place: TablePlace, seen: TableView, idle: int, *, final: bool) -> Iterator[Finding]:
    for position, output in enumerate(place.table.table.outputs):
        values = unreached_results(seen, position, idle)
        if not values:
            continue
        code = codes.DETERMINATION_NOT_REACHED if final and position == 0 else codes.RESULT_NOT_REACHED
        names = listed([_plain(value) for value in values], "or")
        them = "them" if values[1:] else "it"
        message = f'Row 4 of "{output.name}" lists {names}, but no case leads to {them}.'
        cell: Cell = output.values_cell or output.cell
        rules = [rule for rule in members(idle) if _gives(seen, rule, position, values)]
        if rules:
            message += f" {place.named(rules)} would, but never decide{'s' if not rules[1:] else ''} a case."
        yield place.finding(code, cell, message, rules=rules)


def _gives(seen: TableView, rule: int, position: int, values: tuple[object, ...]) -> bool:
    return getattr(seen.table.outputs[position].entries[rule], "value", None) in values


def _plain(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else to_feel(value)
