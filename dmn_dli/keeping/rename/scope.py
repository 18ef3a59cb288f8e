"""Which files a renaming concerns: a folder with its dictionary, or one workbook alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.excel.sheet import Sheet
from dmn_dli.keeping.in_place import read_given
from dmn_dli.keeping.rename.reading import Reading, stored_sheets
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding, errors
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.store.folder import (
    dictionaries_in,
    dictionary_file,
    dictionary_objection,
    find_workbooks,
    is_dictionary,
    is_installed,
)
from dmn_dli.store.given import Given, dictionary_of, workbooks_of


@frozen(slots=False)
class Scope:
    """The dictionary's file and the workbooks, each with its place.

    dictionary: None where the only workbook has facts of its own. edited: whether the dictionary is to be
    changed too. apart: workbooks of the folder with facts of their own.
    """

    workbooks: Mapping[Path, Reading]
    dictionary: DictionaryFile | None = None
    edited: bool = False
    apart: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The workbooks, by name."""
        return tuple(self.workbooks.values())

    @property
    def facts(self) -> Dictionary:
        """The dictionary that all of them share."""
        return self.readings[0].dictionary if self.dictionary is None else self.dictionary.dictionary

    @property
    def held(self) -> Mapping[Path, tuple[str, bytes]]:
        """All files, the dictionary last: how each was named, and its bytes."""
        held = {path: (each.shown, each.data) for path, each in self.workbooks.items()}
        file = self.dictionary
        return held if file is None else {**held, file.path: (file.shown, file.data)}

    def with_data(self, data: Mapping[Path, bytes]) -> Scope:
        """The same files, some with other bytes."""
        file = self.dictionary and self.dictionary.with_data(data)
        shared, wrong = (file.dictionary, file.wrong) if file else (Dictionary(()), ())
        books = {
            path: each.with_data(data.get(path, each.data), shared, wrong)
            for path, each in self.workbooks.items()
        }
        return Scope(books, file, self.edited, self.apart)

    def require_sound(self) -> None:
        """Raise InputError where a file has errors, since nothing can be proven of what it decides."""
        broken = [each.shown for each in self.readings if errors(each.linked.findings)]
        if self.dictionary is not None and errors(self.dictionary.wrong):
            broken = [self.dictionary.shown]
        if broken:
            has = "have" if len(broken) > 1 else "has"
            names = " and ".join(f'"{name}"' for name in broken)
            raise InputError(
                f"{names} {has} errors, so that nothing can be proven of what is decided there; "
                "`dmn-dli check` lists them with their cells. Nothing was renamed."
            )


@frozen(slots=False)
class DictionaryFile:
    """The dictionary that a folder's workbooks share, as a file."""

    path: Path
    shown: str
    data: bytes = field(repr=False)

    @cached_property
    def _read(self) -> tuple[Dictionary | None, tuple[Finding, ...]]:
        return read_dictionary_bytes(self.data, self.path.name, self.shown)

    @property
    def dictionary(self) -> Dictionary:
        """Its facts; none where it cannot be read."""
        return self._read[0] or Dictionary(())

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What is wrong with it."""
        return self._read[1]

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Its sheets as they are stored."""
        return stored_sheets(self.data, self.path.name)

    def with_data(self, data: Mapping[Path, bytes]) -> DictionaryFile:
        """The same file, perhaps with other bytes."""
        own = data.get(self.path, self.data)
        return self if own == self.data else DictionaryFile(self.path, self.shown, own)


def shared_scope(tables: Path) -> Scope:
    """The folder whose dictionary is changed, or the workbook whose own facts are. Raises InputError."""
    _require_own(tables)
    if tables.is_file() and not is_dictionary(tables.name):
        reading = _reading(tables, Dictionary(()), ())
        if reading.workbook.dictionary is not None:
            return Scope({tables: reading})
        raise InputError(
            f'"{tables}" has no facts of its own; those of its dictionary belong to all workbooks of its '
            f'folder. Name the folder, "{tables.parent}".'
        )
    folder = tables if tables.is_dir() else tables.parent
    objection = dictionary_objection(folder)
    if objection is not None:
        raise InputError(objection)
    if not dictionaries_in(folder):
        raise InputError(
            f'There is no facts.xlsx in "{folder}"; its workbooks use the dictionary that comes with '
            "dmn-dli, which is never changed. Put a copy of it into the folder first."
        )
    file = _dictionary(dictionaries_in(folder)[0])
    found = {path: _reading(path, file.dictionary, file.wrong) for path in workbooks_of(folder)}
    own = [path for path, each in found.items() if each.workbook.dictionary is not None]
    sharing = {path: each for path, each in found.items() if path not in own}
    return Scope(sharing, file, edited=True, apart=tuple(str(path) for path in own))


def workbook_scope(workbook: str, tables: Path | None) -> Scope:
    """One workbook, named by its path or by its name in the folder of tables. Raises InputError."""
    path = _named(workbook, tables)
    _require_own(path)
    file = dictionary_file(path.parent)
    objection = dictionary_objection(path.parent)
    reading = _reading(path, Dictionary(()), ())
    if reading.workbook.dictionary is not None:
        return Scope({path: reading})
    if objection is not None:
        raise InputError(objection)
    shared = _dictionary(file, dictionary_of(Given(path, str(path))).shown)
    return Scope({path: _reading(path, shared.dictionary, shared.wrong)}, shared)


def _named(workbook: str, tables: Path | None) -> Path:
    given = Path(workbook)
    if given.is_file():
        return given
    folder = None if tables is None else tables if tables.is_dir() else tables.parent
    known = [] if folder is None else list(find_workbooks(folder))
    for path in known:
        if workbook.casefold() in (path.name.casefold(), path.stem.casefold()):
            return path
    where = f' and none of that name in "{folder}"' if folder is not None else ""
    versions = [path.name for path in known if path.name.casefold().startswith(f"{workbook.casefold()}-")]
    hint = did_you_mean(workbook, [path.name for path in known])
    if versions:
        hint = f" Did you mean {' or '.join(versions)}?"
    raise InputError(f'There is no workbook "{workbook}"{where}.{hint}')


def _require_own(path: Path) -> None:
    """Raise InputError for what comes with the installed package, which is never changed."""
    if is_installed(path):
        raise InputError("These are the tables that come with dmn-dli, which are never changed.")


def _dictionary(path: Path, shown: str = "") -> DictionaryFile:
    shown = shown or str(path)
    return DictionaryFile(path, shown, read_given(Given(path, shown)))


def _reading(path: Path, shared: Dictionary, wrong: tuple[Finding, ...]) -> Reading:
    return Reading(str(path), path.name, read_given(Given(path, str(path))), shared, wrong)
