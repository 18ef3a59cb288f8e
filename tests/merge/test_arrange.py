"""Rows and columns that are taken out, moved and inserted end up as wanted, and nothing else moves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.merge import arrange as arrange_module
from dmn_dli.merge.arrange import Axis, arrange
from dmn_dli.merge.grids import Key, Side

NEW = "new"


def _axis(lines: list[str]) -> Axis:
    """A list as a sheet's rows, counted from 1; what is inserted says after whom it looks."""

    def insert(before: int, count: int = 1, *, like: int | None = None) -> None:
        lines[before - 1 : before - 1] = [NEW if like is None else f"{NEW} like {lines[like - 1]}"] * count

    def remove(first: int, count: int) -> None:
        del lines[first - 1 : first - 1 + count]

    def order(first: int, order: Sequence[int]) -> None:
        assert sorted(order) == list(range(len(order)))
        lines[first - 1 : first - 1 + len(order)] = [lines[first - 1 + each] for each in order]

    return Axis(insert, remove, order)


def _arranged(lines: list[str], wanted: Sequence[tuple[str, Side]]) -> dict[str, int]:
    present = {Key(line): place for place, line in enumerate(lines, 1) if line}
    found = arrange(
        _axis(lines),
        present,
        [(Key(name), side) for name, side in wanted],
        lambda new, old: new.name[:1] == old.name[:1],
    )
    return {key.name: place for key, place in found.items()}


@st.composite
def _wishes(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, Side]]]:
    """Lines, some without a key (""), and a new order of some of them with others between."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    lines = list(names)
    for place in draw(st.lists(st.integers(0, 8), max_size=3)):
        lines.insert(min(place, len(lines)), "")
    kept = draw(st.permutations(names))[: draw(st.integers(0, len(names)))]
    wanted = [(name, Side.OURS) for name in kept]
    for number, place in enumerate(draw(st.lists(st.integers(0, 8), max_size=4))):
        wanted.insert(min(place, len(wanted)), (f"x{number}", Side.THEIRS))
    return lines, wanted


@given(_wishes(), st.sampled_from([0, arrange_module.MANY]))
def test_all_that_is_wanted_stands_in_order_and_where_it_is_said(
    wishes: tuple[list[str], list[tuple[str, Side]]], many: int
) -> None:
    lines, wanted = wishes
    blanks = lines.count("")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange_module, "MANY", many)
        places = _arranged(lines, wanted)
    assert [name for name, _ in sorted(places.items(), key=lambda each: each[1])] == [
        name for name, _ in wanted
    ]
    for name, side in wanted:
        line = lines[places[name] - 1]
        assert line.startswith(NEW) if side is Side.THEIRS else line == name
    assert len(lines) == len(wanted) + blanks


def test_what_stands_between_without_a_key_stays() -> None:
    lines = ["a", "b", "", "c", "d"]
    _arranged(lines, [("a", Side.OURS), ("d", Side.OURS), ("b", Side.OURS), ("c", Side.OURS)])
    assert lines == ["a", "d", "", "b", "c"]


def test_what_is_new_looks_as_the_neighbour_of_its_kind() -> None:
    lines = ["if 1", "then 1", "note 1"]
    wanted = [("if 1", Side.OURS), ("then 0", Side.THEIRS), ("then 1", Side.OURS), ("note 1", Side.OURS)]
    _arranged(lines, wanted)
    assert lines == ["if 1", "new like then 1", "then 1", "note 1"]


def test_many_moves_are_made_in_few() -> None:
    lines = [f"r{number}" for number in range(100)]
    calls: list[str] = []
    axis = _axis(lines)

    def insert(before: int, count: int = 1, *, like: int | None = None) -> None:
        calls.append("insert")
        axis.insert(before, count, like=like)

    def remove(first: int, count: int) -> None:
        calls.append("remove")
        axis.remove(first, count)

    def order(first: int, rows: Sequence[int]) -> None:
        calls.append("order")
        axis.order(first, rows)

    kept = [f"r{number}" for number in range(0, 100, 2)]
    wanted = [each for name in kept for each in ((Key(name), Side.OURS), (Key(f"x{name}"), Side.THEIRS))]
    present = {Key(line): place for place, line in enumerate(lines, 1)}
    arrange(Axis(insert, remove, order), present, wanted, lambda *_: True)
    assert calls == ["order", "remove", "insert", "order"]
    assert [line for line in lines if not line.startswith(NEW)] == kept
