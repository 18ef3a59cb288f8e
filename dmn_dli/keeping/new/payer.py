"""A payer's first workbook: an example of every sheet, of which `check` says what is left to fill in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from dmn_dli.keeping.new.cells import CITATION, HISTORY, WORDING, Rows, history_rows
from dmn_dli.keeping.new.examples import ExampleFact, example_facts
from dmn_dli.keeping.new.file import NewFile, book_bytes, check_cells, check_payer, version_name
from dmn_dli.keeping.new.payer_from import payer_from
from dmn_dli.keeping.new.version import versions_of
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import errors
from dmn_dli.model.to_fill_in import to_fill_in
from dmn_dli.model.workbook import DRAFT
from dmn_dli.ooxml.sheet import Value
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.record import NO_POLICY
from dmn_dli.store.folder import dictionaries_in, named_versions
from dmn_dli.store.shared import SharedDictionary


def new_payer(
    folder: Path, payer: str, effective: date, name: str | None = None, like: str | None = None
) -> NewFile:
    """A payer's first workbook, a draft, for a folder of tables.

    It holds examples of the dictionary's facts, or what another payer's latest version holds (`like`), and
    says in its cells what is yet to be filled in. Raises InputError for an id that cannot be one or that has
    versions already, for a name or day that no cell holds, for an unknown `like`, and where the dictionary
    cannot be used.
    """
    check_payer(payer)
    check_cells(effective, name)
    name = (name or "").strip() or None
    try:
        taken = [path.name for _, path in named_versions(folder, payer)]
    except OSError as error:
        raise InputError(f'The folder "{folder}" cannot be read: {why(error)}.') from error
    if taken:
        raise InputError(
            f'"{payer}" has versions in "{folder}" already, {taken[-1]} the latest; '
            f"`dmn-dli new version {payer} {effective.isoformat()}` begins the next."
        )
    dictionary = _dictionary(folder)
    if like is not None:
        versions = [each for each in versions_of(folder, like) if not each.workbook.policy.withdrawn]
        if not versions:
            raise InputError(f'All versions of "{like}" in "{folder}" are withdrawn.')
        return payer_from(versions[-1], dictionary, payer, name, effective)
    data = book_bytes(_sheets(dictionary, payer, name, effective), dictionary, notes=True)
    borrowed = (
        f'There is no facts.xlsx in "{folder}"; the examples are of the dictionary that comes with dmn-dli, '
        "whose facts the workbook then has."
    )
    return NewFile(version_name(payer, effective), data, () if dictionaries_in(folder) else (borrowed,))


def _dictionary(folder: Path) -> Dictionary:
    """The dictionary of a folder's workbooks. Raises InputError where it has errors, or there is none."""
    try:
        dictionary, findings = SharedDictionary(folder).read
    except OSError as error:
        raise InputError(f"There is no dictionary of facts: {why(error)}.") from error
    wrong = errors(findings)
    if dictionary is None or wrong:
        told = "\n".join(f"  {each.place}: {each.text}".replace("  : ", "  ") for each in wrong)
        raise InputError(f'The dictionary for "{folder}" has errors:\n{told}')
    return dictionary


def _sheets(dictionary: Dictionary, payer: str, name: str | None, effective: date) -> dict[str, Rows]:
    """The sheets of the workbook, by name, in order; the examples are of the dictionary's facts.

    Raises InputError where the dictionary has too few facts.
    """
    service, first, second = example_facts(dictionary)
    letter = payer[0].upper()
    lists = (
        ("Documentation", "What may have to be submitted?", "R", "D", "Document", "a document to submit"),
        ("Procedure codes", "Which codes does the policy list?", "C", "P", "Code", "a code"),
        ("Plan notes", "What else must the reviewer keep in mind?", "R", "N", "Plan note", "a note"),
    )
    return {
        "Policy": _policy(payer, name, effective),
        "Scope": _scope(letter, service),
        "Criteria": _criteria(service, first, second),
        "Determination": _determination(letter),
        **{
            sheet: [
                [sheet, question],
                [policy, "IF", "THEN", "NOTE"],
                ["Rule", "Scope", output, "Citation"],
                ["values", "addressed, not addressed"],
                [f"{letter}-{mark}1", "addressed", to_fill_in(what), CITATION],
            ]
            for sheet, question, policy, mark, output, what in lists
        },
        "Cases": _cases(dictionary, service, first, second, effective),
        HISTORY: history_rows("First version of all tables and cases"),
    }


