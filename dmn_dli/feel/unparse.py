"""Writes a syntax tree as FEEL text that parses to the same tree (DMN 1.5, section 10.3.1.2).

The text is the standard's own: words in quotes, keywords in small letters, no date without its mark. Brackets
stand where the grammar needs them, and where readers of FEEL do not agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.text import key_text, number_text, to_feel

# How tightly a construct holds together, loosest first; what is looser than its place allows gets brackets.
(
    _OPEN,  # reaches as far to the right as it can: if, for, some, every, function
    _OR,
    _AND,
    _INSTANCE,  # its type takes what follows it
    _COMPARISON,
    _SUM,
    _PRODUCT,
    _POWER,
    _SIGN,
    _BEHIND,  # a path, a filter or arguments may be hung behind it
) = range(10)

_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


def unparse(tree: Node, *, marked_dates: bool = True) -> str:
    """The text of an expression, or of unary tests.

    Names are written as they stand: who changes environments renames them first. marked_dates: write `@"…"`;
    without it dates, times and durations are calls of their functions (`date("…")`), which older tools need
    and which then stand in the tree that is read back.

    Raises TypeError for what has no text: a decision table, and a filter, `some` or `every` of a box,
    which is strict where its parts as text are not.
    """
    return _Writer(marked_dates).whole(tree)


class _Writer:
    def __init__(self, marked_dates: bool) -> None:
        self._marked = marked_dates

    def whole(self, tree: Node) -> str:
        return self._tests(tree) if isinstance(tree, syntax.UnaryTests) else self._at(_OPEN, tree)

    def _at(self, least: int, node: Node) -> str:
        """The text at a place that admits what holds together as tightly as `least`."""
        own, text = self._written(node)
        return text if own >= least else f"({text})"

    def _all(self, nodes: Iterable[Node]) -> str:
        return ", ".join(self._at(_OPEN, node) for node in nodes)

    def _written(self, node: Node) -> tuple[int, str]:
        match node:
            case syntax.NumberLiteral(value):
                return _number(value)
            case syntax.StringLiteral(value) | syntax.BooleanLiteral(value):
                return _BEHIND, to_feel(value)
            case syntax.NullLiteral():
                return _BEHIND, "null"
            case syntax.TemporalLiteral(text):
                return _BEHIND, self._temporal(text)
            case syntax.Name(name):
                return _BEHIND, name
            case syntax.InputValue():
                return _BEHIND, "?"
            case syntax.Range() | syntax.ListLiteral() | syntax.ContextLiteral():
                return _BEHIND, self._bracketed(node)
            case syntax.Filter(strict=True) | syntax.Quantified(strict=True):
                raise TypeError(f"a strict {type(node).__name__}, which a box is, has no text in FEEL")
            case syntax.Path() | syntax.Filter() | syntax.Invocation():
                return _BEHIND, self._hung(node)
            case syntax.InstanceOf(value, type_):
                return _INSTANCE, f"{self._at(_BEHIND, value)} instance of {type_text(type_)}"
            case syntax.If() | syntax.For() | syntax.Quantified() | syntax.FunctionDefinition():
                return _OPEN, self._open(node)
        return self._operation(node)

    def _operation(self, node: Node) -> tuple[int, str]:
        match node:
            case syntax.Negation(operand):
                return _SIGN, f"-{self._at(_BEHIND, operand)}"
            case syntax.Arithmetic("**", left, right):
                # Readers of FEEL do not agree on whether a sign binds tighter than a power.
                return (
                    _POWER,
                    f"{self._at(_BEHIND if _signed(left) else _POWER, left)} ** {self._at(_SIGN, right)}",
                )
            case syntax.Arithmetic(operator, left, right):
                level = _ARITHMETIC[operator]
                return level, f"{self._at(level, left)} {operator} {self._at(level + 1, right)}"
            case syntax.Comparison(operator, left, right):
                return _COMPARISON, f"{self._at(_COMPARISON, left)} {operator} {self._at(_SUM, right)}"
            case syntax.Between(value, low, high):
                ends = f"{self._at(_SUM, low)} and {self._at(_SUM, high)}"
                return _COMPARISON, f"{self._at(_COMPARISON, value)} between {ends}"
            case syntax.In(value, tests):
                return _COMPARISON, f"{self._at(_COMPARISON, value)} in {self._inner_tests(tests)}"
            case syntax.Conjunction(left, right):
                return _AND, f"{self._at(_AND, left)} and {self._at(_INSTANCE, right)}"
            case syntax.Disjunction(left, right):
                return _OR, f"{self._at(_OR, left)} or {self._at(_AND, right)}"
        raise TypeError(f"a {type(node).__name__} has no text in FEEL")

    def _bracketed(self, node: Node) -> str:
        match node:
            case syntax.ListLiteral(items):
                return f"[{self._all(items)}]"
            case syntax.ContextLiteral(entries):
                parts = (f"{key_text(key)}: {self._at(_OPEN, entry)}" for key, entry in entries)
                return "{" + ", ".join(parts) + "}"
            case syntax.Range(low, _, _, _, "=" | "!=" as operator) if low is not None:
                return f"({operator} {self._at(_OPEN, low)})"
            case syntax.Range(None, high, _, closed) if high is not None:
                return f"({'<=' if closed else '<'} {self._at(_OPEN, high)})"
            case syntax.Range(low, None, closed, _) if low is not None:
                return f"({'>=' if closed else '>'} {self._at(_OPEN, low)})"
            case syntax.Range(low, high, low_closed, high_closed) if low is not None and high is not None:
                end = self._at(_SUM, high)
                # A filter within the upper end could be taken for the range's open end.
                end = f"({end})" if "[" in end else end
                opening, closing = "[" if low_closed else "(", "]" if high_closed else ")"
                return f"{opening}{self._at(_OPEN, low)}..{end}{closing}"
        raise TypeError("a range without ends has no text in FEEL")

    def _hung(self, node: Node) -> str:
        """What has something hung behind it: a path, a filter, arguments."""
        match node:
            case syntax.Path(syntax.NumberLiteral(value), name):
                return f"({_number(value)[1]}).{name}"
            case syntax.Path(source, name):
                return f"{self._at(_BEHIND, source)}.{name}"
            case syntax.Filter(source, condition):
                return f"{self._at(_BEHIND, source)}[{self._at(_OPEN, condition)}]"
            case syntax.Invocation(function, arguments, named):
                given = [self._at(_OPEN, argument) for argument in arguments]
                given += [f"{name}: {self._at(_OPEN, argument)}" for name, argument in named]
                return f"{self._at(_BEHIND, function)}({', '.join(given)})"
        raise AssertionError

    def _open(self, node: Node) -> str:
        match node:
            case syntax.If(condition, then, otherwise):
                parts = (self._at(_OPEN, part) for part in (condition, then, otherwise))
                return "if {} then {} else {}".format(*parts)
            case syntax.For(iterators, body):
                return f"for {self._iterators(iterators)} return {self._at(_OPEN, body)}"
            case syntax.Quantified(quantifier, iterators, condition):
                return f"{quantifier} {self._iterators(iterators)} satisfies {self._at(_OPEN, condition)}"
            case syntax.FunctionDefinition(parameters, body, external):
                names = ", ".join(
                    parameter.name + (f": {type_text(parameter.type)}" if parameter.type else "")
                    for parameter in parameters
                )
                return f"function({names}) {'external ' if external else ''}{self._at(_OPEN, body)}"
        raise AssertionError

    def _iterators(self, iterators: Iterable[syntax.Iterator]) -> str:
        parts = []
        for each in iterators:
            until = "" if each.until is None else f"..{self._at(_OPEN, each.until)}"
            source = self._at(_OPEN, each.source) if each.until is None else self._at(_OR, each.source)
            if " in " in source:
                source = f"({source})"  # else the iterator's name might be read further
            parts.append(f"{each.name} in {source}{until}")
        return ", ".join(parts)

    def _tests(self, tests: syntax.UnaryTests) -> str:
        """A whole input cell."""
        if not tests.tests:
            return "-"
        first, *rest = (self._test(test) for test in tests.tests)
        if not tests.negated and first.startswith("not("):
            first = f"({first})"  # else the `not` would negate the whole cell
        text = ", ".join([first, *rest])
        return f"not({text})" if tests.negated else text

    def _test(self, test: syntax.ComparisonTest | syntax.ValueTest) -> str:
        if isinstance(test, syntax.ComparisonTest):
            return f"{test.operator} {self._at(_SUM, test.operand)}"
        return self._at(_OPEN, test.expression)

    def _inner_tests(self, tests: syntax.UnaryTests) -> str:
        """What stands behind `in`."""
        match tests.tests:
            case (syntax.ValueTest(expression),):
                text = self._at(_SUM, expression)
                # A bracket behind `in` opens a list of tests.
                return f"({text})" if text.startswith("(") else text
        return f"({', '.join(self._test(test) for test in tests.tests)})"

    def _temporal(self, text: str) -> str:
        if self._marked:
            return f"@{to_feel(text)}"
        return f"{_constructor(text)}({to_feel(text)})"


def _signed(node: Node) -> bool:
    return isinstance(node, syntax.Negation | syntax.NumberLiteral)


def _number(value: Decimal) -> tuple[int, str]:
    return (_SIGN if value.is_signed() else _BEHIND), ("-" if value.is_signed() else "") + number_text(
        value.copy_abs()
    )


def _constructor(text: str) -> str:
    """The function that makes the value of `@"…"` (DMN 1.5, section 10.3.4.1)."""
    if text.lstrip("-").startswith("P"):
        return "duration"
    if "T" in text.partition("@")[0]:
        return "date and time"
    return "time" if ":" in text else "date"


def type_text(type_: syntax.TypeName) -> str:
    """A type as `instance of` and parameters name it."""
    name = type_.name
    if type_.fields:
        return f"{name}<{', '.join(f'{field}: {type_text(each)}' for field, each in type_.fields)}>"
    arguments = ", ".join(map(type_text, type_.arguments))
    if type_.result is not None:
        return f"{name}<{arguments}> -> {type_text(type_.result)}"
    return f"{name}<{arguments}>" if arguments else name
