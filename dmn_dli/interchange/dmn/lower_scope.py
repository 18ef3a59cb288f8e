"""What lowering needs to know at a place: the environment there, the model's types, and whom to tell."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import Environment
from dmn_dli.feel.errors import FeelSyntaxError
from dmn_dli.feel.inference import infer
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.parser import parse_expression, parse_unary_tests
from dmn_dli.feel.syntax import Node, NoValue, TypeName, UnaryTests
from dmn_dli.interchange.dmn.expressions import Element, LiteralExpression, Texts
from dmn_dli.interchange.dmn.lower_reporter import Reporter
from dmn_dli.interchange.dmn.lower_types import Types
from dmn_dli.interchange.dmn.names import FEEL
from dmn_dli.model.dmn_logic_codes import MODEL_SYNTAX, NEVER_A_VALUE, OTHER_LANGUAGE, OUT_OF_SCOPE
from dmn_dli.model.finding import Code
from dmn_dli.runtime.nearest import did_you_mean


@frozen
class Scope:
    """A place in a model's logic.

    where: the element of the graph that it belongs to, for messages.
    language: of texts that name none; None for FEEL.
    """

    environment: Environment
    types: Types
    reporter: Reporter
    where: str
    language: str | None = None

    def bind(self, variables: Mapping[str, ItemType]) -> Scope:
        """The place inside, where these variables are known too."""
        return evolve(self, environment=self.environment.bind(variables)) if variables else self

    def report(self, code: Code, element: Element, message: str) -> None:
        """Note a finding about the element, or about a part of it."""
        self.reporter.report(code, element, self.where, message)

    def look_over(self, tree: Node, element: Element) -> ItemType:
        """The type of the tree's value; what it reads out of scope, or can never work out, is a finding."""
        inference = infer(tree, environment=self.environment)
        for name in dict.fromkeys(unknown.name for unknown in inference.unknown_names):
            hint = did_you_mean(name, self.environment.variables)
            self.report(OUT_OF_SCOPE, element, f"it reads `{name}`, which is not in its scope.{hint}")
        for message in dict.fromkeys(problem.message for problem in inference.problems):
            self.report(NEVER_A_VALUE, element, f"{message}; that part is null.")
        return inference.item_type

    def type_of(self, tree: Node) -> ItemType:
        """The type of the tree's value, as far as it can be told here."""
        return infer(tree, environment=self.environment).item_type

    def as_type(self, tree: Node, reference: str | None) -> Node:
        """The tree, its value of the type of that name or null."""
        return converted(tree, self.types.of(reference))

    def expression(self, text: LiteralExpression) -> Node:
        """The tree of a text; null, and a finding, where it is none."""
        if not self._is_feel(text, text.language):
            return NoValue("it is written in another language than FEEL")
        if not text.text.strip():
            return NoValue("there is no expression")
        try:
            tree = parse_expression(text.text, self.environment).tree
        except FeelSyntaxError as error:
            return NoValue(self._syntax(text, text.text, error))
        return tree

    def tests(self, texts: Texts | None, input_type: ItemType) -> UnaryTests | None:
        """The unary tests of a cell, none where it is empty; None, and a finding, where it is no FEEL."""
        if texts is None or not texts.text.strip():
            return UnaryTests(())
        if not self._is_feel(texts, texts.language):
            return None
        inner = self.environment.bind({"?": input_type})
        try:
            tree = parse_unary_tests(texts.text, inner).tree
        except FeelSyntaxError as error:
            self._syntax(texts, texts.text, error)
            return None
        return tree if isinstance(tree, UnaryTests) else None

    def type_name(self, reference: str | None) -> TypeName | None:
        """A parameter's type by the name that the environment knows it by."""
        if not reference:
            return None
        type_ = self.types.of(reference)
        known = reference in self.environment.types
        return TypeName(reference if known else type_.basic.value)

    def _is_feel(self, element: Element, language: str | None) -> bool:
        spoken = language or self.language
        if spoken is None or spoken == FEEL:
            return True
        self.report(OTHER_LANGUAGE, element, f"an expression is written in `{spoken}`; its value is null.")
        return False

    def _syntax(self, element: Element, text: str, error: FeelSyntaxError) -> str:
        found = text[error.span.start : error.span.end].strip()
        at = f" at `{_short(found)}`" if found and found != text.strip() else ""
        message = f"`{_short(text.strip())}` is not FEEL{at}: {error.message}"
        self.report(MODEL_SYNTAX, element, f"{message}; its value is null.")
        return message


def converted(tree: Node, type_: ItemType) -> Node:
    """The tree, its value of that type or null; the tree itself where the type says nothing."""
    return tree if type_ == ANY or type_.basic is FeelType.NULL else Conversion(tree, type_)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