def _policy(payer: str, name: str | None, effective: date) -> Rows:
    """The Policy sheet of a draft, of which the document's fields are blank."""
    return [
        ["Field", "Value"],
        ["Payer", payer],
        ["Payer name", name],
        ["Policy number", None],
        ["Title", None],
        ["Status", DRAFT],
        ["Effective from", effective],
        ["Effective to", None],
        ["Last review", None],
        ["Next review", None],
        ["Source document", None],
        ["Final decision", "Determination"],
        ["Notes", None],
    ]


def _scope(letter: str, service: ExampleFact) -> Rows:
    return [
        ["Scope", "Does this policy speak of the requested service?"],
        ["U", "IF", "THEN", "NOTE", "NOTE"],
        ["Rule", service.fact.label, "Scope", "Citation", "Note"],
        ["values", None, "addressed, not addressed"],
        [f"{letter}-S1", service.met, "addressed", CITATION],
        [f"{letter}-S2", service.unmet, "not addressed", CITATION],
    ]


def _criteria(service: ExampleFact, first: ExampleFact, second: ExampleFact) -> Rows:
    labels = [each.fact.label for each in (service, first, second)]
    return [
        ["Criteria", "Which criteria does the policy state, and what does each require?"],
        ["Criteria", "GROUP", "GROUP", "GROUP", "THEN", "IF", "IF", "IF", "THEN", "NOTE", "NOTE"],
        ["Criterion", "Part of", "Needs", "Means", "Requirement", *labels, "Evidence", "Citation", "Note"],
        ["values"],
        [
            *("All", None, "all", "medically necessary", "All criteria of the policy must be met"),
            *(service.met, "-", "-", None, CITATION),
        ],
        ["1", "All", None, None, first.requirement, "-", first.met, "-", None, CITATION],
        ["2", "All", None, None, second.requirement, "-", "-", second.met, None, CITATION],
    ]


def _determination(letter: str) -> Rows:
    silent = "The policy does not speak of the requested service."
    return [
        ["Determination", "What does the policy say of this request?"],
        ["U", "IF", "IF", "THEN", "THEN", "THEN", "NOTE", "NOTE"],
        ["Rule", "Scope", "Criteria.All", "Determination", "Payer wording", "Reason", "Citation", "Note"],
        ["values", "addressed, not addressed", None, "medically necessary, criteria not met, not addressed"],
        [f"{letter}-01", "not addressed", "-", "not addressed", WORDING, silent, CITATION],
        [
            f"{letter}-02",
            "addressed",
            "true",
            "medically necessary",
            WORDING,
            "All criteria are met.",
            CITATION,
        ],
        [f"{letter}-03", "addressed", "false", "criteria not met", WORDING, "null", CITATION],
    ]


def _cases(
    dictionary: Dictionary, service: ExampleFact, first: ExampleFact, second: ExampleFact, effective: date
) -> Rows:
    """A case for each rule and each criterion, one with facts left out, and one before the first day."""
    asked = "\n".join(sorted((first.fact.name, second.fact.name)))
    this, met, met_too = service.meeting[0], first.meeting[0], second.meeting[0]
    failed = ("criteria not met", "not met", "none")
    cases: list[tuple[Value, ...]] = [
        ("all criteria are met", this, met, met_too, "medically necessary", "met", "none"),
        ("criterion 1 fails", this, first.failing[0], met_too, *failed),
        ("criterion 2 fails", this, met, second.failing[0], *failed),
        ("another service", service.failing[0], met, met_too, "not addressed", "does not apply", "none"),
        ("the service alone", this, None, None, "needs information", "unknown", asked),
    ]
    labels = [each.fact.label for each in (service, first, second)]
    expected = ["expect determination", "expect criterion Criteria.All", "expect missing", "why"]
    day = dictionary.by_name.get(DATE_FACT)
    if day is None:
        return [["case", *labels, *expected], *cases]
    dated = [(name, effective, *others) for name, *others in cases]
    before = ("the day before the first", effective - timedelta(days=1), this, met, met_too, NO_POLICY)
    return [["case", day.label, *labels, *expected], *dated, before]
