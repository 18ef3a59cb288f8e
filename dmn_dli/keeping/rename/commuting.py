"""Whether an expression means the same, but for the name, once a value of a fact is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from attrs import frozen

from dmn_dli.feel import (
    FeelLimit,
    FeelUnsupported,
    children,
    compile_expression,
    compile_unary_tests,
    free_names,
    mentions_input,
    syntax,
)
from dmn_dli.feel.replacing import replaced
from dmn_dli.keeping.rename.carriers import LITERALS, Carriers, carries, compared
from dmn_dli.keeping.rename.values import Revalued

MOST_CASES = 50_000
"""How many combinations of values are tried of one expression."""

Values = Mapping[str, Sequence[object] | None]
"""The values that each name may have; None where they cannot be listed."""


@frozen
class Commuting:
    """What expressions over the old values and over the new ones are compared by.

    known: what carries the fact's values. values: those that the names may have, before the renaming.
    """

    revalued: Revalued
    known: Carriers
    values: Values

    def same(
        self,
        old: syntax.Node,
        new: syntax.Node,
        *,
        given: bool = False,
        arriving: Sequence[object] | None = None,
        carried: bool = False,
    ) -> bool:
        """Whether two expressions agree on all values, the old one before and the new one after the renaming.

        given: whether their own value is one of the fact. arriving: the values of `?`, as far as they can be
        listed; carried: whether they are of the fact.
        """
        reads = bool(free_names(old) & self.known) or (carried and _tests_input(old))
        if old == new and not reads and not given:
            return True
        if self._plain(old, carried=carried, given=given) and self._respelt(old, carried, given) == new:
            return True
        return self._tried(old, new, given, arriving, carried)

    def _respelt(self, old: syntax.Node, carried: bool, given: bool) -> syntax.Node | None:
        """The tree with the new value for the old one; None where it names the new one already."""
        places = list(compared(old, self.known, value=carried, given=given))
        if any(getattr(node, "value", None) == self.revalued.new for node in places):
            return None
        literal = syntax.StringLiteral if isinstance(self.revalued.new, str) else syntax.NumberLiteral
        new = literal(self.revalued.new)  # type: ignore[arg-type]
        named = {id(node) for node in places if self.revalued.is_old(getattr(node, "value", None))}
        return replaced(old, dict.fromkeys(named, new))

    def _plain(self, tree: syntax.Node, *, carried: bool, given: bool = False) -> bool:
        """Whether the fact's values are only ever compared with constants and with each other.

        Such a tree is the same function of the values, whatever they are called.
        """

        if given:
            match tree:
                case syntax.If(condition, then, otherwise):
                    gives = all(self._plain(each, carried=carried, given=True) for each in (then, otherwise))
                    return gives and self._plain(condition, carried=carried)
            return self._listed(tree, carried)
        match tree:
            case syntax.Name(name):
                return name not in self.known
            case syntax.InputValue():
                return not carried
            case syntax.ComparisonTest(operator, operand) if carried:
                return operator in ("=", "!=") and self._side(operand, carried)
            case syntax.ValueTest(expression) if carried:
                itself = mentions_input(expression) and self._plain(expression, carried=carried)
                return itself or self._listed(expression, carried)
            case syntax.Comparison("=" | "!=", left, right):
                sides = self._side(left, carried) and self._side(right, carried)
                if sides:
                    return True
            case syntax.In(subject, tests) if carries(subject, self.known, value=carried):
                return self._side(subject, carried) and self._plain(tests, carried=True)
        return all(self._plain(child, carried=carried) for child in children(tree))

    def _side(self, node: syntax.Node, carried: bool) -> bool:
        """Whether a node is a constant, or nothing but a value of the fact."""
        match node:
            case syntax.Name(name):
                return name in self.known
            case syntax.InputValue():
                return carried
        return isinstance(node, (*LITERALS, syntax.NullLiteral))

    def _listed(self, node: syntax.Node, carried: bool) -> bool:
        """Whether a node is such, or a list of such."""
        if isinstance(node, syntax.ListLiteral):
            return all(self._listed(item, carried) for item in node.items)
        return self._side(node, carried)

    def _tried(
        self,
        old: syntax.Node,
        new: syntax.Node,
        given: bool,
        arriving: Sequence[object] | None,
        carried: bool,
    ) -> bool:
        """Whether the two agree on every combination of values; False where these are too many to try."""
        names = sorted(free_names(old))
        if names != sorted(free_names(new)):
            return False
        lists = [self.values.get(name) for name in names]
        tests = isinstance(old, syntax.UnaryTests)
        inputs = arriving if tests else [None]
        if inputs is None or None in lists:
            return False
        columns = [each for each in (*lists, inputs) if each is not None]
        if prod(map(len, columns)) > MOST_CASES:
            return False
        try:
            return all(
                self._agree(old, new, dict(zip(names, case[:-1], strict=True)), case[-1], given, carried)
                for case in product(*columns)
            )
        except (FeelLimit, FeelUnsupported):
            return False

    def _agree(
        self,
        old: syntax.Node,
        new: syntax.Node,
        scope: Mapping[str, object],
        value: object,
        given: bool,
        carried: bool,
    ) -> bool:
        mapped = {
            name: self.revalued.mapped(each) if name in self.known else each for name, each in scope.items()
        }
        if isinstance(old, syntax.UnaryTests):
            after = self.revalued.mapped(value) if carried else value
            return compile_unary_tests(old)(value, scope) is compile_unary_tests(new)(after, mapped)
        before, after = compile_expression(old)(scope), compile_expression(new)(mapped)
        return repr(self.revalued.mapped(before) if given else before) == repr(after)


def _tests_input(tree: syntax.Node) -> bool:
    return (isinstance(tree, syntax.UnaryTests) and bool(tree.tests)) or mentions_input(tree)
