"""Results that row 4 of an output lists and that no case leads to."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.place import listed
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.feel import to_feel
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.model.finding import Code, Finding
from dmn_dli.tables.linked import Constant
from dmn_dli.tables.masks import members


def unreached_findings(subject: TableSubject, code: Code, position: int) -> Iterator[Finding]:
    """A finding about an output that lists such values, with the rules that would give them."""
    seen, place, idle = subject.seen, subject.place, subject.idle.mask
    values = () if seen is None else unreached_results(seen, position, idle)
    if not values:
        return
    output = place.table.table.outputs[position]
    names = listed([f'"{value}"' if isinstance(value, str) else to_feel(value) for value in values], "or")
    them = "them" if values[1:] else "it"
    message = f'Row 4 of "{output.name}" lists {names}, but no case leads to {them}.'
    entries = place.table.outputs[position].entries
    rules = [rule for rule in members(idle) if getattr(entries[rule], "value", None) in values]
    if rules:
        message += f" {place.named(rules)} would, but never decide{'s' if not rules[1:] else ''} a case."
    yield place.finding(code, output.values_cell or output.cell, message, rules=rules)


def unreached_results(seen: TableView, position: int, idle: int) -> tuple[object, ...]:
    """The allowed values of an output (row 4) that no case leads to.

    idle: the mask of the rules that never fire or never win.
    """
    output = seen.table.outputs[position]
    if output.allowed is None or output.allowed.values is None:
        return ()
    entries = [output.entries[rule] for rule in members(seen.logic.all_rules & ~idle)]
    if seen.table.has_default and output.default is not None:
        entries.append(output.default)
    if not all(isinstance(entry, Constant) for entry in entries):
        return ()
    given = {freeze(entry.value) for entry in entries if isinstance(entry, Constant)}
    return tuple(value for value in output.allowed.values if freeze(value) not in given)
