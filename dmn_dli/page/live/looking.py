"""Dropped files on their way: those that are being looked at, and what was found in them at last."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from dmn_dli.checking import FileCheck
from dmn_dli.page.contents import Contents
from dmn_dli.page.live.dropped import Dropped
from dmn_dli.store.shared import SharedDictionary


@frozen
class Looking:
    """Dropped files that are being looked at; files: what was found in each so far, by its number."""

    dropped: Dropped
    today: date
    shared: SharedDictionary
    files: dict[int, FileCheck] = field(factory=dict)


@frozen
class Checked:
    """Dropped files, and what was found in them."""

    dropped: Dropped
    contents: Contents
