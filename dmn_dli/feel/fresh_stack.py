"""Work that lies deeper than Python's own stack: it goes on in a thread, which has a stack of its own.

Python ends whatever lies about a thousand calls deep, counted from where the program began: so it would hang
on the caller whether a text is read or a function may call itself. Each thread has the same thousand again,
and memory of its own for them. The one thread waits for the other; nothing runs at the same time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_Local = TypeVar("_Local", bound=threading.local)

_CARRIED: list[threading.local] = []


class NoFurtherStackError(Exception):
    """The system has no further thread."""


def carried(local: _Local) -> _Local:
    """What the thread has in `local` goes with the work to a fresh stack, and comes back from it."""
    _CARRIED.append(local)
    return local


def on_fresh_stack(function: Callable[..., _R], *arguments: Any, **named: Any) -> _R:
    """What the function gives, called in a thread of its own.

    Raises what it raises, and NoFurtherStackError.
    """
    given = _held()

    def work() -> _R:
        _take(given)
        try:
            return function(*arguments, **named)
        finally:
            given[:] = _held()

    with ThreadPoolExecutor(1, "FEEL") as thread:
        try:
            future = thread.submit(copy_context().run, work)
        except RecursionError:
            raise
        except RuntimeError:
            raise NoFurtherStackError from None
        try:
            return future.result()
        finally:
            _take(given)
            del future  # the error that it may hold names this frame


def _held() -> list[dict[str, Any]]:
    return [dict(local.__dict__) for local in _CARRIED]


def _take(given: list[dict[str, Any]]) -> None:
    for local, values in zip(_CARRIED, given, strict=True):
        local.__dict__.update(values)


def deep(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, which begins anew on a fresh stack where the caller's does not do.

    It must have no effect but its value. Raises RecursionError where a fresh stack does not do either, or
    there is none.
    """

    @wraps(function)
    def tried(*arguments: _P.args, **named: _P.kwargs) -> _R:
        try:
            return function(*arguments, **named)
        except RecursionError:
            try:
                return on_fresh_stack(function, *arguments, **named)
            except NoFurtherStackError:
                raise RecursionError from None

    return tried
