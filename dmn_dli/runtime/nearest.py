"""Did you mean: the known word that is nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_WORD = 200
"""No text beyond these many characters is a misspelt word: comparing it would take its time for nothing."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, letter case aside; None where nothing is alike.

    Never its opposite: a word that begins with `not`, `no` or `non` is like others that do, and no other is.
    """
    if len(word) > LONGEST_WORD:
        return None
    from difflib import get_close_matches  # asked for only where something is misspelt

    by_folded: dict[str, str] = {}
    for candidate in known:
        if _denies(candidate) == _denies(word):  # `not remission` is no misspelt `remission`
            by_folded.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def _denies(word: str) -> bool:
    return word.casefold().startswith(("not ", "no ", "non ", "non-"))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "…"?` with a leading blank, or nothing."""
    found = nearest(word, known)
    return f' Did you mean "{found}"?' if found else ""
