"""A fact, label, value, decision, rule or criterion by another name, wherever it stands.

The cells are found by what the parser reads in them, never by searching texts. Before anything is written,
the changed files are read, linked and proven to decide the same but for the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from dmn_dli.keeping.in_place import Change as FileChange
from dmn_dli.keeping.in_place import write_changes
from dmn_dli.keeping.rename.carriers import carriers
from dmn_dli.keeping.rename.data import SHARED, Change, Mention, Renamed, Request, Subject
from dmn_dli.keeping.rename.decisions import decision_changes, row_changes
from dmn_dli.keeping.rename.facts import dictionary_changes, fact_changes, fact_speller
from dmn_dli.keeping.rename.findings import arisen, check_scope
from dmn_dli.keeping.rename.followers import accepted_changes, changed_verdicts, judged, unmet_changes
from dmn_dli.keeping.rename.mentions import Notes, dictionary_mentions, mentions
from dmn_dli.keeping.rename.proof import objections
from dmn_dli.keeping.rename.reading import Reading
from dmn_dli.keeping.rename.request import Task, understood
from dmn_dli.keeping.rename.scope import DictionaryFile, Scope, shared_scope, workbook_scope
from dmn_dli.keeping.rename.style import in_style, styled_before
from dmn_dli.keeping.rename.values import dictionary_value_changes, value_changes
from dmn_dli.model.cell import CellKind
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.given import Given


def rename(request: Request, tables: Path | None = None, workbook: str = "") -> Renamed:
    """What a renaming changes, proven to leave all decisions as they are but for the name; writes nothing.

    tables: a folder of workbooks, or one workbook with facts of its own. workbook: whose decision, rule or
    criterion it is: a path, or a name in the folder. Raises InputError where the old name is unknown or the
    new one taken, where a file cannot be read or has errors, and where the renaming cannot be proven.
    """
    if request.subject not in SHARED:
        scope = workbook_scope(workbook, tables)
    elif tables is None:
        raise InputError("There are no tables to rename in; name a folder of workbooks.")
    else:
        scope = shared_scope(tables)
    scope.require_sound()
    task = understood(request, scope)
    changes = tuple(_changes(task, scope))
    in_form = styled_before(scope)
    files = _edited(scope, changes)
    files |= in_style(scope.with_data(files), in_form)
    after = scope.with_data(files)
    pairs = zip(scope.readings, after.readings, strict=True)
    _require([str(each) for old, new in pairs for each in objections(old, new, task)])
    further = tuple(_followers(scope, after, changes))
    followed = _edited(after, further)
    files |= followed
    files |= in_style(scope.with_data(files), in_form & followed.keys())
    return Renamed(
        task.request,
        (*changes, *further),
        tuple(_mentions(task, scope, scope.with_data(files), (*changes, *further))),
        tuple(
            FileChange(Given(path, shown), before, files[path])
            for path, (shown, before) in scope.held.items()
            if path in files
        ),
        scope.apart,
    )


def rename_files(
    request: Request, tables: Path | None = None, workbook: str = "", *, dry_run: bool = False
) -> Renamed:
    """As `rename`, and the files are written, all or none; with dry_run none is.

    Raises InputError as it does, and where a file is open in another program or cannot be written.
    """
    renamed = rename(request, tables, workbook)
    if not dry_run:
        write_changes(renamed.files)
    return renamed


def _require(problems: Iterable[str]) -> None:
    """Raise InputError where something stands in the way."""
    lines = list(dict.fromkeys(problems))
    if lines:
        raise InputError(
            "\n".join(["Nothing was renamed, since it cannot be proven to change names alone.", *lines])
        )


def _changes(task: Task, scope: Scope) -> Iterator[Change]:
    """The cells that say the old name as a name, file by file."""
    for reading in scope.readings:
        yield from _of_workbook(task, reading)
        own = reading.workbook.dictionary
        if own is not None:
            yield from _of_dictionary(task, reading.shown, reading)
    if scope.dictionary is not None and scope.edited:
        yield from _of_dictionary(task, scope.dictionary.shown, scope.dictionary)


def _of_workbook(task: Task, reading: Reading) -> Iterator[Change]:
    request = task.request
    if task.decision is not None and request.subject is Subject.DECISION:
        return decision_changes(reading, task.decision, request.new)
    if task.decision is not None:
        return row_changes(reading, task.decision, request.old, request.new)
    if task.revalued is not None:
        return value_changes(reading, task.revalued, carriers(reading.linked, task.revalued.fact.name))
    assert task.fact is not None, "every other task is about a fact"
    return fact_changes(reading, task.fact, fact_speller(task.fact, request.subject, request.new))


def _of_dictionary(task: Task, file: str, holder: DictionaryFile | Reading) -> Iterator[Change]:
    if task.fact is None:
        return iter(())
    if task.revalued is not None:
        return dictionary_value_changes(file, holder.sheets, holder.dictionary, task.revalued)
    request = task.request
    return dictionary_changes(file, holder.sheets, holder.dictionary, task.fact, request.subject, request.new)


def _followers(scope: Scope, after: Scope, changes: Iterable[Change]) -> Iterator[Change]:
    """The texts that quote what changed, brought after it.

    Raises InputError where a finding, a waiver or a case comes out otherwise even then.
    """
    tabs = {each.before: each.after for each in changes if each.cell is None}
    found = check_scope(scope), check_scope(after)
    old, new = ([judged(each) for each in side.readings] for side in (scope, after))
    further = tuple(
        each
        for first, second in zip(old, new, strict=True)
        for each in (
            *accepted_changes(first.reading, second.reading, found, tabs),
            *unmet_changes(first, second),
        )
    )
    if further:
        followed = after.with_data(_edited(after, further))
        found, new = (found[0], check_scope(followed)), [judged(each) for each in followed.readings]
    verdicts = (
        f"{first.reading.shown}, {cell}: {why}"
        for first, second in zip(old, new, strict=True)
        for cell, why in changed_verdicts(first.results, second.results)
    )
    _require([*arisen(*found, tabs), *verdicts])
    yield from further


def _edited(scope: Scope, changes: Iterable[Change]) -> dict[Path, bytes]:
    """The files with these changes. Raises InputError where a file does not bear them."""
    by_file: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        by_file[each.file].append(each)
    return {
        path: _with(shown, data, by_file[shown])
        for path, (shown, data) in scope.held.items()
        if shown in by_file
    }


def _with(file: str, data: bytes, changes: Iterable[Change]) -> bytes:
    try:
        book = EditedBook(data)
        tabs = []
        for each in changes:
            if each.cell is None:
                tabs.append((each.before, each.after))
            else:
                book.sheet(each.sheet).put((each.cell.row, each.cell.column), _value(each))
        for old, new in tabs:
            book.rename_sheet(old, new)
        return book.data()
    except (BrokenBookError, LostPartsError) as error:
        raise InputError(f'"{file}" cannot be changed in place: {error}') from error


def _value(change: Change) -> str | Decimal:
    """What the cell is to hold: a number stays a number as long as it is read as the same characters."""
    if change.cell is None or change.cell.kind is not CellKind.NUMBER:
        return change.after
    try:
        number = Decimal(change.after)
    except InvalidOperation:
        return change.after
    return number if format(number.normalize(), "f") == change.after else change.after


def _mentions(task: Task, scope: Scope, after: Scope, changes: Iterable[Change]) -> Iterator[Mention]:
    """The texts that hold the old name and stay; of a value only where its fact is read."""
    places: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    tabs = {each.before: each.after for each in changes if each.cell is None}
    for each in changes:
        if each.cell is not None:
            places[each.file].add((each.sheet, each.cell.row, each.cell.column))
    for old, new in zip(scope.readings, after.readings, strict=True):
        if task.revalued is None or old.shown in places:
            notes = Notes(new.data, tabs)
            yield from mentions(old, notes, task.request.old, places[old.shown])
    file = scope.dictionary
    if file is not None and scope.edited:
        notes = Notes(after.held[file.path][1], tabs)
        yield from dictionary_mentions(file, notes, task.request.old, places[file.shown])
