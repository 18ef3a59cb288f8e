"""Names of facts, decisions and criteria in cells, as links to where they are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from attrs import frozen

from dmn_dli.model.table import InputClause
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import Child, h
from dmn_dli.page.text import LONG, cell_text
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import Column, ExpressionSource


@frozen(slots=False)
class Names:
    """The names that a policy's cells may use."""

    policy: PagePolicy

    @cached_property
    def _anchors(self) -> Mapping[str, str]:
        """Each name as expressions carry it, to the anchor of what it stands for."""
        policy = self.policy
        workbook = policy.linked.workbook
        found = {
            fact.name: anchors.fact(fact.name, policy.facts_key) for fact in policy.linked.dictionary.facts
        }
        for table in workbook.tables:
            place = anchors.sheet(policy.key, table.sheet)
            found[table.name] = place
            found |= {f"{table.name}.{output.name}": place for output in table.outputs}
        for sheet in workbook.criteria:
            for row in sheet.rows:
                found.setdefault(sheet.name_of(row.id), anchors.criterion(policy.key, sheet.name, row.id))
        return found

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        """Each spelling, folded, to the name."""
        facts = self.policy.linked.dictionary.facts
        return {folded(fact.label): fact.name for fact in facts} | {
            folded(name): name for name in self._anchors
        }

    @cached_property
    def columns(self) -> Mapping[tuple[str, str], Column]:
        """The linked input clauses by sheet and cell."""
        linked = self.policy.linked
        sheets = {sheet.name: sheet.sheet for sheet in linked.workbook.criteria}
        return {
            (
                sheets[table.criterion.sheet] if table.criterion else table.table.sheet,
                each.clause.reference,
            ): each
            for table in linked.decisions
            for each in table.columns
        }

    def anchor(self, name: str) -> str | None:
        """Where a name is told."""
        return self._anchors.get(name)

    def clause(self, sheet: str, clause: InputClause) -> Child:
        """The heading of an IF column: a link as a whole, or with links in it where it is an expression."""
        text = clause.cell.text
        name = self._spelt.get(folded(text))
        if name is not None:
            return self._link(name, text)
        column = self.columns.get((sheet, clause.cell.reference))
        if column is None or not isinstance(column.source, ExpressionSource):
            return cell_text(text)
        return self._linked(text, column.source.names)

    def test(self, sheet: str, clause: InputClause, text: str) -> Child:
        """A cell of an IF column; the names that it reads are links."""
        column = self.columns.get((sheet, clause.cell.reference))
        return self._linked(text, column.reads) if column and column.reads else cell_text(text)

    def _link(self, name: str, text: str) -> Child:
        return h("a", text, href=f"#{self._anchors[name]}", class_="tip")

    def _linked(self, text: str, among: Collection[str]) -> Child:
        """The text with the names among these as links, the longest first."""
        spellings = [spelling for spelling, name in self._spelt.items() if name in among]
        if not spellings or len(text) > LONG:
            return cell_text(text)
        return [
            self._link(self._spelt[folded(part)], part) if position % 2 else part
            for position, part in enumerate(_pattern(spellings).split(text))
        ]


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    words = sorted(spellings, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)({either})(?!\w)", re.IGNORECASE)
