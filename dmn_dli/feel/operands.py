"""The operands of FEEL expressions: literals, names, brackets, contexts, arguments (DMN 1.5, 10.3.1.2).

`Operands` reads what can stand between operators; `grammar.Grammar` adds the
operators and unary tests. Each method reads from the reader's position and
raises FeelSyntaxError where the text does not fit.
"""

from __future__ import annotations

from abc import abstractmethod

from dmn_dli.feel import syntax
from dmn_dli.feel.characters import (
    BARE_DATE,
    argument_name,
    bound_name,
    squeeze,
)
from dmn_dli.feel.constructs import Constructs
from dmn_dli.feel.decimals import read_number
from dmn_dli.feel.errors import FeelSyntaxError
from dmn_dli.feel.names import extended, unknown_name
from dmn_dli.feel.spellings import Reading
from dmn_dli.feel.syntax import Node

_A_VALUE = "a value, such as a number, a text in quotes or a name"
_RANGE_CLOSERS = frozenset({"]", ")", "["})


class Operands(Constructs):
    """Reads operands."""

    @abstractmethod
    def bound(self) -> Node:
        """An upper bound of a range: `[` behind it may close the range."""

    def operand(self) -> Node:
        """A literal, a name, a bracketed expression, or an expression that starts with a keyword."""
        start = self.reader.skip()
        node = self._word_or_name(start) or self._literal(start) or self._bracket(start)
        if node is not None:
            return node
        match self.reader.keyword():
            case "true" | "false" as word:
                self.reader.take_keyword(word)
                return syntax.BooleanLiteral(word == "true", span=self.here(start))
            case "null":
                self.reader.take_keyword("null")
                return syntax.NullLiteral(span=self.here(start))
            case "if":
                return self.if_(start)
            case "for":
                return self.for_(start)
            case "some" | "every" as word:
                return self.quantified(start, some=word == "some")
            case "function":
                return self.function(start)
        unknown = unknown_name(self.reader.text, start)
        if unknown is None:
            raise self.reader.error(_A_VALUE)
        return self._taken(start, unknown)

    def _word_or_name(self, start: int) -> Node | None:
        text = self.reader.text
        name = self.names.name(text, start)
        word = self.names.word(text, start)
        if word is not None and (name is None or word.end >= name.end):
            return self._word(start, word)
        if name is None:
            return None
        return self._taken(start, extended(text, start, name))

    def _word(self, start: int, word: Reading) -> Node:
        longer = extended(self.reader.text, start, word)
        if longer is not word:
            return self._taken(start, longer)
        self.reader.move(word.end)
        if isinstance(word.value, bool):
            return syntax.BooleanLiteral(word.value, span=self.here(start))
        if word.value.casefold() == word.written.casefold() and word.value != word.written:
            self.reader.repaired(start, word.end, word.value)
        return syntax.StringLiteral(word.value, span=self.here(start))

    def _taken(self, start: int, reading: Reading) -> Node:
        self.reader.move(reading.end)
        name = str(reading.value)
        if name != reading.written and name.casefold() == reading.written.casefold():
            self.reader.repaired(start, reading.end, name)
        return syntax.Name(name, span=self.here(start))

    def _literal(self, start: int) -> Node | None:
        reader = self.reader
        if self.bare_dates and (date := reader.match(BARE_DATE)):
            return syntax.TemporalLiteral(date[0], span=self.here(start))
        if (digits := reader.number()) is not None:
            value = read_number(digits)
            if value is None:
                raise FeelSyntaxError(f"the number `{digits}` is too large", self.here(start))
            return syntax.NumberLiteral(value, span=self.here(start))
        if (string := reader.string()) is not None:
            return syntax.StringLiteral(string, span=self.here(start))
        if reader.take("?"):
            return syntax.InputValue(span=self.here(start))
        if reader.take("@"):
            text = reader.string()
            if text is None:
                raise reader.error('a date, time or duration in quotes behind @, such as @"2025-02-12"')
            return syntax.TemporalLiteral(text, span=self.here(start))
        return None

    def _bracket(self, start: int) -> Node | None:
        match self.reader.symbol():
            case "(":
                return self._parenthesis(start)
            case "[":
                return self._list_or_range(start)
            case "]":
                self.reader.take("]")
                return self.range_from(start, self.expression(), low_closed=False)
            case "{":
                return self._context(start)
        return None

    def _parenthesis(self, start: int) -> Node:
        self.reader.take("(")
        if (operator := self.reader.symbol()) in ("<", "<=", ">", ">=", "=", "!="):
            return self._open_range(start, operator)
        inner = self.expression()
        if self.reader.symbol() == "..":
            return self.range_from(start, inner, low_closed=False)
        self.reader.expect(")", "to close the parenthesis")
        return inner

    def _open_range(self, start: int, operator: str) -> Node:
        self.reader.take(operator)
        operand = self.expression()
        self.reader.expect(")", "to close the parenthesis")
        span = self.here(start)
        if operator in ("=", "!="):
            closed = operator == "="
            return syntax.Range(operand, None, closed, closed, "=" if closed else "!=", span=span)
        if operator in ("<", "<="):
            return syntax.Range(None, operand, low_closed=False, high_closed=operator == "<=", span=span)
        return syntax.Range(operand, None, low_closed=operator == ">=", high_closed=False, span=span)

    def range_from(self, start: int, low: Node, *, low_closed: bool) -> Node:
        """The range whose lower bound has been read, from its two dots on."""
        self.reader.expect("..", "between the two ends of the range")
        high = self.bound()
        closer = self.reader.symbol()
        if closer not in _RANGE_CLOSERS:
            raise self.reader.error("`]` or `)` to close the range")
        self.reader.take(closer)
        return syntax.Range(low, high, low_closed, closer == "]", span=self.here(start))

    def _list_or_range(self, start: int) -> Node:
        self.reader.take("[")
        items: list[Node] = []
        if self.reader.take("]"):
            return syntax.ListLiteral((), span=self.here(start))
        items.append(self.expression())
        if self.reader.symbol() == "..":
            return self.range_from(start, items[0], low_closed=True)
        while self.reader.take(","):
            items.append(self.expression())
        self.reader.expect("]", "to close the list")
        return syntax.ListLiteral(tuple(items), span=self.here(start))

    def _context(self, start: int) -> Node:
        self.reader.take("{")
        entries: list[tuple[str, Node]] = []
        with self.names.scope():
            while not self.reader.take("}"):
                if entries:
                    self.reader.expect(",", "or `}` behind the entry")
                key = self._key()
                self.names.key(key)
                entries.append((key, self.expression()))
                self.names.bind(key, self.type_of(entries[-1][1]))
        return syntax.ContextLiteral(tuple(entries), span=self.here(start))

    def _key(self) -> str:
        key = self.reader.string()
        if key is None:
            found = self.reader.match(bound_name())
            if found is None:
                raise self.reader.error("the name of an entry, or `}`")
            key = squeeze(found[0])
        self.reader.expect(":", "between the entry's name and its value")
        return key

    def arguments(self, start: int, function: Node) -> Node:
        """The arguments of an invocation, from its opening parenthesis on."""
        self.reader.take("(")
        positional: list[Node] = []
        named: list[tuple[str, Node]] = []
        while not self.reader.take(")"):
            if positional or named:
                self.reader.expect(",", "or `)` behind the argument")
            name = self.reader.match(argument_name()) if not positional else None
            if name is not None:
                named.append((squeeze(name[1]), self.expression()))
            elif named:
                raise self.reader.error("a name and `:` before the argument, as the other arguments have")
            else:
                positional.append(self.expression())
        return syntax.Invocation(function, tuple(positional), tuple(named), span=self.here(start))
