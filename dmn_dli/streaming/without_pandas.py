"""Arrow without pandas, which it loads at the first list that it is given, wherever pandas is installed.

No case has anything of pandas in it, and loading it takes longer than to answer 10,000 of them.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

import pyarrow as pa


def do_without_pandas() -> None:
    """Let Arrow look for pandas now, and find none; it asks but once, unless it is to make a frame.

    It is for processes that are the program's own: where pandas is used too, Arrow must know its series.
    """
    if "pandas" in sys.modules:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(finder)


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """Refuse pandas, and leave everything else to others."""
        if fullname == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None
