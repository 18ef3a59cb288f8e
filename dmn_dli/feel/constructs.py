"""What starts with a keyword: `if`, `for`, `some`, `every`, `function` (DMN 1.5, section 10.3.1.2).

`Constructs` knows the names in scope and their types; `operands.Operands` adds
all other operands. Each method reads from the reader's position and raises
FeelSyntaxError where the text does not fit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

from dmn_dli.feel import syntax
from dmn_dli.feel.characters import (
    NAME,
    NAME_RUN,
    bound_name,
    iterator_end,
    iterator_name,
    squeeze,
)
from dmn_dli.feel.environment import Environment
from dmn_dli.feel.item_types import ANY, ItemType, item_of
from dmn_dli.feel.names import Names, skip_gap
from dmn_dli.feel.reader import Reader
from dmn_dli.feel.syntax import Node, Span
from dmn_dli.feel.type_names import parse_type
from dmn_dli.feel.typing import Typing

_BEGIN_EXPRESSIONS = frozenset({"every", "for", "function", "if", "some"})

_LONGER_NAMES = 8
"""How many words `in` an iterator's name may hold."""


class Constructs(ABC):
    """Reads what binds names, and decides between expressions; knows the names in scope."""

    def __init__(self, text: str, environment: Environment) -> None:
        self.reader = Reader(text, environment.fold_case)
        self.names = Names(environment)
        self.bare_dates = environment.bare_dates

    @abstractmethod
    def expression(self) -> Node:
        """A whole expression, with any operators."""

    def here(self, start: int) -> Span:
        """The stretch from `start` to the last character taken."""
        return Span(start, self.reader.end)

    @cached_property
    def _typing(self) -> Typing:
        environment = self.names.environment
        input_type = environment.type_of("?") or ANY
        return Typing(environment, environment.all_variables, input_type=input_type)

    def type_of(self, node: Node) -> ItemType:
        """The type of what has been read, by the names in scope here."""
        return self._typing.of(node, self.names.bound())

    def if_(self, start: int) -> Node:
        """`if … then … else …`."""
        self.reader.take_keyword("if")
        condition = self.expression()
        self.reader.expect_keyword("then", "behind the condition of `if`")
        then = self.expression()
        self.reader.expect_keyword("else", "behind the `then` part")
        return syntax.If(condition, then, self.expression(), span=self.here(start))

    def _iterators(self) -> tuple[syntax.Iterator, ...]:
        iterators = []
        while True:
            start = self.reader.skip()
            name = self._iterator_name(start)
            if name is None:
                raise self.reader.error("a variable's name and the word `in`")
            self.reader.move(start + len(name))
            self.reader.expect_keyword("in", "behind the variable")
            source = self.expression()
            until = self.expression() if self.reader.take("..") else None
            spelled = squeeze(name)
            iterators.append(syntax.Iterator(spelled, source, until, span=self.here(start)))
            runs_over = self.type_of(source)
            self.names.bind(spelled, runs_over if until is not None else item_of(runs_over))
            if not self.reader.take(","):
                return tuple(iterators)

    def _iterator_name(self, start: int) -> str | None:
        """The name as written: the shortest that `in` follows, or a longer one that is used behind it.

        In `for points in total in list return points in total` the name holds the word itself. Where what
        follows the word begins as an expression alone does (`for n in every i in …`), the name has ended.
        """
        text = self.reader.text
        shortest = iterator_name().match(text, start)
        if shortest is None:
            return None
        name, longer = shortest[1], iterator_end().match(text, shortest.end())
        following = NAME.match(text, skip_gap(text, shortest.end()))
        if following is not None and following[0].casefold() in _BEGIN_EXPRESSIONS:
            return name
        for _ in range(_LONGER_NAMES):
            if longer is None:
                break
            candidate = text[start : longer.end() - len("in")].rstrip()
            if _names(squeeze(text[longer.end() :]), squeeze(candidate)):
                name = candidate
            longer = iterator_end().match(text, longer.end())
        return name

    def for_(self, start: int) -> Node:
        """`for … in … return …`."""
        self.reader.take_keyword("for")
        with self.names.scope():
            iterators = self._iterators()
            self.reader.expect_keyword("return", "behind the lists of `for`")
            with self.names.scope():
                self.names.bind("partial")
                return syntax.For(iterators, self.expression(), span=self.here(start))

    def quantified(self, start: int, *, some: bool) -> Node:
        """`some … in … satisfies …`, or `every`."""
        self.reader.take_keyword("some" if some else "every")
        with self.names.scope():
            iterators = self._iterators()
            self.reader.expect_keyword("satisfies", "behind the lists of `some` or `every`")
            condition = self.expression()
        return syntax.Quantified("some" if some else "every", iterators, condition, span=self.here(start))

    def function(self, start: int) -> Node:
        """`function(…) …`."""
        self.reader.take_keyword("function")
        self.reader.expect("(", "behind `function`")
        parameters: list[syntax.Parameter] = []
        while not self.reader.take(")"):
            if parameters:
                self.reader.expect(",", "or `)` behind the parameter")
            at = self.reader.skip()
            name = self.reader.match(bound_name())
            if name is None:
                raise self.reader.error("a parameter's name, or `)`")
            kind = (
                parse_type(self.reader, self.names.environment.type_spellings)
                if self.reader.take(":")
                else None
            )
            parameters.append(syntax.Parameter(squeeze(name[0]), kind, span=self.here(at)))
        external = self.reader.take_keyword("external")
        with self.names.scope():
            for parameter in parameters:
                self.names.bind(parameter.name, self._typing.named(parameter.type))
            body = self.expression()
        return syntax.FunctionDefinition(tuple(parameters), body, external, span=self.here(start))


def _names(text: str, name: str) -> bool:
    """Whether the name stands in the text, no part of a longer word; both have single blanks."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not NAME_RUN.match(text, end) and not (at and NAME_RUN.match(text, at - 1)):
            return True
        at = text.find(name, at + 1)
    return False
