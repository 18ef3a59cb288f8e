"""Random sequences of changes to whole sheets, against a list of what each tab should hold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dmn_dli.ooxml.book import EditedBook
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.rich_books import NAMES
from tests.ooxml.whole import is_whole

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NEW_NAMES = ("One", "It's two", "A1", "Drei & vier", "Scope", "π")


@define
class Tab:
    """A sheet that is followed: its name at present, what its cell A1 says, its print titles."""

    name: str
    says: str | None
    titles: str | None = None


@define
class Model:
    """A book and what it should hold."""

    book: EditedBook
    tabs: list[Tab] = field(factory=list)

    def free(self, name: str) -> bool:
        return all(tab.name.casefold() != name.casefold() for tab in self.tabs)


def tabs_of(data: bytes) -> list[Tab]:
    book: Any = load_workbook(BytesIO(data))
    return [Tab(each.title, each["A1"].value, each.print_title_rows) for each in book.worksheets]


def change(model: Model, draw: Any, source: bytes) -> None:
    """One random change, to the book and to the list."""
    kind = draw(st.sampled_from(["add", "import", "remove", "rename", "order", "choose"]))
    name = draw(st.sampled_from(NEW_NAMES))
    at = draw(st.integers(0, len(model.tabs)))
    tab = draw(st.sampled_from(model.tabs))
    if kind == "add" and model.free(name):
        model.book.add_sheet(name, at).put((1, 1), f"new {name}")
        model.tabs.insert(at, Tab(name, f"new {name}"))
    elif kind == "import" and model.free(name) and name not in NAMES:
        other = EditedBook(source)
        other.rename_sheet("Determination", name)
        model.book.import_sheet(other, name, at)
        model.tabs.insert(at, Tab(name, "Determination", "$1:$4"))
    elif kind == "remove" and len(model.tabs) > 1:
        model.book.remove_sheet(tab.name)
        model.tabs.remove(tab)
    elif kind == "rename" and model.free(name):
        model.book.rename_sheet(tab.name, name)
        tab.name = name
    elif kind == "order":
        model.tabs = draw(st.permutations(model.tabs))
        model.book.order_sheets(tuple(each.name for each in model.tabs))
    elif kind == "choose":
        model.book.choose_sheet(tab.name)


def follows_the_model(data: Any) -> None:
    name = data.draw(st.sampled_from(sorted(RICH_BOOKS)))
    source = RICH_BOOKS[data.draw(st.sampled_from(sorted(RICH_BOOKS)))]
    model = Model(EditedBook(RICH_BOOKS[name]), tabs_of(RICH_BOOKS[name]))
    assert tuple(tab.name for tab in model.tabs) == NAMES
    for _ in range(data.draw(st.integers(1, 6))):
        change(model, data.draw, source)
    changed = model.book.data()
    is_whole(changed)
    assert tabs_of(changed) == model.tabs
    assert EditedBook(changed).data() == changed


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_tabs_are_what_the_changes_made_of_them(data: st.DataObject) -> None:
    follows_the_model(data)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_tabs_are_what_the_changes_made_of_them_in_a_long_run(data: st.DataObject) -> None:
    follows_the_model(data)
