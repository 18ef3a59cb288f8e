"""Test cases of the kit as frozen data, and how its files say them (`testCases.xsd`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from attrs import frozen

from dmn_dli.interchange.dmn.safe_xml import Unparsable, parsed
from dmn_dli.interchange.tck.values import BadValue, tag_of, value_of
from dmn_dli.runtime.bounded_files import MODEL_BYTES, read_within

if TYPE_CHECKING:
    from lxml.etree import _Element

Invoked: TypeAlias = Literal["decision", "bkm", "decisionService"]


class BadTestFile(Exception):
    """A file of test cases that cannot be read; the message is a whole sentence."""


@frozen
class Given:
    """A fact of a case: the name of an input or a decision, and its FEEL value.

    namespace: of the model that holds it, where the case names one.
    """

    name: str
    value: object
    namespace: str | None = None


@frozen
class Expected:
    """What a decision of that name must give. error: the case says that the null comes of an error."""

    name: str
    value: object
    error: bool = False


@frozen
class TestCase:
    """One case; invoked: what `name` says, the name of a service or a function, "" for decisions."""

    id: str
    description: str
    given: tuple[Given, ...]
    expected: tuple[Expected, ...]
    kind: Invoked = "decision"
    invoked: str = ""

    __test__ = False  # no test of pytest's

    @property
    def value_due(self) -> bool:
        """Whether anything but null is expected, so that an engine that answers null to all fails."""
        return any(each.value is not None for each in self.expected)


@frozen
class TestFile:
    """The cases of one file, and the file of the model that they are about."""

    path: Path
    model: str
    cases: tuple[TestCase, ...]

    __test__ = False


def read_test_file(path: Path) -> TestFile:
    """The file's cases. Raises BadTestFile where it cannot be read, or says what the kit does not know."""
    try:
        root = parsed(read_within(path, MODEL_BYTES))
        if tag_of(root) != "testCases":
            raise BadTestFile(f"{path}: its outermost element is `{tag_of(root)}`, not `testCases`.")
        model = _text(root, "modelName") or f"{path.parent.name}.dmn"
        cases = tuple(_case(element) for element in _children(root, "testCase"))
    except OSError as error:
        raise BadTestFile(f"{path} cannot be read: {error.strerror}.") from None
    except Unparsable as error:
        raise BadTestFile(f"{path}, line {error.line}: {error.message}") from None
    except BadValue as error:
        raise BadTestFile(f"{path}, line {error.line}: {error}.") from None
    return TestFile(path, model, cases)


def _case(element: _Element) -> TestCase:
    given = tuple(
        Given(node.get("name", ""), value_of(node), node.get("namespace"))
        for node in _children(element, "inputNode")
    )
    expected = tuple(_expected(node) for node in _children(element, "resultNode"))
    kind = cast("Invoked", element.get("type", "decision"))
    name = element.get("invocableName", "")
    return TestCase(element.get("id", ""), _text(element, "description"), given, expected, kind, name)


def _expected(node: _Element) -> Expected:
    found = next(_children(node, "expected"), None)
    value = None if found is None else value_of(found)
    return Expected(node.get("name", ""), value, node.get("errorResult") == "true")


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if tag_of(child) == name)


def _text(element: _Element, name: str) -> str:
    found = next(_children(element, name), None)
    return (found.text or "").strip() if found is not None else ""
