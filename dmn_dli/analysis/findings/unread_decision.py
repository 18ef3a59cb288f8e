"""DT608: a payer's decision that no other reads and that fills no list of the record."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.analysis.place import TablePlace
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.runtime.record import LISTS
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import LinkedPolicy

CODE = Code(
    "DT608",
    Kind.UNUSED,
    Severity.WARNING,
    "No other decision reads a decision, and it fills no list of the record.",
    "Add a column with the decision's name to the table that should read it, or delete the sheet; a list of "
    f"the record is filled by {', '.join(LISTS.values())}.",
)


def _find(policy: LinkedPolicy) -> Findings:
    if policy.workbook.generic:
        return
    decisions = policy.decision_names
    read = {decisions[name] for table in policy.decisions for name in table.reads if name in decisions}
    filling = {folded(name) for name in LISTS.values()}
    for table in policy.tables:
        name = table.name
        if name not in read and name != policy.workbook.policy.final_decision and folded(name) not in filling:
            message = f'No decision reads "{name}", and it fills no list of the record.'
            yield TablePlace(policy.workbook.file, table, {}).finding(CODE, "A1", message)


CHECK = PolicyCheck(CODE, _find)
