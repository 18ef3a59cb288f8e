"""Classes of text as input cells say them: `starts with(?, "E1") and not(starts with(?, "E11"))`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from dmn_dli.feel import to_feel
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.text_classes import TextClass

Told: TypeAlias = tuple[tuple[Mark, bool], ...]
"""Marks, each with whether it holds."""

_FUNCTIONS = {"starts": "starts with", "ends": "ends with", "contains": "contains"}


def class_test(texts: TextClass) -> str:
    """What parts a class from all others of its marks, in as few words as will do."""
    (told,) = telling([texts])
    return marks_test(told)


def telling(classes: Sequence[TextClass]) -> list[Told]:
    """What tells some classes from all others of the same marks, in few words: each class fits one of it."""
    marks, others = classes[0].marks, classes[0].others
    inside = {each.answers for each in classes}
    outside = [each for each in others if each not in inside]
    found: list[Told] = []
    left = sorted(inside, key=lambda answers: (not answers, answers))  # any other text comes last
    while left:
        asked = _asked(left[0], len(marks), outside) or 1  # where there is no other class, any mark does
        held = left[0] & asked
        left = [each for each in left if each & asked != held]
        places = [place for place in range(len(marks)) if asked >> place & 1]
        told = [(marks[place], bool(held >> place & 1)) for place in places]
        found.append(tuple(sorted(told, key=lambda each: not each[1])))
    return found


def marks_test(told: Told) -> str:
    """That marks hold, or do not, of the value that arrives."""
    return " and ".join(mark_test(mark, holds=holds) for mark, holds in told)


def mark_test(mark: Mark, *, holds: bool) -> str:
    """That a mark holds, or does not, of the value that arrives."""
    value = f"{mark.case} case(?)" if mark.case else "?"
    if mark.kind == "length":
        return f"string length({value}) {'>=' if holds else '<'} {mark.number}"
    if mark.number:
        length = "" if mark.kind == "is" else f", {len(mark.text)}"
        value = f"substring({value}, {mark.number + 1}{length})"
    if mark.number or mark.kind == "is":
        return f"{value} {'=' if holds else '!='} {to_feel(mark.text)}"
    test = f"{_FUNCTIONS[mark.kind]}({value}, {to_feel(mark.text)})"
    return test if holds else f"not({test})"


def _asked(answers: int, count: int, outside: Sequence[int]) -> int:
    """Which marks must be asked (a mask) to tell answers from all outside.

    What does not hold is left out first: so what is left says what a text is, and not what it is not.
    """

    def tells(asked: int) -> bool:
        return all(each & asked != answers & asked for each in outside)

    asked = (1 << count) - 1
    if tells(answers):
        asked = answers  # at once, where nothing need be said of what does not hold
    for holds in (False, True):
        for place in range(count):
            fewer = asked & ~(1 << place)
            if fewer != asked and bool(answers >> place & 1) is holds and tells(fewer):
                asked = fewer
    return asked
