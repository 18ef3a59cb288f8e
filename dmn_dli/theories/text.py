"""Text: into which classes conditions such as `starts with` part all strings.

    substring(code, 1, 3) in ("E10", "E11")    code starts with "E10", with "E11"; it has a character at all

What a clause asks of a text becomes *marks*: conditions on the text that together settle the clause's place.
The classes that marks make of all strings are found in `tables.text_classes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from math import prod

from dmn_dli.feel import children, constant_value, free_names, is_constant, syntax
from dmn_dli.feel.builtins.registry import REGISTRY
from dmn_dli.feel.conditions import is_condition
from dmn_dli.feel.replacing import replaced
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.constants import NotAnalysable, scalars_of
from dmn_dli.tables.text_classes import MOST_CLASSES, text_classes
from dmn_dli.theories.one_fact import cuts
from dmn_dli.theories.text_patterns import pattern_marks

_LONGEST = 1_000
"""How long a text may have to be that a class needs as its sample."""

_LENGTH = Fact("#length", "", FactType.INTEGER)
"""Stands for the length of a text: a number of which other theories know where expressions over it change."""

_SIGMAS = frozenset("σς")
"""Small letters that stand for one capital letter, depending on what follows: no class tells that."""

_KINDS = {"starts with": "starts", "ends with": "ends", "contains": "contains"}


def marks_of(subject: syntax.Node, name: str, constants: frozenset[object]) -> frozenset[Mark]:
    """The marks of a text that settle where `subject` lies among `constants`.

    subject: reads the fact `name` alone. Where it is a condition, constants are empty: then its answer is
    settled. Texts that answer all the marks alike make it alike: equal to the same constant, or null.

    Raises NotAnalysable where it asks something else of the text.
    """
    found = frozenset(_Marks(name).of(subject, constants))
    if any(mark.case == "lower" and _SIGMAS & set(mark.text) for mark in found):
        raise NotAnalysable
    if any(mark.number + len(mark.text) > _LONGEST for mark in found):
        raise NotAnalysable
    return frozenset(mark for mark in found if not _is_trivial(mark))


def affordable(marks: Collection[Mark]) -> bool:
    """Whether marks make few enough classes of all texts."""
    lengths = sum(mark.kind == "length" for mark in marks)
    first = sum(mark.kind in ("starts", "is") and not mark.number and not mark.case for mark in marks)
    others = len(marks) - lengths - first
    # Of beginnings, and whole texts, the longest that holds tells which others do.
    if prod((1 + lengths, 1 + first, 2 ** min(others, 10))) <= MOST_CLASSES:
        return True
    try:
        text_classes(marks, (), named=False)
    except NotAnalysable:
        return False
    return True


def _is_trivial(mark: Mark) -> bool:
    """Whether a mark holds of every text."""
    return mark.number < 1 if mark.kind == "length" else not mark.text and mark.kind != "is"


class _Marks:
    """The marks of subjects over one text."""

    def __init__(self, name: str) -> None:
        self.name = name

    def of(self, tree: syntax.Node, constants: Collection[object] = ()) -> Iterator[Mark]:
        """What settles a tree's place among constants; without these, its answer. Raises NotAnalysable."""
        if self.name not in free_names(tree):
            return
        if not constants and not is_condition(tree, lambda name: False):  # noqa: ARG005 - as in questions
            raise NotAnalysable
        case = self._case(tree)
        texts = sorted(constant for constant in constants if isinstance(constant, str))
        if case is not None and constants:
            yield from (Mark("is", text, case=case) for text in texts)
            return
        match tree:
            case syntax.Invocation(syntax.Name(function)) if function in REGISTRY:
                yield from self._of_call(function, tree, constants, texts)
            case syntax.Comparison("=" | "!=", left, right) if is_constant(right):
                yield from self.of(left, _constants(right))
            case syntax.Comparison("=" | "!=", left, right) if is_constant(left):
                yield from self.of(right, _constants(left))
            case _:
                yield from self._of_length(tree, constants)

    def _case(self, tree: syntax.Node) -> str | None:
        """In which case a tree gives the text itself, blank for its own; None where it is another value."""
        match tree:
            case syntax.Name(self.name):
                return ""
            case syntax.Invocation(syntax.Name("upper case" | "lower case" as function)):
                found = _arguments(function, tree).get("string")
                return function.removesuffix(" case") if found == syntax.Name(self.name) else None
        return None

    def _of_call(
        self, function: str, call: syntax.Invocation, constants: Collection[object], texts: list[str]
    ) -> Iterator[Mark]:
        given = _arguments(function, call)
        text = given.get("string", given.get("input"))
        case = None if text is None else self._case(text)
        known = {each: _value(tree) for each, tree in given.items() if is_constant(tree)}
        if case is None or len(known) != len(given) - 1:
            if function == "list contains":
                yield from self._of_list(given)
            else:
                yield from self._of_length(call, constants)
            return
        if None in known.values() and function != "matches":
            return  # of a text and null there is nothing but null
        match function:
            case "starts with" | "ends with" | "contains":
                match_ = known["match"]
                if isinstance(match_, str):
                    yield Mark(_KINDS[function], match_, case=case)
            case "matches":
                yield from pattern_marks(known["pattern"], known.get("flags"), case)
            case "substring":
                yield from _of_substring(known["start position"], known.get("length"), texts, case)
            case "substring before":
                yield from _before(known["match"], texts, case)
            case _:
                yield from self._of_length(call, constants)

    def _of_list(self, given: Mapping[str, syntax.Node]) -> Iterator[Mark]:
        """Whether the text is an item of a list."""
        items, element = given.get("list"), given.get("element")
        case = None if element is None else self._case(element)
        if case is None or items is None or not is_constant(items):
            raise NotAnalysable
        found = _value(items)
        yield from (
            Mark("is", each, case=case)
            for each in (found if isinstance(found, list) else [found])
            if isinstance(each, str)
        )

    def _of_length(self, tree: syntax.Node, constants: Collection[object]) -> Iterator[Mark]:
        """Where only the length is asked for, or parts that are conditions."""
        number = syntax.Name(_LENGTH.name)
        rest = self._with_length(tree, number)
        if self.name not in free_names(rest):
            for point in cuts(rest, _LENGTH, frozenset(constants)):
                if isinstance(point, Decimal) and -1 <= point < _LONGEST:
                    least = int(point.to_integral_value(rounding="ROUND_CEILING"))
                    yield Mark("length", number=least)
                    yield Mark("length", number=least + (least == point))
                elif isinstance(point, Decimal) and point >= 0:
                    raise NotAnalysable
            return
        if not is_condition(tree, lambda name: False):  # noqa: ARG005
            raise NotAnalysable
        for child in children(tree):
            yield from self.of(child)

    def _with_length(self, tree: syntax.Node, number: syntax.Node) -> syntax.Node:
        """A tree with a number in place of the text's length."""
        if self.name not in free_names(tree):
            return tree
        match tree:
            case syntax.Invocation(syntax.Name("string length")):
                if _arguments("string length", tree).get("string") == syntax.Name(self.name):
                    return number
        return replaced(tree, {id(child): self._with_length(child, number) for child in children(tree)})


