"""Trees and values as the texts of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import define

from dmn_dli.feel import FeelType, syntax, to_feel, type_of
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.unparse import unparse
from dmn_dli.interchange.dmn.to_workbook.inexpressible import Inexpressible
from dmn_dli.interchange.dmn.to_workbook.plain import Plainer
from dmn_dli.model.to_fill_in import is_to_fill_in
from dmn_dli.tables.allowed_values import is_quoted
from dmn_dli.tables.linked import AllowedValues, Constant, Entry

LONGEST: Final = 32_767
"""Characters that a cell takes."""

_WORDS: Final = {FeelType.NUMBER: "number", FeelType.BOOLEAN: "boolean", FeelType.DATE: "date"}


@define
class Speller:
    """Writes what the policy's trees and values are in a cell, by the workbook's names."""

    nodes: Mapping[str, syntax.Node]
    plainer: Plainer

    def tree(self, tree: syntax.Node) -> str:
        """An expression or unary tests. Raises Inexpressible where no cell could hold it."""
        text = unparse(with_nodes(self.plainer.whole(tree), self.nodes))
        if len(text) > LONGEST:
            raise Inexpressible(f"Its text has {len(text):,} characters, and a cell takes {LONGEST:,}.")
        return text

    def entry(self, entry: Entry) -> str:
        """An output entry of a column of expressions."""
        return to_feel(entry.value) if isinstance(entry, Constant) else self.tree(entry.tree)

    def allowed(self, allowed: AllowedValues) -> str:
        """What stands in row 4 of an input clause that is no fact: null may arrive whatever it says."""
        tests = allowed.tests
        null = syntax.ValueTest(syntax.NullLiteral())
        if not tests.negated and null not in tests.tests:
            tests = syntax.UnaryTests((*tests.tests, null))
        return self.tree(tests)


def plain_text(value: object) -> str:
    """A text as a cell of plain text holds it; in quotes where it would be read as something else."""
    if value is None:
        return "null"
    text = str(value)
    strange = text != text.strip() or not text or text == "null" or is_quoted(text) or is_to_fill_in(text)
    return f'"{text}"' if strange else text


def row_4(entries: Sequence[Entry], allowed: AllowedValues | None, *, ordered: bool) -> str:
    """What row 4 of an output says so that the cells mean these entries: values, a type, or nothing for text.

    ordered: whether the hit policy needs the values in priority order.
    """
    if not all(isinstance(each, Constant) for each in entries):
        return "expression"
    values = [each.value for each in entries if isinstance(each, Constant)]
    kinds = {type_of(value) for value in values} - {FeelType.NULL}
    listed = allowed.values if allowed is not None else None
    within = listed is not None and all(value is None or value in listed for value in values)
    if allowed is not None and within and len(kinds) < 2 and _alike(listed or (), kinds):
        return unparse(allowed.tests)
    if ordered or len(kinds) > 1:
        return "expression"
    kind = next(iter(kinds), FeelType.STRING)
    if kind is FeelType.STRING:
        return "" if all(_fits(value) for value in values) else "expression"
    return _WORDS.get(kind, "expression")


def _alike(listed: Sequence[object], kinds: set[FeelType]) -> bool:
    """Whether listed values are of one type that row 4 may have, that of the entries."""
    own = {type_of(value) for value in listed} - {FeelType.NULL}
    return len(own | kinds) == 1 and next(iter(own | kinds)) in (*_WORDS, FeelType.STRING)


def _fits(value: object) -> bool:
    """Whether a text survives in a cell of plain text."""
    return value is None or "\r" not in str(value)
