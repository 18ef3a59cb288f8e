"""Orders of letters: both kept, or a clash. Those on the page about merging are tried with it."""

from __future__ import annotations

import pytest

from dmn_dli.merge.sequence import ClashKind, merged_order, moved


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abcd", "dbac", "bacd", "dbac"),
        ("abcdef", "bacdef", "abcdfe", "bacdfe"),
        ("abcdef", "abcxdef", "bcdefa", "bcxdefa"),
        ("abc", "azxbc", "azbyc", "azxbyc"),
        ("abc", "ac", "abxc", "axc"),
        ("", "abc", "abc", "abc"),
    ],
    ids=[
        "both swapped two, and one moved a third past them",
        "swaps in two places",
        "something far off moved past what was added",
        "added behind what both added",
        "added beside what was removed",
        "all added by both",
    ],
)
def test_both_orders_are_kept(base: str, ours: str, theirs: str, merged: str) -> None:
    staying = [each for each in theirs if each in ours or each not in base]
    found = merged_order(list(base), list(ours), staying)
    assert "".join(found.order) == merged
    assert found.clashes == ()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kinds", "merged"),
    [
        ("abcdef", "bacdef", "acbdfe", [ClashKind.MOVED], "bacdfe"),
        ("abc", "axbc", "bca", [ClashKind.PLACE], "bcax"),
        ("abc", "bca", "axbc", [ClashKind.PLACE], "bcax"),
        ("abc", "abxc", "abyc", [ClashKind.ONE_PLACE], "abxyc"),
        ("abc", "azbc", "abzc", [ClashKind.TWO_PLACES], "azbc"),
        ("", "ab", "ba", [ClashKind.TWO_PLACES, ClashKind.TWO_PLACES], "ab"),
    ],
)
def test_a_clash_keeps_to_its_place(
    base: str, ours: str, theirs: str, kinds: list[ClashKind], merged: str
) -> None:
    found = merged_order(list(base), list(ours), list(theirs))
    assert "".join(found.order) == merged
    assert [clash.kind for clash in found.clashes] == kinds


def test_what_moved_is_sure_only_where_no_other_move_explains_it() -> None:
    assert moved("abcd", "bcda").surely == {"a"}
    assert moved("abcd", "bcda").perhaps == {"a"}
    assert (moved("ab", "ba").surely, moved("ab", "ba").perhaps) == (set(), {"a", "b"})
    assert moved("abc", "abc").one == ()
