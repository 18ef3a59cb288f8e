"""The notes on headings: what a fact is, what a column is for. And which notes are ours to write anew."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dmn_dli.keeping.house_style.plan import Note
from dmn_dli.keeping.house_style.words import Subject
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import DICTIONARY_TYPES, Fact, FactType
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.hit_policy import HitPolicy

_WIDE, _MIDDLE, _NARROW = 360, 300, 260
_ON_GROUPS = "\nOn a group the cell says when the group applies; - means always."
_HIT_POLICY = "Hit policy. "
_OTHERS = "Others: U unique, A any, P priority, F first, R rule order, O output order, C collect."
_ALLOWED = "Allowed: "

CRITERIA_WORD = Note(
    "A sheet of criteria: the policy's criteria as the document prints and numbers them. It is no table of "
    "rules: every row is met, not met, unknown, or does not apply.",
    _MIDDLE,
)
CRITERION = Note(
    "The number as printed. Parts that the document does not number have an id of ours. Indented under the "
    "group to which the row belongs. Other tables read a row as Criteria. and its id.",
    _MIDDLE,
)
CRITERIA_HEADINGS: Mapping[str, Note] = {
    "part of": Note(
        "The group to which the row belongs, by its id. Blank: the row stands alone, or is the topmost "
        "group.",
        _MIDDLE,
    ),
    "needs": Note(
        "Blank: a criterion, met where all its IF cells hold.\nall, any, at least 2: a group, met where so "
        "many of the rows under it are met.\nnone: exclusions, met where none of the rows under it is; these "
        "rows state what is excluded.",
        _MIDDLE,
    ),
    "means": Note(
        "What the group claims: where it applies, it is met exactly if the final decision gives this "
        "determination. check proves the claim over every possible case. Only on a topmost group.",
        _MIDDLE,
    ),
    "requirement": Note(
        "What is required, in our words; under none: what is excluded. Findings and letters print it, "
        "followed by what is given.",
        _MIDDLE,
    ),
    "evidence": Note("What in the chart would show it, one item a line.", _NARROW),
}
STATUS = Note("retired takes the row out of force; blank, or in force, keeps it.", _NARROW)

PAYER = Note("The payer's short id; the file's name begins with it.", _NARROW)
FACT_HEADINGS: Mapping[str, Note] = {
    "fact": Note("The name in case files and records; small letters, digits and underscores.", _NARROW),
    "label": Note("What people read; tables may use it as a column's heading.", _NARROW),
    "type": Note("string, number, integer, boolean or date.", _NARROW),
    "allowed values": Note(
        "FEEL: a list of values in quotes, or a range such as [0..100]. Blank: any value of the type.",
        _NARROW,
    ),
    "nullable": Note("Yes: the word null is a value of its own (not applicable).", _NARROW),
    "question": Note("What to ask when the fact is missing.", _NARROW),
    "changeable": Note(
        "Yes: care or time can change it. No: it is past, or the patient's. request: the requester states "
        "it. Explanations look for changes accordingly.",
        _NARROW,
    ),
}
DETERMINATION_DUE = Note("The determination that is due. Blank: not checked.", _MIDDLE)
MISSING_DUE = Note(
    "The facts to be asked for, by name, one a line; none: nothing is missing.",
    _MIDDLE,
)
STATUS_DUE = Note(
    "The status that is due: met, not met, unknown or does not apply. Blank: not checked.",
    _MIDDLE,
)

_FIXED = frozenset(
    note.text
    for note in (
        CRITERIA_WORD,
        CRITERION,
        *CRITERIA_HEADINGS.values(),
        STATUS,
        PAYER,
        *FACT_HEADINGS.values(),
        DETERMINATION_DUE,
        MISSING_DUE,
        STATUS_DUE,
    )
)
_MADE = re.compile(
    rf"{re.escape(_HIT_POLICY)}[^\n]*\n{re.escape(_OTHERS)}"
    r"|The answer( '[^\n]*')? of the table '[^\n]*'\."
    r"|The criterion '[^\n]*' of the sheet [^\n]*: true met, false not met; the cell null: it does not "
    r"apply\."
    rf"|[^\n]+ \((?:{'|'.join(each.value for each in DICTIONARY_TYPES)})\)\n(?:.*\n)?{_ALLOWED}.*",
    re.DOTALL,
)


def is_ours(text: str) -> bool:
    """Whether a note is one that the house style has written, perhaps of other words of the dictionary.

    All other notes are people's, and stay.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain in _FIXED or _MADE.fullmatch(plain.removesuffix(_ON_GROUPS)) is not None


def hit_policy_note(hit_policy: HitPolicy) -> Note:
    """What the hit policy of a table means."""
    return Note(f"{_HIT_POLICY}{hit_policy.word.capitalize()}: {hit_policy.reading}.\n{_OTHERS}", _MIDDLE)


def fact_note(fact: Fact) -> Note:
    """What the dictionary says of a fact: label, question, allowed values, description."""
    stated = fact.allowed.text.replace('"', "") if fact.allowed else ""
    any_value = {FactType.BOOLEAN: "true, false", FactType.DATE: "a date"}.get(fact.type, "any")
    unit = f" {fact.unit}" if fact.unit and stated else ""
    parts = (
        f"{fact.label} ({fact.type.value})",
        fact.question,
        f"{_ALLOWED}{stated or any_value}{unit}",
        fact.description,
    )
    return Note("\n".join(part for part in parts if part), _WIDE)


def clause_note(subject: Subject, criteria: tuple[CriteriaSheet, ...], *, of_criteria: bool) -> Note | None:
    """What an IF column is about; on a sheet of criteria also what its cells mean for groups."""
    note = _clause_note(subject, criteria)
    if note is None or not of_criteria:
        return note
    return Note(note.text + _ON_GROUPS, note.width)


def _clause_note(subject: Subject, criteria: tuple[CriteriaSheet, ...]) -> Note | None:
    if subject.fact is not None:
        return fact_note(subject.fact)
    if subject.criterion:
        sheet = next(each for each in criteria if subject.criterion.startswith(f"{each.name}."))
        identifier = subject.criterion.removeprefix(f"{sheet.name}.")
        text = (
            f"The criterion '{identifier}' of the sheet {sheet.name}: true met, false not met; "
            "the cell null: it does not apply."
        )
        return Note(text, _NARROW)
    if subject.table is not None and subject.output is not None:
        return Note(_answer(subject.table, subject.output.name), _NARROW)
    return None


def _answer(table: DecisionTable, output: str) -> str:
    which = f" '{output}'" if len(table.outputs) > 1 and not table.hit_policy.counts else ""
    return f"The answer{which} of the table '{table.name}'."
