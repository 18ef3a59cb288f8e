"""A whole workbook: which sheet is what, and all that is to be said about it in one run."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from attrs import define, evolve, field

from dmn_dli.excel import codes
from dmn_dli.excel.accepted import places_of, read_accepted
from dmn_dli.excel.archive import Refused, objection_to
from dmn_dli.excel.assumptions import read_assumptions
from dmn_dli.excel.cases import read_cases
from dmn_dli.excel.changes import read_changes
from dmn_dli.excel.conflicts import conflict_finding
from dmn_dli.excel.criteria import is_criteria, looks_like_criteria, read_criteria
from dmn_dli.excel.dictionary import read_facts
from dmn_dli.excel.final import payer_findings, resolve_final_decision, unmet_table_findings
from dmn_dli.excel.hazards import hidden_sheet
from dmn_dli.excel.head import decision_name
from dmn_dli.excel.parse import BROKEN_PART, parse_package
from dmn_dli.excel.parts import MARKS_LIMIT
from dmn_dli.excel.place import Place
from dmn_dli.excel.policy import file_name_findings, read_policy
from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.excel.table import hit_policy, looks_like_table, read_table
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.waiver import Waiver
from dmn_dli.model.workbook import CaseSheet, ChangeEntry, NoteSheet, PolicyFields, Workbook

_POLICY, _CASES, _FACTS, _CHANGES = "policy", "cases", "facts", "change history"
_ASSUMPTIONS, _ACCEPTED, _CONFLICTS = "assumptions", "accepted", "conflicts"
_RESERVED = (_POLICY, _CASES, _FACTS, _CHANGES, _ASSUMPTIONS, _ACCEPTED, "findings", _CONFLICTS)


def is_reserved(tab: str) -> bool:
    """Whether a sheet of this name is read as something else than a table or criteria, or not at all."""
    title = plain_word(tab)
    return title in _RESERVED or _is_notes(title)


def _is_notes(title: str) -> bool:
    return title == "notes" or title.startswith("notes ")


def read_workbook_bytes(data: bytes, name: str, as_given: str) -> Workbook:
    """The workbook that these bytes are, with everything that is wrong with it; whatever they hold.

    name: the bare file name; as_given: the path as the user wrote it, which the findings carry.
    """
    return opened_workbook(open_package(data, name, Place(as_given)), data, name, as_given)


def opened_workbook(
    opened: tuple[Package | None, tuple[Finding, ...]], data: bytes, name: str, as_given: str
) -> Workbook:
    """The same of bytes that have been opened already: what `open_package` gave for them."""
    package, refusal = opened
    digest = sha256(data).hexdigest()
    if package is None:
        return Workbook(as_given, name, digest, PolicyFields(), findings=refusal)
    return workbook_of(package, Place(as_given), name, digest, refusal)


def workbook_of(
    package: Package, place: Place, name: str, digest: str, findings: tuple[Finding, ...] = ()
) -> Workbook:
    """The workbook that these sheets are; digest: of the file's bytes; findings: what was found before."""
    reading = _Reading(place, name, digest, found=list(findings))
    for sheet in package.sheets:
        reading.add(sheet)
    return reading.finish(package)


def read_dictionary_bytes(
    data: bytes, name: str, as_given: str
) -> tuple[Dictionary | None, tuple[Finding, ...]]:
    """The dictionary of facts that these bytes hold, with the assumptions beside it and what is wrong."""
    place = Place(as_given)
    package, refusal = open_package(data, name, place)
    if package is None:
        return None, refusal
    named = {plain_word(sheet.name): sheet for sheet in reversed(package.sheets)}
    if _FACTS not in named:
        message = "The workbook has no sheet named Facts."
        return None, (*refusal, place.finding(codes.NO_FACTS, message))
    facts = named[_FACTS]
    dictionary, found = read_facts(facts, evolve(place, sheet=facts.name), name, sha256(data).hexdigest())
    if _ASSUMPTIONS in named:
        sheet = named[_ASSUMPTIONS]
        assumptions, wrong = read_assumptions(sheet, evolve(place, sheet=sheet.name))
        found += wrong
        dictionary = dictionary and evolve(dictionary, assumptions=assumptions)
    if _CONFLICTS in named:
        sheet = named[_CONFLICTS]
        found.append(conflict_finding(sheet, evolve(place, sheet=sheet.name)))
    return dictionary, (*refusal, *found)


