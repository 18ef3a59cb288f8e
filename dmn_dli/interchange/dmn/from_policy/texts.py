"""FEEL texts of a model: what a policy's trees and values are in the standard's own spelling."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dmn_dli.feel import FeelType, parse_expression, syntax, to_feel
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.unparse import unparse
from dmn_dli.interchange.dmn.from_policy.names import Names
from dmn_dli.tables.linked import AllowedValues, Computed, Entry

NULL = syntax.ValueTest(syntax.NullLiteral())

_TYPES = frozenset({
    FeelType.STRING, FeelType.NUMBER, FeelType.BOOLEAN, FeelType.DATE, FeelType.TIME, FeelType.DATE_TIME,
    FeelType.DAYS_DURATION, FeelType.YEARS_DURATION,
})  # fmt: skip


def type_ref(type_: FeelType) -> str | None:
    """The standard's name of a type of single values; None where a value may be anything (7.3.2)."""
    return type_.value if type_ in _TYPES else None


@frozen
class Speller:
    """Writes trees and values by the names of the model; marked_dates: as `@"…"`, else as `date("…")`."""

    names: Names
    marked_dates: bool = True

    def tree(self, tree: syntax.Node) -> str:
        """An expression or unary tests of the workbook."""
        return unparse(with_nodes(tree, self.names.nodes), marked_dates=self.marked_dates)

    def name(self, name: str) -> str:
        """What stands for a fact, a decision or an output."""
        return unparse(self.names.nodes[name])

    def value(self, value: object) -> str:
        """A constant."""
        return unparse(parse_expression(to_feel(value)).tree, marked_dates=self.marked_dates)

    def entry(self, entry: Entry) -> str:
        """An output entry or a default."""
        return self.tree(entry.tree) if isinstance(entry, Computed) else self.value(entry.value)

    def allowed(self, allowed: AllowedValues, *, null: bool) -> str:
        """Allowed values as unary tests; null: whether null is one of them whatever they say."""
        tests = allowed.tests
        if null and not tests.negated and NULL not in tests.tests:
            tests = syntax.UnaryTests((*tests.tests, NULL))
        return self.tree(tests)

    def values(self, values: Sequence[object]) -> str:
        """A list of values as unary tests."""
        return ", ".join(map(self.value, values))
