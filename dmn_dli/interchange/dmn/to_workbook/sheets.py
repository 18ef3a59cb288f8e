"""The sheets of a workbook in order: what our export has kept, else Policy, Facts, a sheet a decision."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.model import Decision, Definitions
from dmn_dli.interchange.dmn.ours import attribute, logic_digest
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.dmn.to_workbook.kept import KeptBook, criterion_of, with_shared_assumptions
from dmn_dli.interchange.dmn.to_workbook.naming import Names
from dmn_dli.interchange.dmn.to_workbook.notes import note_rows
from dmn_dli.interchange.imported import Rows, Value

_NOTES = "Notes"
_GUESSES = "Notes of the import"
_MOST_GUESSES = 5_000


def all_sheets(
    definitions: Definitions,
    kept: KeptBook | None,
    decisions: Mapping[str, Decision],
    names: Names,
    rows: Mapping[str, Rows],
    facts: Rows,
    final: str,
    guesses: Guesses,
) -> Mapping[str, Rows]:
    """decisions, rows: by the policy's names, in the order of the sheets; facts: the sheet's rows."""
    sheets: dict[str, Rows] = {}
    tables = {name: each for name, each in decisions.items() if criterion_of(each, kept) is None}
    if kept is None or not kept.holds("policy"):
        sheets["Policy"] = _policy(definitions, names.decisions.get(final, ""))
        sheets["Facts"] = facts
    if kept is not None:
        _put_kept(sheets, kept, tables, rows, facts)
        _tell_kept(kept, decisions, guesses)
    for name in tables:
        sheets.setdefault(names.tabs[name], rows[name])
    notes = note_rows(definitions)
    if notes:
        sheets[_free(_NOTES, sheets)] = notes
    if guesses.all:
        head: tuple[Value, ...] = ("Where in the file", "What was made of it")
        told = [(each.place, each.text) for each in guesses.all[:_MOST_GUESSES]]
        sheets[_free(_GUESSES, sheets)] = [head, *told]
    return sheets


def _policy(definitions: Definitions, final: str) -> Rows:
    return [
        ("Field", "Value"),
        ("Title", definitions.name or None),
        ("Final decision", final or None),
        ("Notes", "Imported from a DMN model; the sheet Notes of the import lists what was guessed."),
    ]


def _put_kept(
    sheets: dict[str, Rows],
    kept: KeptBook,
    decisions: Mapping[str, Decision],
    rows: Mapping[str, Rows],
    facts: Rows,
) -> None:
    """The sheets in their order; facts that were shared get a sheet of their own behind the first."""
    by_id = {each.id: name for name, each in decisions.items() if each.id}
    assumed = with_shared_assumptions(kept.sheets)
    own_facts = kept.holds("facts")
    for each in kept.sheets:
        match each.holds:
            case "table" if each.decision in by_id:
                sheets[each.name] = rows[by_id[each.decision]]
            case "table":
                continue
            case "facts":
                sheets[each.name] = facts
            case "assumptions":
                if each.name in assumed:
                    sheets[each.name] = assumed[each.name]
            case _:
                sheets[each.name] = each.rows
        if each.holds == "policy" and not own_facts:
            sheets["Facts"] = facts


def _tell_kept(kept: KeptBook, decisions: Mapping[str, Decision], guesses: Guesses) -> None:
    known = {each.id for each in decisions.values()}
    for sheet in kept.sheets:
        if sheet.holds == "table" and sheet.decision not in known:
            guesses.add(
                f'sheet "{sheet.name}"', "Its decision is no longer in the model; the sheet is left out."
            )
    if kept.dictionary and not kept.holds("facts"):
        said = (
            f"The facts stood in {kept.dictionary}; they are a sheet of the workbook now, which stands alone."
        )
        guesses.add("the model", said)
    for decision in decisions.values():
        criterion = criterion_of(decision, kept)
        if criterion is None or not isinstance(decision.expression, DecisionTable):
            continue
        if attribute(criterion, "logic") != logic_digest(decision.expression):
            row = f"row {attribute(criterion, 'id')} of the sheet {attribute(criterion, 'sheet')}"
            said = f"Its table was changed since the export; {row} is as it was, and does not know of that."
            guesses.add(decision.place, said)


def _free(name: str, taken: Mapping[str, Rows]) -> str:
    found, number = name, 2
    while found.casefold() in {each.casefold() for each in taken}:
        found = f"{name} {number}"
        number += 1
    return found