def open_package(
    data: bytes, name: str, place: Place, marks: int = MARKS_LIMIT
) -> tuple[Package | None, tuple[Finding, ...]]:
    """The file's sheets; None, and why, where the file cannot be read. Damaged sheets are findings too.

    marks: how much may be read of it (`parts.py`).
    """
    objection = objection_to(data, name)
    if objection is not None:
        return None, (place.finding(objection.code, objection.message),)
    try:
        package = parse_package(data, marks)
    except Refused as refused:
        why = refused.objection
        return None, (evolve(place, sheet=why.sheet).finding(why.code, why.message),)
    except BROKEN_PART:
        message = "The file is a workbook, but a part of it is not as Excel writes it."
        return None, (place.finding(codes.DAMAGED, message),)
    return package, tuple(
        evolve(place, sheet=sheet).finding(
            codes.DAMAGED, f'The sheet "{sheet}" is damaged inside the file and could not be read.'
        )
        for sheet in package.damaged
    )


@define
class _Reading:
    """A workbook while its sheets are being read."""

    place: Place
    name: str
    sha256: str
    found: list[Finding] = field(factory=list)
    seen: set[str] = field(factory=set)
    decisions: dict[str, tuple[str, str]] = field(factory=dict)
    criteria_names: dict[str, tuple[str, str]] = field(factory=dict)
    policy: PolicyFields = field(factory=PolicyFields)
    policy_place: Place | None = None
    tables: list[DecisionTable] = field(factory=list)
    criteria: list[CriteriaSheet] = field(factory=list)
    cases: CaseSheet | None = None
    changes: tuple[ChangeEntry, ...] = ()
    dictionary: Dictionary | None = None
    assumptions: tuple[Assumption, ...] = ()
    accepted: Sheet | None = None

    def add(self, sheet: Sheet) -> None:
        """Read a sheet as what its name says it is."""
        title = plain_word(sheet.name)
        place = evolve(self.place, sheet=sheet.name)
        notes = _is_notes(title)
        self.found.extend(self._about_sheet(sheet, place, title, notes=notes))
        if notes or sheet.is_chart:
            return
        if title in _RESERVED:
            if title not in self.seen:
                self._add_reserved(sheet, place, title)
            self.seen.add(title)
        elif sheet.cells and looks_like_criteria(sheet):
            self._add_criteria(sheet, evolve(place, decision=decision_name(sheet)))
        elif sheet.cells and looks_like_table(sheet):
            self._add_table(sheet, evolve(place, decision=decision_name(sheet)))

    def _add_reserved(self, sheet: Sheet, place: Place, title: str) -> None:
        found: list[Finding] = []
        if title == _POLICY:
            self.policy, found = read_policy(sheet, place)
            self.policy_place = place
        elif title == _CASES:
            self.cases, found = read_cases(sheet, place)
        elif title == _FACTS:
            self.dictionary, found = read_facts(sheet, place, self.name, self.sha256)
        elif title == _ASSUMPTIONS:
            self.assumptions, found = read_assumptions(sheet, place)
        elif title == _ACCEPTED:
            self.accepted = sheet  # read last, since it speaks of the other sheets
        elif title == _CHANGES:
            self.changes = read_changes(sheet)
        elif title == _CONFLICTS:
            found = [conflict_finding(sheet, place)]
        self.found.extend(found)

    def _add_table(self, sheet: Sheet, place: Place) -> None:
        table, found = read_table(sheet, place)
        self.found.extend(found)
        if self._takes_name(sheet, place, self.decisions) and table is not None:
            self.tables.append(table)

    def _add_criteria(self, sheet: Sheet, place: Place) -> None:
        criteria, found = read_criteria(sheet, place)
        self.found.extend(found)
        if self._takes_name(sheet, place, self.criteria_names) and criteria is not None:
            self.criteria.append(criteria)

    def _takes_name(self, sheet: Sheet, place: Place, names: dict[str, tuple[str, str]]) -> bool:
        """Whether a table's or criteria's name is still free; it is then noted in `names`, else reported."""
        key = plain_word(place.decision)
        first = self.decisions.get(key) or self.criteria_names.get(key)
        if first is None:
            names[key] = (place.decision, sheet.name)
            return True
        message = f'The decision "{place.decision}" stands on the sheet "{first[1]}" already.'
        self.found.append(place.finding(codes.DUPLICATE_DECISION, message, "A1"))
        return False

    def _about_sheet(self, sheet: Sheet, place: Place, title: str, *, notes: bool) -> Iterator[Finding]:
        """What is to be said about a sheet as a whole."""
        if sheet.is_chart:
            yield place.finding(codes.CHART_SHEET, f'The sheet "{sheet.name}" is a chart; it is not read.')
            return
        reserved = title in _RESERVED
        # A case may well be named "A": only a whole second row makes a reserved sheet look like a table.
        headed = any(
            cell.row == 2 and plain_word(cell.text) in ("group", "if", "then")
            for cell in sheet.cells.values()
        )
        said = sheet.at(2, 1).text
        if (notes or (reserved and headed)) and hit_policy(said) is not None:
            message = (
                f'A2 of the sheet "{sheet.name}" holds the hit policy "{said}", '
                "but a sheet of this name is not read as a decision table."
            )
            yield place.finding(codes.TABLE_IN_NOTES, message, "A2")
        elif (notes or reserved) and headed and is_criteria(sheet):
            message = (
                f'A2 of the sheet "{sheet.name}" holds the word "{said}", '
                "but a sheet of this name is not read as a sheet of criteria."
            )
            remedy = "Rename the sheet as its A1 says if it holds criteria; otherwise clear A2."
            yield place.finding(codes.TABLE_IN_NOTES, message, "A2", remedy=remedy)
        if reserved and title in self.seen:
            message = f'There is another sheet named "{sheet.name}"; only the first is read.'
            yield place.finding(codes.DUPLICATE_DECISION, message)
        table = not (notes or reserved)
        if table and not sheet.cells:
            yield place.finding(codes.EMPTY_SHEET, f'The sheet "{sheet.name}" is empty.')
        elif table and not (looks_like_table(sheet) or looks_like_criteria(sheet)):
            message = (
                f'The sheet "{sheet.name}" is no decision table: A2 holds no hit policy, '
                "row 2 no IF or THEN, and A3 not Rule."
            )
            yield place.finding(codes.NOT_A_TABLE, message, "A1")
        elif sheet.hidden and not notes:
            yield hidden_sheet(sheet, place)

    def finish(self, package: Package) -> Workbook:
        """The workbook, once all sheets are read."""
        damaged = {plain_word(name) for name in package.damaged}
        if self.policy_place is None and _POLICY not in damaged:
            self.found.append(
                self.place.finding(codes.NO_POLICY_SHEET, "The workbook has no sheet named Policy.")
            )
        if not self.decisions and not damaged:
            self.found.append(
                self.place.finding(codes.NO_TABLE, "No sheet of the workbook is a decision table.")
            )
        if self.policy_place is not None:
            self.policy = resolve_final_decision(
                self.policy, self.decisions.values(), self.policy_place, self.found
            )
            self.found.extend(file_name_findings(self.policy, self.place, self.name))
        self.found.extend(payer_findings(self.policy, self.tables, self.criteria, self.place))
        self.found.extend(unmet_table_findings(self.tables, self.criteria, self.place))
        accepted, accepted_codes = self._read_accepted(package)
        named = [*self.decisions.values(), *self.criteria_names.values()]
        read = {table.name for table in self.tables} | {sheet.name for sheet in self.criteria}
        return Workbook(
            file=self.place.file,
            name=self.name,
            sha256=self.sha256,
            policy=self.policy,
            tables=tuple(self.tables),
            criteria=tuple(self.criteria),
            cases=self.cases,
            changes=self.changes,
            dictionary=self.dictionary,
            assumptions=self.assumptions,
            accepted=accepted,
            accepted_codes=accepted_codes,
            accepted_sheet=self.accepted.name if self.accepted else "",
            notes=tuple(
                NoteSheet(sheet.name, tuple(sheet.rows.values()))
                for sheet in package.sheets
                if _is_notes(plain_word(sheet.name)) and sheet.cells
            ),
            unread=tuple(name for name, _ in named if name not in read),
            tabs=tuple(sheet.name for sheet in package.sheets),
            findings=_in_sheet_order(self.found, package),
        )

    def _read_accepted(self, package: Package) -> tuple[tuple[Waiver, ...], tuple[Cell, ...]]:
        if self.accepted is None:
            return (), ()
        places = places_of((sheet.name for sheet in package.sheets), self.tables, self.criteria)
        place = evolve(self.place, sheet=self.accepted.name)
        waivers, cells, found = read_accepted(self.accepted, place, places)
        self.found.extend(found)
        return waivers, cells


def _in_sheet_order(found: list[Finding], package: Package) -> tuple[Finding, ...]:
    """The file's findings, then sheet by sheet, row by row, column by column."""
    order = {sheet.name: number for number, sheet in enumerate(package.sheets, 1)}

    def key(finding: Finding) -> tuple[int, int, int, str, str]:
        letters = finding.cell.rstrip("0123456789")
        row = int(finding.cell[len(letters) :] or 0)
        column = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters)))
        return order.get(finding.sheet, 0), row, column, finding.code.code, finding.message

    return tuple(sorted(found, key=key))
