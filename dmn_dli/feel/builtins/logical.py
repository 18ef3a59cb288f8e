"""Boolean functions and identity (DMN 1.5, sections 10.3.4.2 and 10.3.4.6)."""

from __future__ import annotations

from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.comparison import feel_equal
from dmn_dli.feel.logic import conjunction, disjunction, negation
from dmn_dli.feel.temporal_values import DateTimeValue, TimeValue


@builtin("not", "negand: boolean|null", "boolean")
def not_(negand: object) -> bool | None:
    """`not(true)` is false; null for what is no boolean."""
    return negation(negand)


def _every(items: list[object]) -> bool | None:
    answer: bool | None = True
    for item in items:
        answer = conjunction(answer, item)
    return answer


def _some(items: list[object]) -> bool | None:
    answer: bool | None = False
    for item in items:
        answer = disjunction(answer, item)
    return answer


@builtin("all", "list: list", "boolean")
def all_of(items: list[object]) -> bool | None:
    """True where every item is true, false where one is false, else null; true for no item."""
    return _every(items)


@builtin("all", "b...: Any", "boolean")
def all_of_arguments(*items: object) -> bool | None:
    """As the list of the arguments."""
    return _every(list(items))


@builtin("any", "list: list", "boolean")
def any_of(items: list[object]) -> bool | None:
    """True where an item is true, false where every one is false, else null; false for no item."""
    return _some(items)


@builtin("any", "b...: Any", "boolean")
def any_of_arguments(*items: object) -> bool | None:
    """As the list of the arguments."""
    return _some(list(items))


@builtin("is", "value1?: Any, value2?: Any", "boolean")
def is_same(left: object = None, right: object = None) -> bool:
    """Whether both are the same value of the same type; times in different zones are not the same."""
    if type(left) is not type(right):
        return False
    if isinstance(left, TimeValue | DateTimeValue):
        return left == right
    return feel_equal(left, right) is True
