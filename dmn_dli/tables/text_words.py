"""Classes of text as input cells say them: `starts with(?, "E1") and not(starts with(?, "E11"))`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmn_dli.feel import to_feel
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.text_classes import TextClass

_FUNCTIONS = {"starts": "starts with", "ends": "ends with", "contains": "contains"}


def class_test(texts: TextClass) -> str:
    """What parts a class from all others of its marks, in as few words as will do."""
    return marks_test(telling(texts))


def marks_test(told: Iterable[tuple[Mark, bool]]) -> str:
    """That some marks hold of the value that arrives, and others do not."""
    return " and ".join(mark_test(mark, holds=holds) for mark, holds in told)


def telling(texts: TextClass) -> list[tuple[Mark, bool]]:
    """Which marks that hold, and which that do not, tell a class from all others; few, in their order."""
    held, lacking = _telling(texts.answers, texts.others, len(texts.marks))
    return [*((texts.marks[each], True) for each in held), *((texts.marks[each], False) for each in lacking)]


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


def _telling(answers: int, all_answers: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Which marks that hold, and which that do not, tell some answers from all others."""
    others = [each for each in all_answers if each != answers]
    held = [place for place in range(count) if answers >> place & 1]
    left = [each for each in others if all(each >> place & 1 for place in held)]
    lacking: list[int] = []
    while left:
        missing = [place for place in range(count) if not answers >> place & 1]
        best = max(missing, key=lambda place: sum(each >> place & 1 for each in left))
        lacking.append(best)
        left = [each for each in left if not each >> best & 1]
    # What follows from the rest need not be said: that "E11" begins a text, beside that "E1" does.
    for place in list(held):
        rest = [each for each in held if each != place]
        if (rest or lacking) and not any(_like(each, rest, lacking) for each in others):
            held = rest
    return (held, lacking) if held or lacking else ([], [0])  # where there is no other class


def _like(answers: int, held: Iterable[int], lacking: Iterable[int]) -> bool:
    return all(answers >> place & 1 for place in held) and not any(answers >> place & 1 for place in lacking)
