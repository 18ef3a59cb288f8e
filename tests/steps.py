"""Work that is counted, where a test must hold that something ends soon: steps are alike on every machine."""

from __future__ import annotations

import sys
from types import FrameType, TracebackType
from typing import Any, Self


class AtMost:
    """A block that may take so many steps: calls of functions, C's too, and resumptions of generators.

    One step more raises AssertionError there and then, so that what would hang fails.
    """

    def __init__(self, steps: int) -> None:
        self.limit = steps
        self.taken = 0

    def __enter__(self) -> Self:
        sys.setprofile(self._count)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.setprofile(None)

    def _count(self, _frame: FrameType, event: str, _argument: Any) -> None:
        self.taken += event in ("call", "c_call")
        assert self.taken <= self.limit, f"more than {self.limit:,} steps"
