"""What is said of a case that a table does not stand: the table, the facts, the rules with their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dmn_dli.feel import to_feel
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.policy import Criterion
from dmn_dli.tables.firing import Firing
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable

_NEAREST = 5
"""How many rules that fail in one cell alone are named."""


def gap_text(policy: LinkedPolicy, table: LinkedTable, facts: Mapping[str, Any], firing: Firing) -> str:
    """That no rule answers, and which rules fail in one cell alone."""
    lines = [f"{_named(policy, table)} has no rule for this case:", *_case(policy, table, facts, firing)]
    rules = range(len(table.rule_indexes))
    near = [rule for rule in rules if len(firing.failing(rule)) == 1][:_NEAREST]
    if near:
        lines.append("Rules that fail in one cell alone:")
        lines += [f"  {_rule(table, rule)}: {_cells(table, rule, firing.failing(rule))}" for rule in near]
    lines.append("To mend it in Excel: add a row for such cases, or widen the cell that should accept them.")
    return "\n".join(lines)


def overlap_text(policy: LinkedPolicy, table: LinkedTable, facts: Mapping[str, Any], firing: Firing) -> str:
    """That several rules fire together."""
    return "\n".join(
        [
            f"{_named(policy, table)} has {len(firing.rules)} rules that fire together in this case:",
            *_case(policy, table, facts, firing),
            "The rules that fire:",
            *_rules(table, firing.rules),
            "To mend it in Excel: narrow a cell of one rule so that it no longer accepts such cases.",
        ]
    )


def conflict_text(policy: LinkedPolicy, table: LinkedTable, facts: Mapping[str, Any], firing: Firing) -> str:
    """That rules which fire together give different outputs."""
    return "\n".join(
        [
            f"{_named(policy, table)} has rules that disagree in this case:",
            *_case(policy, table, facts, firing),
            "The rules that fire:",
            *_rules(table, firing.rules, outputs=True),
            "To mend it in Excel: give these rules equal outputs, or narrow a cell of one of them.",
        ]
    )


def unlisted_text(policy: LinkedPolicy, table: LinkedTable, facts: Mapping[str, Any], firing: Firing) -> str:
    """That a value arrives which row 4 does not list."""
    assert firing.unlisted is not None, "this is said of such a value"
    column = table.columns[firing.unlisted]
    assert column.allowed is not None, "values are listed where one is not among them"
    place = cell_name(table.table.sheet, column.clause.reference)
    value = _shown(firing.values[firing.unlisted])
    arrived = f'the value {value} arrives at "{column.label}" ({place})'
    remedy = "list the value in row 4 and add a rule for it, or correct the table that it comes from."
    return "\n".join(
        [
            f"{_named(policy, table)}: {arrived}, whose row 4 lists {column.allowed.text}, in this case:",
            *_case(policy, table, facts, firing),
            f"To mend it in Excel: {remedy}",
        ]
    )


def undetermined_text(policy: LinkedPolicy, facts: Mapping[str, Any], reasons: Sequence[str]) -> str:
    """That the tables give no determination, and why."""
    return "\n".join(
        [
            f"{policy.workbook.name} gives no determination in this case:",
            *_facts(policy, facts),
            "What stands against it:",
            *dict.fromkeys(f"  {each}" for each in reasons),
            "To mend it in Excel: correct the rules named, or add the rule that is lacking.",
        ]
    )


def claim_text(
    policy: LinkedPolicy, facts: Mapping[str, Any], row: Criterion, status: str, determination: Any
) -> str:
    """That a group does not stand as the determination that it claims says."""
    claim = f'claims to be met exactly if the determination is "{_shown(row.means)}"'
    return "\n".join(
        [
            f'The group "{row.id}" ({row.cell}) of {policy.workbook.name} {claim}.',
            "This case breaks the claim:",
            *_facts(policy, facts),
            f'The group is {status}, and the determination is "{_shown(determination)}".',
            "To mend it in Excel: correct the criterion or the rule that decides, or what Means claims.",
        ]
    )


def _named(policy: LinkedPolicy, table: LinkedTable) -> str:
    sheet = "" if table.table.sheet == table.name else f' on the sheet "{table.table.sheet}"'
    return f'The table "{table.name}"{sheet} of {policy.workbook.name} (hit policy {table.hit_policy.value})'


def _case(
    policy: LinkedPolicy, table: LinkedTable, facts: Mapping[str, Any], firing: Firing
) -> Iterator[str]:
    """The facts, and what follows from them for clauses that are none."""
    yield from _facts(policy, facts)
    labels = {fact.label for fact in policy.dictionary.facts if fact.name in facts}
    derived = {
        column.label: _shown(value)
        for column, value in zip(table.columns, firing.values, strict=True)
        if column.label not in labels
    }
    if derived:
        yield "From these follows for the table:"
        yield from _pairs(derived)


def _facts(policy: LinkedPolicy, facts: Mapping[str, Any]) -> Iterator[str]:
    known = {fact.label: _shown(facts[fact.name]) for fact in policy.dictionary.facts if fact.name in facts}
    yield from _pairs(known or {"(nothing is known)": ""})


def _pairs(values: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, values))
    for label, value in values.items():
        yield f"  {label:<{width}}  {value}".rstrip()


def _rules(table: LinkedTable, rules: Iterable[int], *, outputs: bool = False) -> Iterator[str]:
    for rule in rules:
        says = f"; it says {_outputs(table, rule)}" if outputs else ""
        yield f"  {_rule(table, rule)}: {_cells(table, rule, range(len(table.columns)))}{says}"


def _rule(table: LinkedTable, rule: int) -> str:
    source = table.rules[rule]
    return f"{source.id} ({cell_name(table.table.sheet, source.cell.reference)})"


def _cells(table: LinkedTable, rule: int, positions: Iterable[int]) -> str:
    """The cells of a rule that ask for something."""
    cells = [(table.columns[position].label, table.columns[position].cells[rule]) for position in positions]
    asking = [f"{label} `{cell.text}` ({cell.reference})" for label, cell in cells if cell.text != "-"]
    return ", ".join(asking) or "accepts everything"


def _outputs(table: LinkedTable, rule: int) -> str:
    cells: Sequence[Any] = table.rules[rule].outputs
    return ", ".join(f"`{cell.text}` ({cell.reference})" for cell in cells)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value if value.strip() else f'"{value}"'
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "null"
    return str(value) if not isinstance(value, list | dict) else to_feel(value)
