"""Where decisions, rules and criteria stand by their names and ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.cases.columns import EXPECT, EXPECT_CRITERION, EXPECT_DETERMINATION, Role
from dmn_dli.excel.accepted import places_of, split_place
from dmn_dli.excel.head import same_name
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place
from dmn_dli.feel.syntax import Span
from dmn_dli.keeping.rename.cells import Speller, change, respelt, whole
from dmn_dli.keeping.rename.data import Change
from dmn_dli.keeping.rename.facts import case_columns
from dmn_dli.keeping.rename.reading import Reading
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.words import folded

Decision = DecisionTable | CriteriaSheet

LONGEST_TAB = 31
FORBIDDEN = str.maketrans(dict.fromkeys(r":\/?*[]", " "))
"""What Excel takes in no tab; in the names of tabs a blank stands there."""


def tab_name(name: str) -> str:
    """The tab for a decision's name, as far as Excel takes it."""
    told = " ".join(name.translate(FORBIDDEN).split())
    # Excel counts in halves of UTF-16, of which some characters have two.
    cut = told.encode("utf-16-le")[: 2 * LONGEST_TAB].decode("utf-16-le", "ignore")
    return cut.strip().strip("'")


def new_tab(decision: Decision, new: str) -> str | None:
    """What the tab of a renamed decision is to be; None where it never said the name, and stays."""
    return tab_name(new) if same_name(decision.name, decision.sheet) else None


def decision_names(decision: Decision, new: str) -> dict[str, str]:
    """The names by which a decision, its outputs or its criteria are known, old to new."""
    if isinstance(decision, CriteriaSheet):
        return {decision.name_of(row.id): f"{new}.{row.id}" for row in decision.rows}
    outputs = {f"{decision.name}.{output.name}": f"{new}.{output.name}" for output in decision.outputs}
    return {decision.name: new, **outputs}


def name_speller(names: Mapping[str, str]) -> Speller:
    """Spells names anew; names: every full name, old to new, `Decision.output` of a sole output too."""
    spelt = {folded(old): new for old, new in names.items()}

    def spell(name: str, text: str) -> str | None:
        return spelt.get(folded(text)) if name in names else None

    return spell


def decision_changes(reading: Reading, decision: Decision, new: str) -> Iterator[Change]:
    """The cells of a workbook that name a decision or a sheet of criteria, and its tab."""
    file, sheets = reading.shown, reading.sheets
    sheet = sheets[decision.sheet]
    if not sheet.at(1, 1).blank:
        yield from whole(file, sheet, sheet.at(1, 1), new)
    speller = name_speller(decision_names(decision, new))
    yield from respelt(file, sheets, reading.passages, speller)
    yield from _case_headings(reading, speller)
    final = reading.workbook.policy.places.get("Final decision")
    named = (plain_word(decision.name), plain_word(decision.sheet))
    if isinstance(decision, DecisionTable) and final is not None and plain_word(final.text) in named:
        policy = next(each for each in sheets.values() if plain_word(each.name) == "policy")
        yield from whole(file, policy, final, new)
    tab = new_tab(decision, new)
    if tab is not None and tab != decision.sheet:
        yield from _accepted(reading, decision, tab=tab)
        yield Change(file, decision.sheet, None, decision.sheet, tab)


def row_changes(reading: Reading, decision: Decision, old: str, new: str) -> Iterator[Change]:
    """The cells of a workbook that name a rule or a criterion by its id."""
    file, sheets = reading.shown, reading.sheets
    sheet = sheets[decision.sheet]
    rows = decision.rows if isinstance(decision, CriteriaSheet) else decision.rules
    for row in rows:
        if row.id == old:
            yield from whole(file, sheet, row.cell, new)
    if isinstance(decision, CriteriaSheet):
        for each in decision.rows:
            if each.part_of.text and folded(each.part_of.text) == folded(old):
                yield from whole(file, sheet, each.part_of, new)
        speller = name_speller({decision.name_of(old): decision.name_of(new)})
        yield from respelt(file, sheets, reading.passages, speller)
        yield from _case_headings(reading, speller)
    yield from _accepted(reading, decision, row=(old, new))


def _case_headings(reading: Reading, speller: Speller) -> Iterator[Change]:
    """The headings of expectations of a decision or criterion."""
    cases = reading.workbook.cases
    prefixes = {Role.DECISION: EXPECT, Role.DETERMINATION: EXPECT, Role.CRITERION: EXPECT_CRITERION}
    for column in case_columns(reading):
        text = column.heading.text
        if cases is None or column.role not in prefixes or plain_word(text) == EXPECT_DETERMINATION:
            continue
        start = len(prefixes[column.role])
        new = speller(column.name, text[start:])
        if new is not None:
            edit = Span(start, len(text)), new
            yield from change(reading.shown, reading.sheets[cases.sheet], column.heading, text, [edit])


def _accepted(
    reading: Reading, decision: Decision, *, tab: str = "", row: tuple[str, str] | None = None
) -> Iterator[Change]:
    """The places of the sheet Accepted that are on a decision's sheet, or at one of its rows.

    tab: the sheet's new name; row: a rule's or criterion's old and new id.
    """
    book = reading.workbook
    if not book.accepted_sheet:
        return
    sheet = reading.sheets[book.accepted_sheet]
    places = places_of(reading.sheets, book.tables, book.criteria)
    for cell in _column(reading, "where"):
        parts = split_place(cell.text.strip(), places)
        if parts is None or places.sheet(parts[0]) != decision.sheet:
            continue
        named, between, target = parts
        if tab:
            new = _quoted(named, tab) + between + target
        elif row is not None and plain_word(target) == plain_word(row[0]) and "!" not in between:
            new = named + between + row[1]
        else:
            continue
        yield from whole(reading.shown, sheet, cell, new)


def _quoted(said: str, tab: str) -> str:
    """The new tab, in quotes where the old one stood in them."""
    return "'" + tab.replace("'", "''") + "'" if said.startswith("'") else tab


def _column(reading: Reading, heading: str) -> Iterator[Cell]:
    """The cells below a heading of the sheet Accepted."""
    sheet = reading.sheets[reading.workbook.accepted_sheet]
    for each in read_headings(sheet, Place(""), []):
        if plain_word(each.text) == heading:
            for number in sheet.rows:
                if number > 1 and not sheet.at(number, each.column).blank:
                    yield sheet.at(number, each.column)
