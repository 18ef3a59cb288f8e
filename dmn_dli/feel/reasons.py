"""Why a value is null: what the running FEEL notes where a null arises, and who gathers it.

Whatever has no value is null (DMN 1.5, sections 7.3.2 and 10.3.2.15), which tells nobody what went wrong. So
each place where a null arises notes why, in words of FEEL. The note is put in words only where somebody
gathers, and no value depends on it:

    with gathered() as reasons:
        value = expression(Watched(scope))
    if value is None:
        print(reasons.text)
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from types import FrameType
from typing import Any

from attrs import define, field, frozen

from dmn_dli.feel.fresh_stack import carried

MAXIMUM_REASONS = 20
"""How many different reasons are kept."""

MAXIMUM_NOTES = 200
"""How many notes are looked at; what comes behind them is counted and no more."""

FEEL_CODE = "<FEEL>"
"""The file name of code that was FEEL; its lines are all 1, and its columns are offsets in the text."""

_LONGEST = 40
_FEW = 5


@frozen
class Reason:
    """Why a null arose.

    text: plain words, in FEEL's terms, with the operands; no full stop at its end.
    span: start and end of what is null in the expression's text; None where that is not known, or lies in
        another expression's text.
    error: False where no more than a null operand, or a name that is not given, was handed on.
    """

    text: str
    span: tuple[int, int] | None = None
    error: bool = True


@define
class Reasons:
    """The different reasons that were noted, in the order of their first time.

    times: how often something was noted, kept or not.
    """

    kept: list[Reason] = field(factory=list)
    times: int = 0

    @property
    def errors(self) -> list[Reason]:
        """Those that are no null operand handed on."""
        return [reason for reason in self.kept if reason.error]

    @property
    def text(self) -> str:
        """What made the null: the errors, joined by `; `, else the first null handed on; "" if none said."""
        return "; ".join(dict.fromkeys(reason.text for reason in self.errors or self.kept[:1]))

    def __iter__(self) -> Iterator[Reason]:
        """The reasons kept."""
        return iter(self.kept)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self.kept)

    @property
    def full(self) -> bool:
        """Whether nothing more is kept, so that it need not be put in words."""
        return self.times >= MAXIMUM_NOTES or len(self.kept) == MAXIMUM_REASONS

    def add(self, reason: Reason) -> None:
        """Keep the reason, unless it is known or there are too many."""
        self.times += 1
        if not self.full and reason not in self.kept:
            self.kept.append(reason)


class Verbatim(str):
    """A name among the operands of a note, which stands there as it is."""

    __slots__ = ()


class _Gathering(threading.local):
    """Where this thread's reasons go; None where nobody gathers."""

    reasons: Reasons | None = None


class _Gatherers:
    """How many gather, in all threads together; where none does, nearly always, a glance is enough."""

    __slots__ = ("count", "lock")

    def __init__(self) -> None:
        self.count = 0
        self.lock = threading.Lock()

    def change(self, by: int) -> None:
        with self.lock:
            self.count += by


_HERE = carried(_Gathering())

GATHERERS = _Gatherers()
"""For the places that are asked millions of times: `if GATHERERS.count: note(…)`."""


@contextmanager
def gathered() -> Iterator[Reasons]:
    """The reasons that are noted inside the `with` block; inside another one both get them."""
    outer = _HERE.reasons
    _HERE.reasons = reasons = Reasons()
    GATHERERS.change(1)
    try:
        yield reasons
    finally:
        GATHERERS.change(-1)
        _HERE.reasons = outer
        if outer is not None:
            for reason in reasons.kept:
                outer.add(reason)


@contextmanager
def unheard() -> Iterator[None]:
    """Nobody gathers what is noted inside the `with` block: it was tried, and its null is no answer."""
    outer, _HERE.reasons = _HERE.reasons, None
    try:
        yield
    finally:
        _HERE.reasons = outer


def gathering() -> bool:
    """Whether somebody gathers, and still keeps what is noted; only then a reason is worth looking for."""
    return GATHERERS.count > 0 and _HERE.reasons is not None and not _HERE.reasons.full


def times_noted() -> int:
    """How often something was noted since the innermost `gathered` began; 0 where nobody gathers."""
    if not GATHERERS.count or _HERE.reasons is None:
        return 0
    return _HERE.reasons.times


def note(text: str, *operands: object) -> None:
    """Note why a null arises.

    text: plain words; each `{}` in it stands for an operand, in their order, where there are any.
    operands: the values at work, and names as `Verbatim`; where one is null, or a list that holds null, no
        more than that is handed on.
    """
    if not GATHERERS.count:
        return
    reasons = _HERE.reasons
    if reasons is None:
        return
    if reasons.full:
        reasons.times += 1
        return
    if operands:
        text = text.format(*(shown(operand) for operand in operands))
    reasons.add(Reason(text, _span(sys._getframe(1)), not any(map(_holds_null, operands))))


class Watched(dict[str, object]):
    """A scope in which the names that are read and not given are noted; the caller's stays as it is."""

    def get(self, name: str, default: object = None) -> Any:
        """As of every mapping."""
        reasons = _HERE.reasons
        if reasons is not None and not reasons.full and name not in self:
            reasons.add(Reason(f"`{name}` is not given", _span(sys._getframe(1)), error=False))
        return super().get(name, default)


def _holds_null(value: object) -> bool:
    return value is None or (type(value) is list and None in value)


def shown(value: object) -> str:
    """A value as a reason shows it: a literal of FEEL, cut where it is long; of large ones the kind."""
    # Imported late: most evaluations never say why.
    from dmn_dli.feel.text import to_feel
    from dmn_dli.feel.values import FunctionValue, RangeValue

    if type(value) is Verbatim:
        return str(value)
    if type(value) is list:
        few = len(value) <= _FEW and not any(type(item) in (list, dict) for item in value)
        written = f"[{', '.join(map(shown, value))}]" if few else ""
        if written and len(written) <= _LONGEST:
            return written
        return f"a list of {len(value)} item{'' if len(value) == 1 else 's'}"
    if type(value) is dict:
        return "a context"
    if type(value) is FunctionValue:
        return "a function"
    if type(value) is RangeValue:
        low = "" if value.low is None else f" from {shown(value.low)}"
        return f"a range{low}" + ("" if value.high is None else f" to {shown(value.high)}")
    if type(value) is Decimal and abs(value.adjusted()) > _LONGEST:
        return f"{value:e}"
    if type(value) is str and len(value) > _LONGEST:
        return to_feel(value[:_LONGEST])[:-1] + '…"'
    return to_feel(value)


def _span(frame: FrameType | None) -> tuple[int, int] | None:
    """The stretch of the expression's text at work; None where functions of several texts are."""
    found: tuple[int, int] | None = None
    names: Mapping[str, object] | None = None
    while frame is not None:
        if frame.f_code.co_filename == FEEL_CODE:
            if names is None:
                found, names = _columns(frame), frame.f_globals
            elif frame.f_globals is not names:
                return None
        frame = frame.f_back
    return found


def _columns(frame: FrameType) -> tuple[int, int] | None:
    places = islice(frame.f_code.co_positions(), frame.f_lasti // 2, None)
    _, _, start, end = next(places, (None, None, None, None))
    return None if start is None or end is None else (start, end)
