"""What an evaluation may take: steps, items of a list, characters of a text, values inside values, calls.

Every evaluation ends. What would take more than this is no value but a `FeelLimit`, in words, which the
rooms above turn into a finding or an error record with its place; it is never null.

One step is about a microsecond of work: a turn of `for`, `some`, `every` or a filter, a call, eight items or
characters that a function looks at. The count depends on the values alone, never on the machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from dmn_dli.feel.fresh_stack import NoFurtherStackError, carried, on_fresh_stack

MAXIMUM_STEPS = 1_000_000
MAXIMUM_STEPS_TOGETHER = 2_000_000
MAXIMUM_STEPS_OF_A_CONSTANT = 100_000
MAXIMUM_ITEMS = 100_000
MAXIMUM_TEXT = 1_000_000
MAXIMUM_DEPTH = 100
MAXIMUM_CALLS = 5_000

_SHARE = 8
"""How many items or characters a function looks at in one step."""

_CALL = 8
"""How many steps the call of a function takes that FEEL defines, what it does not counted."""

_CALLS_A_STACK = 40
"""How many calls inside each other one stack takes; a call that does little may lie deeper than that."""

_MORE_STACKS = 8
"""The same where that was too many: calls that do much between one and the next."""

_FRESH_STACK = 100
"""How many steps a fresh stack takes."""

NODES_A_STEP = 4
"""How many nodes of the syntax tree are worked out in one step, where they are at each turn or call."""

SHORT = 64
"""Texts and lists of no more than this are made at the expense of the step that makes them."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


class FeelLimit(Exception):
    """FEEL that is not worked out: it would take more than its budget.

    message: plain words, which stand behind a colon.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class _Meter(threading.local):
    """What the evaluation of this thread has left; idle where none is under way."""

    active = False
    left = 0
    calls = 0
    together: int | None = None
    most = MAXIMUM_STEPS
    calls_a_stack = _CALLS_A_STACK


_METER = carried(_Meter())


def metered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function as an evaluation with a budget of its own; called within another it shares that one's."""

    def evaluation(*arguments: _P.args, **named: _P.kwargs) -> _R:
        if _METER.active:
            return function(*arguments, **named)
        granted = _METER.most if _METER.together is None else min(_METER.most, _METER.together)
        _METER.active, _METER.left, _METER.calls = True, granted, 0
        try:
            value = function(*arguments, **named)
            bounded(value)
        except RecursionError:
            # How deep the caller's own stack is must not decide whether there is a value.
            _METER.left, _METER.calls = granted, 0
            value = _anew(function, *arguments, **named)
        finally:
            _METER.active = False
            if _METER.together is not None:
                _METER.together -= granted - max(_METER.left, 0)
        return value

    return evaluation


def _anew(function: Callable[_P, _R], *arguments: _P.args, **named: _P.kwargs) -> _R:
    _METER.calls_a_stack = _MORE_STACKS
    try:
        value = on_fresh_stack(function, *arguments, **named)
        bounded(value)
    except (RecursionError, NoFurtherStackError):
        raise FeelLimit("this lies too deep inside itself, or calls itself without end") from None
    finally:
        _METER.calls_a_stack = _CALLS_A_STACK
    return value


@contextmanager
def together() -> Iterator[None]:
    """What is worked out inside, where a workbook is linked or looked into, has one budget in all.

    One case takes what it takes; but a question about all cases asks for thousands.
    """
    outer = _METER.together
    if outer is None:
        _METER.together = MAXIMUM_STEPS_TOGETHER
    try:
        yield
    finally:
        if outer is None:
            _METER.together = None


@contextmanager
def constant() -> Iterator[None]:
    """What is worked out inside reads nothing: it may take little, and the same whatever else was asked."""
    outer = _METER.together, _METER.most
    _METER.together, _METER.most = None, MAXIMUM_STEPS_OF_A_CONSTANT
    try:
        yield
    finally:
        _METER.together, _METER.most = outer


def charge(steps: int = 1) -> None:
    """Take steps from the evaluation under way. Raises FeelLimit where it has none left."""
    _METER.left -= steps
    if _METER.left >= 0 or not _METER.active:
        return
    if _METER.together is None or _METER.together > _METER.most:
        what, most = "working this out takes", _METER.most
    else:
        what, most = "the cells of the workbook take, all cases together,", MAXIMUM_STEPS_TOGETHER
    raise FeelLimit(
        f"{what} more than {most:,} steps; let lists be shorter, or split it into several decisions"
    )


def charge_for(value: object) -> None:
    """Take the steps that a function needs to look at a list, context or text as a whole."""
    if isinstance(value, list | str):
        charge(len(value) // _SHARE)
    elif isinstance(value, dict):
        charge(len(value))


def weighed(steps: int, value: _R) -> _R:
    """The value, which took so many steps besides."""
    charge(steps)
    return value


def made(value: _R) -> _R:
    """The list, text or context that was made. Raises FeelLimit where it is too long, or one too many.

    What is made takes memory: so all that is made takes steps.
    """
    if isinstance(value, list):
        limit_items(len(value))
    elif isinstance(value, str):
        limit_text(len(value))
    if isinstance(value, list | str | dict) and len(value) > SHORT:
        charge_for(value)
    return value


def limit_text(length: int) -> None:
    """Raise FeelLimit where a text of that many characters is too long."""
    if length > MAXIMUM_TEXT:
        raise FeelLimit(f"this makes a text of more than {MAXIMUM_TEXT:,} characters")


def limit_items(length: int) -> None:
    """Raise FeelLimit where a list of that many items is too long."""
    if length > MAXIMUM_ITEMS:
        raise FeelLimit(f"this makes a list of more than {MAXIMUM_ITEMS:,} items")


def bounded(value: object) -> None:
    """Raise FeelLimit where lists and contexts lie too deep inside each other, or hold too much in all."""
    level: list[Any] = [value] if isinstance(value, list | dict) else []
    depth = 0
    while level:
        depth += 1
        if depth > MAXIMUM_DEPTH:
            raise FeelLimit(f"lists lie inside lists more than {MAXIMUM_DEPTH} deep")
        inside: list[Any] = []
        for outer in level:
            items = outer.values() if isinstance(outer, dict) else outer
            texts = sum(len(item) for item in items if isinstance(item, str))
            charge(2 + (len(items) + texts) // _SHARE)
            inside += [item for item in items if isinstance(item, list | dict)]
            if len(inside) > MAXIMUM_STEPS:
                raise FeelLimit("lists inside lists hold too many items in all")
        level = inside


def called(body: Callable[..., object]) -> Callable[..., object]:
    """A function that FEEL defines, each call of it counted. Calls raise FeelLimit where there is no end."""

    def counted(*arguments: object) -> object:
        charge(_CALL)
        calls = _METER.calls + 1
        if calls > MAXIMUM_CALLS:
            raise _too_many_calls()
        _METER.calls = calls
        try:
            if calls % _METER.calls_a_stack:
                return body(*arguments)
            charge(_FRESH_STACK)
            return on_fresh_stack(body, *arguments)
        except NoFurtherStackError:
            raise _too_many_calls() from None
        finally:
            _METER.calls = calls - 1

    return counted


def _too_many_calls() -> FeelLimit:
    return FeelLimit(f"a function calls itself more than {MAXIMUM_CALLS:,} times over, or without end")
