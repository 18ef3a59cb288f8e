"""What the engine keeps between requests: the payers in use, and the files that were dropped last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page.live.payers import Payers
from dmn_dli.store.load import group, load_series, load_version

if TYPE_CHECKING:
    from dmn_dli.diff.edition import Edition
    from dmn_dli.page.live.looking import Checked, Looking


class Session:
    """The payers' series in use, and what was dropped.

    home: the page's own tables; others are used in their place when people use workbooks of their own.
    looking: the files that were dropped last, while they are looked at. checked: those that were looked at
    last, with what was found in them.
    """

    def __init__(self, tables: Path) -> None:
        """Load the policies of a folder."""
        self.home = tables
        self.looking: Looking | None = None
        self.checked: Checked | None = None
        self.use(tables)

    def use(self, tables: Path, named: Sequence[Path] = ()) -> None:
        """Answer from another folder from now on. Raises InputError, after which the old one stands.

        named: its workbooks that are meant, drafts among them; without them all that are in force.
        """
        self.series: dict[str, KernelSeries] = (
            group(load_version(path) for path in named) if named else load_series(tables)
        )
        self.payers = Payers(self.series)

    @cached_property
    def own_editions(self) -> tuple[Edition, ...]:
        """The page's own workbooks, to compare others with."""
        from dmn_dli.page.live.editions import own_editions

        return own_editions(self.home)
