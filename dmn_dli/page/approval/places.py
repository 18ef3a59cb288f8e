"""Where in the page an edit leads: the rule, the criterion, the fact as it reads now."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.edition import Edition
from dmn_dli.page import anchors
from dmn_dli.page.approval.most import Most
from dmn_dli.page.html import Child, h

_OF_FACTS = (ChangeKind.FACT_ADDED, ChangeKind.FACT_CHANGED)


@frozen
class Places:
    """The places of a policy in the page. key: its own; None where the page does not show it.

    engine: whether cases can be tried in the page. most: how much of a difference is shown there.
    """

    key: str | None
    edition: Edition
    engine: bool
    most: Most

    def cell(self, change: Change, told: str) -> Child:
        """The cells of an edit, leading to what stands there now."""
        target = self._target(change)
        return told if target is None or not told else h("a", told, href=f"#{target}")

    def decision(self, name: str) -> Child:
        """The name of a table or sheet of criteria, leading to it."""
        target = None if self.key is None else self._sheet(self.key, name)
        return name if target is None else h("a", name, href=f"#{target}")

    def row(self, name: str) -> Child:
        """A row of a sheet of criteria by its full name, `Criteria.2.a`, leading to it."""
        if self.key is not None:
            for sheet in self.edition.linked.workbook.criteria:
                for row in sheet.rows:
                    if sheet.name_of(row.id) == name:
                        return h("a", name, href=f"#{anchors.criterion(self.key, sheet.name, row.id)}")
        return name

    def _target(self, change: Change) -> str | None:
        key = self.key
        if key is None or not change.new_place:
            return None
        if change.decision:
            return self._rule(key, change) or self._sheet(key, change.decision)
        if change.kind in _OF_FACTS:
            linked = self.edition.linked
            own = linked.workbook.dictionary is not None
            name = change.subject.partition(", ")[0]
            return anchors.fact(name, key if own else "") if name in linked.dictionary.by_name else None
        return anchors.policy(key)

    def _rule(self, key: str, change: Change) -> str | None:
        workbook = self.edition.linked.workbook
        for table in workbook.tables:
            if table.name == change.decision and any(rule.id == change.rule for rule in table.rules):
                return anchors.rule(key, table.name, change.rule)
        for sheet in workbook.criteria:
            if sheet.name == change.decision and any(row.id == change.rule for row in sheet.rows):
                return anchors.criterion(key, sheet.name, change.rule)
        return None

    def _sheet(self, key: str, name: str) -> str | None:
        workbook = self.edition.linked.workbook
        tabs = {each.name: each.sheet for each in workbook.criteria}
        tabs |= {each.name: each.sheet for each in workbook.tables}
        return anchors.sheet(key, tabs[name]) if name in tabs else None
