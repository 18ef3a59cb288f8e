"""A merged file in the house style, where OURS was in it: what is new looks as all else does."""

from __future__ import annotations

from dmn_dli.excel import WorkbookUnreadableError
from dmn_dli.keeping.house_style import restyled
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError


def kept_in_form(merged: bytes, ours: bytes, dictionary: Dictionary | None) -> bytes:
    """The merged file in the house style if OURS is in it, else as it is; no value is changed.

    dictionary: the one whose words are in OURS. What another one says is for `format`, once the dictionaries
    are merged.
    """
    if merged == ours:
        return merged
    try:
        if restyled(ours, lambda: dictionary).changed:
            return merged
        return restyled(merged, lambda: dictionary, restating=False).data
    except (WorkbookUnreadableError, BrokenBookError, LostPartsError):  # `check` says what is wrong with it
        return merged
