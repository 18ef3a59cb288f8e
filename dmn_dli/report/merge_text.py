"""A merge as text: how it came out, what is to be decided, what each side gave, what is decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.excel.conflicts import ListedConflict
from dmn_dli.merge.checked import MergeResult
from dmn_dli.merge.clashes import Clash
from dmn_dli.merge.grids import Edit, Side
from dmn_dli.merge.whole import Problem
from dmn_dli.model.cell import cell_name
from dmn_dli.report import difference_words as words
from dmn_dli.report.difference_text import Page, behaviour_lines
from dmn_dli.report.layout import BOLD, GREEN, RED, clean, labelled, many, paint, paragraph

_NOTHING = "(nothing)"


def text(result: MergeResult, name: str, page: Page) -> str:
    """The whole report; name: of the merged file."""
    good = result.sound
    head = headline(result)
    shown = paint(head.upper(), BOLD, GREEN if good else RED) if page.styled else head.upper()
    lines = [f"{clean(name)}: {shown}", *paragraph(advice(result), page.width, "  ")]
    lines += _section("To be decided", [conflict(each) for each in result.merged.conflicts], page)
    lines += _section("To be filled in", list(result.merged.unfilled), page)
    for each in result.lost:
        lines += _clash(each, page)
    lines += _section(
        "Wrong in THEIRS, and in the file now", [problem(each) for each in result.brought], page
    )
    lines += _section("Wrong in OURS already", [problem(each) for each in result.left], page)
    for side in (Side.OURS, Side.THEIRS):
        edits = [edit(each) for each in result.merged.edits if each.side is side]
        lines += _section(f"Edits of {side.name}", edits, page)
    for base, difference in (("BASE", result.against_base), ("OURS", result.against_ours)):
        if difference is not None:
            lines += ["", *_decides(f"Against {base}", difference, page)]
    return "\n".join(lines) + "\n"


def headline(result: MergeResult) -> str:
    """How it came out, in a few words."""
    if result.merged.conflicts:
        return many(len(result.merged.conflicts), "conflict")
    if result.lost:
        return "edits that do not go together"
    if result.brought:
        return "merged, with errors of theirs"
    if result.left:
        return "merged; errors as before"
    return "merged" if result.dictionary else "merged, and proven"


def advice(result: MergeResult) -> str:
    """What to do now."""
    if result.merged.conflicts:
        earlier = result.merged.earlier
        return (
            f"{f'{earlier} of them were left by an earlier merge. ' if earlier else ''}"
            "Each cell holds what OURS says. Open the file: the sheet Conflicts lists both values, and the "
            "cells are coloured. Write into each what is to hold, delete the sheet, and run dmn-dli check."
        )
    if result.lost:
        return "All edits are in the file. Open it, mend what is named below, and run dmn-dli check."
    if result.brought:
        return (
            "Something is wrong with THEIRS, as this folder's dictionary reads it, that was not with OURS. "
            "Mend what is named below, in the merged file, and run dmn-dli check."
        )
    if result.dictionary:
        return "Run dmn-dli check on the folder: its workbooks are not looked at here."
    return "Run dmn-dli check on the folder, where dictionary and workbooks are looked at together."


def conflict(line: ListedConflict) -> str:
    """A conflict in a line."""
    place = cell_name(line.sheet, line.cell) if line.cell else line.sheet
    values = [
        f"{name} {_quoted(value)}"
        for name, value in (("before", line.base), ("ours (kept)", line.ours), ("theirs", line.theirs))
    ]
    return f"{place} ({line.kind}): {', '.join(values)}"


def edit(each: Edit) -> str:
    """An edit in a line."""
    return f"{each.sheet}: {each.said}" if each.sheet else each.said


def problem(each: Problem) -> str:
    """A problem in a line."""
    return f"{' '.join(filter(None, [each.place, each.code]))}: {each.said}".removeprefix(": ")


def blamed(clash: Clash) -> str:
    """How sure it is that the edits named are those."""
    if not (clash.ours or clash.theirs):
        return "Which edits bring it about was not looked for."
    if clash.certain:
        return "These edits do not go together; each side's alone does no harm:"
    return "Among these edits are some that do not go together; more was not tried:"


def _clash(clash: Clash, page: Page) -> Iterator[str]:
    yield ""
    for each in clash.problems:
        yield from paragraph(problem(each), page.width, "  ", "    ")
    yield from paragraph(blamed(clash), page.width, "    ")
    yield from labelled("OURS", clash.ours, page.width, "      ")
    yield from labelled("THEIRS", clash.theirs, page.width, "      ")


def _decides(label: str, difference: VersionDifference, page: Page) -> Iterator[str]:
    """What is decided otherwise, in the words of `diff`."""
    behaviour = difference.behaviour
    told = words.headline(difference)
    yield from labelled(
        label, [told if behaviour is None else f"{told}: {words.verdict(behaviour)}"], page.width
    )
    if behaviour is not None:
        yield from behaviour_lines(behaviour, page)


def _section(title: str, items: list[str], page: Page) -> Iterator[str]:
    if items:
        yield ""
        yield f"  {title} ({len(items)}):"
        for item in items:
            yield from paragraph(f"- {item}", page.width, "    ", "      ")


def _quoted(value: str) -> str:
    return f'"{value}"' if value else _NOTHING
