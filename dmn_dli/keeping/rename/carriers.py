"""What carries the values of a fact: the fact itself, and decisions that hand its value on."""

from __future__ import annotations

from collections.abc import Iterator, Set

from dmn_dli.feel import children, syntax
from dmn_dli.keeping.rename.reading import output_name
from dmn_dli.tables.linked import Computed, ExpressionSource, FactSource, LinkedPolicy, Source

Carriers = Set[str]
"""The names by which expressions know what holds a value of the fact."""

LITERALS = (syntax.StringLiteral, syntax.NumberLiteral)


def carriers(policy: LinkedPolicy, fact: str) -> frozenset[str]:
    """The fact, and the outputs whose expressions may give its value, decision after decision."""
    found = {fact}
    for table in policy.tables:  # in an order in which each comes after those that it requires
        for output in table.outputs:
            entries = (entry.tree for entry in output.all_entries if isinstance(entry, Computed))
            if any(carries(tree, found) for tree in entries):
                found.add(output_name(table.table, output))
    return frozenset(found)


def source_carries(source: Source, known: Carriers) -> bool:
    """Whether the values that arrive at a clause are the fact's."""
    match source:
        case FactSource(fact):
            return fact.name in known
        case ExpressionSource(tree):
            return carries(tree, known)
        case _:
            return source.name in known


def carries(tree: syntax.Node, known: Carriers, *, value: bool = False) -> bool:
    """Whether an expression may give a value of the fact, or a list of such.

    value: whether `?` holds one.
    """
    match tree:
        case syntax.Name(name):
            return name in known
        case syntax.InputValue():
            return value
        case syntax.If(_, then, otherwise):
            return carries(then, known, value=value) or carries(otherwise, known, value=value)
        case syntax.ListLiteral(items):
            return any(carries(item, known, value=value) for item in items)
    return False


def compared(
    tree: syntax.Node, known: Carriers, *, value: bool = False, given: bool = False
) -> Iterator[syntax.Node]:
    """The literals that stand for values of the fact, as far as positions tell.

    They are what is compared with a carrier, what it is looked for in, or what is passed to a function beside
    it. given: whether the expression's own value is one of the fact, as in an entry of a carrying output.
    """
    if given:
        yield from _constants(tree)
    match tree:
        case syntax.UnaryTests(tests):
            for test in tests:
                inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
                yield from compared(inner, known, value=value, given=value)
            return
        case syntax.Comparison(_, left, right) if carries(left, known, value=value) or carries(
            right, known, value=value
        ):
            for side in (left, right):
                yield from compared(side, known, value=value, given=True)
            return
        case syntax.In(subject, tests):
            yield from compared(subject, known, value=value, given=carries(subject, known, value=value))
            yield from compared(tests, known, value=carries(subject, known, value=value))
            return
        case syntax.Invocation(_, arguments, named):
            passed = [*arguments, *(argument for _, argument in named)]
            beside = any(carries(argument, known, value=value) for argument in passed)
            for argument in passed:
                yield from compared(argument, known, value=value, given=beside)
            return
    for child in children(tree):
        yield from compared(child, known, value=value)


def _constants(tree: syntax.Node) -> Iterator[syntax.Node]:
    """The literals that an expression may itself give."""
    match tree:
        case syntax.If(_, then, otherwise):
            yield from _constants(then)
            yield from _constants(otherwise)
        case syntax.ListLiteral(items):
            for item in items:
                yield from _constants(item)
        case _ if isinstance(tree, LITERALS):
            yield tree