def _of_substring(start: object, length: object, texts: Iterable[str], case: str) -> Iterator[Mark]:
    """Which of the texts `substring` gives; null where the text does not reach so far."""
    if not isinstance(start, Decimal) or not isinstance(length, Decimal | None):
        return
    first, most = int(start), None if length is None else int(length)
    if not first or (most is not None and most < 1):
        return
    if case and first not in (1, -1):
        raise NotAnalysable  # one letter may be several capital ones, so that places are others
    yield Mark("length", number=abs(first))
    if first < 0 and most is not None and most < -first:
        raise NotAnalysable
    for text in texts:
        if first < 0:
            if len(text) == -first:
                yield Mark("ends", text, case=case)
        elif text and most == len(text):
            yield Mark("starts", text, first - 1, case)
        elif text and (most is None or len(text) < most):
            yield Mark("is", text, first - 1, case)


def _before(match: object, texts: Iterable[str], case: str) -> Iterator[Mark]:
    """Which of the texts `substring before` gives; the empty one also where there is no match."""
    if not isinstance(match, str) or not match:
        return
    for text in texts:
        if (text + match).find(match) == len(text):
            yield Mark("starts", text + match, case=case)
        if not text:
            yield Mark("contains", match, case=case)


def _arguments(function: str, call: syntax.Invocation) -> dict[str, syntax.Node]:
    """The arguments of a call by the names of the parameters; empty where it has others."""
    for overload in REGISTRY[function].overloads:
        names = [formal.name for formal in overload.formals]
        if call.named:
            given = dict(call.named)
            if overload.placed(given) is not None:
                return given
        elif overload.admits(len(call.arguments)) and not overload.variadic:
            return dict(zip(names, call.arguments, strict=False))
    return {}


def _value(tree: syntax.Node) -> object:
    return tree.value if isinstance(tree, syntax.Known) else constant_value(tree)


def _constants(tree: syntax.Node) -> frozenset[object]:
    """The constants that a value is compared with; null, of which all texts are unlike, where it has none."""
    return frozenset(scalars_of(_value(tree))) or frozenset({None})
