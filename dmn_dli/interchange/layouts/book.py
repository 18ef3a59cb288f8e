"""A workbook of ours made of the tables that a layout has read: Policy, Facts, a sheet a table, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from dmn_dli.interchange.imported import Guess, ImportedBook, Rows
from dmn_dli.interchange.layouts.drafts import ForeignBook, Role
from dmn_dli.interchange.layouts.kinds import Kind, kinds_of
from dmn_dli.interchange.layouts.naming import tab_name
from dmn_dli.interchange.layouts.resolving import Resolved, resolved
from dmn_dli.interchange.layouts.rows import Sheet, hit_policy
from dmn_dli.model.facts import FACT_HEADINGS
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.input_error import InputError

_MOST_GUESSES = 5_000


def made_of(book: ForeignBook, file: str) -> ImportedBook:
    """The workbook, named as the file. Raises InputError where there is no table in it, or no output."""
    if not book.drafts:
        why = " ".join(
            f"{each.place}: {each.text}" for each in book.guesses if each.text.startswith("The rule table")
        )
        said = f"{file} has the layout of {book.layout}, but no decision table is in it."
        raise InputError(f"{said} {why[:500]}".strip())
    guesses = list(book.guesses)
    for draft in book.drafts:
        if not draft.numbered(Role.OUTPUT):
            raise InputError(f'{file}, {draft.place}: the table "{draft.name}" has no output column.')
        if hit_policy(draft.hit_policy) is None:
            said = f'"{draft.hit_policy}" is no hit policy' if draft.hit_policy else "No hit policy is given"
            guesses.append(Guess(draft.place, f"{said}; U (unique) is taken, the standard's own default."))
    found = resolved(book)
    guesses += found.guesses
    kinds = kinds_of(book, found, guesses)
    taken = {"policy", "facts", "notes of the import"}
    sheets: dict[str, Rows] = {}
    tables: dict[str, Rows] = {}
    for number, table in enumerate(found.tables):
        tab = tab_name(table.name, taken)
        taken.add(plain_word(tab))
        tables[tab] = Sheet(table, number, found, kinds, guesses).rows()
    final = _final(book, found, guesses)
    sheets["Policy"] = _policy(book, file, final)
    if found.facts:
        sheets["Facts"] = _facts(book, found, kinds, guesses)
    else:
        guesses.append(Guess(file, "No table asks for anything, so that there is no sheet Facts."))
    sheets.update(tables)
    for name, rows in book.notes.items():
        tab = tab_name(f"Notes {name}", taken)
        taken.add(plain_word(tab))
        sheets[tab] = rows
    sheets["Notes of the import"] = [
        ("Where in the file", "What was made of it"),
        *((each.place, each.text) for each in guesses[:_MOST_GUESSES]),
    ]
    return ImportedBook(f"{PurePath(file).name.split('.')[0]}.xlsx", sheets, tuple(guesses))


def _policy(book: ForeignBook, file: str, final: str) -> Rows:
    return [
        ("Field", "Value"),
        ("Title", book.title or PurePath(file).stem),
        ("Source document", PurePath(file).name),
        ("Final decision", final),
        ("Notes", f"Imported from {book.layout}; the sheet Notes of the import lists what was guessed."),
    ]


def _final(book: ForeignBook, found: Resolved, guesses: list[Guess]) -> str:
    """The last table that no other reads."""
    read = {reference.split(".")[0] for reads in found.reads for reference in reads.values()}
    read |= {reference for reads in found.reads for reference in reads.values()}
    ends = [table.name for table in found.tables if table.name not in read] or [found.tables[-1].name]
    if len(ends) > 1:
        others = ", ".join(f'"{each}"' for each in ends[:-1])
        said = f'The final decision is taken to be "{ends[-1]}"; no other table reads {others} either.'
        guesses.append(Guess(book.drafts[0].place, said))
    return ends[-1]


def _facts(book: ForeignBook, found: Resolved, kinds: Mapping[str, Kind], guesses: list[Guess]) -> Rows:
    described = {plain_word(each.name): each.description for each in book.variables}
    rows: list[tuple[str | None, ...]] = [FACT_HEADINGS]
    for key, name in found.facts.items():
        kind = kinds.get(key, Kind("string"))
        place = found.places[key]
        if key not in kinds or not kind.type:
            guesses.append(
                Guess(place, f'Nothing says of which type "{found.labels[key]}" is; string is taken.')
            )
        said = f'The fact "{found.labels[key]}" is {name}, {_a(kind.type)}'
        values = f", with the values {kind.allowed}" if kind.allowed else ""
        guesses.append(Guess(place, f"{said}{values}."))
        rows.append(
            (
                name,
                found.labels[key],
                kind.type,
                kind.allowed,
                None,
                "No",
                None,
                described.get(key) or None,
                None,
            )
        )
    return rows


def _a(type_: str) -> str:
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}"
