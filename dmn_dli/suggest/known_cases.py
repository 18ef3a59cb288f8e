"""The cases that a workbook has already, as far as their facts can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from dmn_dli.cases.columns import Role, read_columns
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.facts import NotAValue


@frozen
class KnownCase:
    """A case by its name; `facts` as `policy.evaluate` takes them."""

    name: str
    facts: Mapping[str, Any]


def known_cases(workbook: Workbook, kernel: PolicyKernel) -> tuple[KnownCase, ...]:
    """The cases of a workbook's Cases sheet; a value that its fact cannot have is left out."""
    if workbook.cases is None:
        return ()
    readers = kernel.case_reader.facts
    decisions = [each.name for each in kernel.decisions]
    columns = read_columns(workbook.cases, readers.values(), decisions, kernel.final.name)
    found = []
    for row in workbook.cases.rows:
        facts: dict[str, Any] = {}
        for column, cell in zip(columns, row.values, strict=True):
            if column.role is not Role.FACT or cell.blank or not cell.text:
                continue
            reader = readers[column.name]
            value = reader.from_text(cell.text)
            try:
                reader.place(None if value is None else reader.canonical(value))
            except NotAValue:
                continue
            facts[column.name] = value
        found.append(KnownCase(row.name, facts))
    return tuple(found)
