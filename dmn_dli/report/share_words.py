"""Shares of all combinations of facts in words: `12 of 4,608 combinations`, `1 in 384 combinations`."""

from __future__ import annotations

from math import gcd

from dmn_dli.diff.share import Share

_COUNTED = 9_999
"""Up to so many combinations all are counted; beyond them a share is told as a ratio."""

_NAMED = ((10**15, ""), (10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


def fraction(share: Share) -> str:
    """A share in short: `12 of 4,608`, `1 in 384`, `about 1 in 2.4 million`, `all`."""
    part, whole = share.part, share.whole
    if part == whole:
        return "all"
    if whole <= _COUNTED:
        return f"{part:,} of {whole:,}"
    common = gcd(part, whole)
    if whole // common <= _COUNTED or part == common:
        return f"{part // common:,} in {large(whole // common)}"
    if part * 100 > whole * 99:
        return f"all but {fraction(Share(whole - part, whole)).removeprefix('about ')}"
    if part * 10 >= whole:
        return f"about {part * 100 // whole} in 100"
    return f"about 1 in {large(_rounded(whole, part))}"


def combinations(share: Share) -> str:
    """A share as the end of a sentence: `in 12 of 4,608 combinations of facts`."""
    told = fraction(share)
    return "in every combination of facts" if told == "all" else f"in {told} combinations of facts"


def large(number: int) -> str:
    """A number as people say it: `384`, `2.4 million`; from a million on with three digits."""
    for unit, name in _NAMED:
        if number >= unit:
            if not name:
                return f"10^{len(str(number)) - 1}"
            digits = _rounded(number * 1000, unit) / 1000
            return f"{digits:,.10g}{name}"
    return f"{number:,}"


def _rounded(part: int, whole: int) -> int:
    """A ratio with three digits that count."""
    number = (2 * part + whole) // (2 * whole)
    unit: int = 10 ** max(len(str(number)) - 3, 0)
    return (number + unit // 2) // unit * unit
