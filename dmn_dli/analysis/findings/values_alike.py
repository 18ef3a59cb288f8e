"""DT605: no rule names some allowed values of a fact: all treat them alike, perhaps by oversight."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.analysis.place import TablePlace, listed
from dmn_dli.feel import FeelType
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import Column, FactSource, LinkedPolicy, LinkedTable

CODE = Code(
    "DT605",
    Kind.UNUSED,
    Severity.INFO,
    "No rule names some allowed values of a fact, nor tells them apart.",
    "Nothing need be done if the policy treats these values alike.",
)


def _find(policy: LinkedPolicy) -> Findings:
    """For each fact with listed text values those, two or more, that stand in no cell of any table.

    One such value is what the others leave over, and is not told; nor are facts
    that expressions read, of which no list of named values can be made.
    """
    uses: dict[str, list[tuple[LinkedTable, Column]]] = {}
    otherwise: set[str] = set()
    for table in policy.decisions:
        otherwise |= table.computed_names
        for column in table.columns:
            otherwise |= column.reads
            if isinstance(column.source, FactSource):
                uses.setdefault(column.source.fact.name, []).append((table, column))
            else:
                otherwise.update(column.names)
    for name, places in uses.items():
        if name in otherwise:
            continue
        fact = policy.dictionary.by_name[name]
        values = _unnamed([column for _, column in places])
        if len(values) > 1:
            table, column = places[0]
            place = TablePlace(policy.workbook.file, table, {})
            message = (
                f'No rule of the policy names {listed(values, "or")} of "{fact.label}", nor tells them apart.'
            )
            yield place.finding(CODE, column.clause, message)


def _unnamed(columns: list[Column]) -> list[str]:
    allowed = columns[0].allowed
    if allowed is None or allowed.values is None or columns[0].type is not FeelType.STRING:
        return []
    named: set[object] = set()
    for column in columns:
        constants = column.all_constants
        if constants is None:
            return []
        named |= constants
    left = [f'"{value}"' for value in allowed.values if value not in named]
    return left if len(left) < len(allowed.values) else []


CHECK = PolicyCheck(CODE, _find)
