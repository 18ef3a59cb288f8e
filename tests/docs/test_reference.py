"""What the pages list is what the program and the workbooks have."""

from __future__ import annotations

import re

import dmn_dli
from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.excel import read_dictionary
from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.runtime.record import Alternative, alternatives_note, not_given_notes
from tests.docs.pages import ROOT, read

REFERENCE = read(ROOT / "docs" / "format-reference.md")
SEMANTICS = read(ROOT / "docs" / "semantics.md")
POLICIES = read(ROOT / "docs" / "policies" / "index.md")


def _rows(page: str, *headings: str) -> list[list[str]]:
    """The rows of the table with these headings, cell by cell."""
    head = "|" + "|".join(f" {heading} " if heading else " " for heading in headings) + "|\n"
    body = page[page.index(head) + len(head) :].partition("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in body]


def _quoted(text: str) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(r"`([^`]+)`", text)]


def test_the_reference_lists_every_feel_function_once() -> None:
    listed = [name for _, names in _rows(REFERENCE, "subject", "functions") for name in _quoted(names)]
    assert sorted(listed) == sorted(REGISTRY)


def test_the_reference_lists_the_facts_of_the_dictionary() -> None:
    dictionary, _ = read_dictionary(ROOT / "tables" / "facts.xlsx")
    assert dictionary is not None
    true = [
        [
            f"`{fact.name}`",
            fact.label,
            fact.type.value,
            fact.allowed.text.replace('"', "") if fact.allowed else "",
        ]
        for fact in dictionary.facts
    ]
    assert [row[:4] for row in _rows(REFERENCE, "fact", "label", "type", "allowed values")] == true


def test_the_reference_lists_the_columns_of_a_csv_record() -> None:
    listed = REFERENCE[REFERENCE.index("**In csv** the columns are") :]
    assert tuple(_quoted(listed)) == COLUMNS


def test_the_reference_and_the_glossary_list_the_determinations() -> None:
    reference = REFERENCE.rpartition("**Determinations**: ")[2].partition("A generic")[0]
    glossary = read(ROOT / "docs" / "glossary.md").rpartition("**Determination.** ")[2].partition("\n\n")[0]
    assert tuple(_quoted(reference)) == tuple(_quoted(glossary)) == DETERMINATIONS


def test_semantics_speak_of_every_hit_policy() -> None:
    rows = _rows(SEMANTICS, "", "name", "value", "rules that count as contributing", "conflict")
    assert [_quoted(row[0])[0] for row in rows] == [policy.value for policy in HitPolicy]


def test_the_policies_side_by_side_are_those_on_file() -> None:
    series = dmn_dli.load(ROOT / "tables")
    rows = {row[0]: row[1:] for row in _rows(POLICIES, "", "Molina", "Cigna", "Centene", "Regence", "BCBSMS")}
    payers = [_quoted(cell)[0] for cell in rows["payer id"]]
    assert sorted(payers) == sorted(series)
    latest = [series[payer].versions[-1] for payer in payers]
    assert rows["policy"] == [policy.kernel.policy.reference["number"] for policy in latest]
    assert rows["in force from"] == [str(policy.effective_from) for policy in latest]


def test_the_notes_are_worded_as_semantics_say() -> None:
    """The page quotes the wording of the notes that the program makes itself."""
    flat = " ".join(SEMANTICS.split())
    keys = ("notes", "unmet_criteria", "documentation", "procedure_codes")
    notes = not_given_notes({key: ["Line of business"] for key in keys})
    assert notes[0] in flat
    assert all(note.partition("; ")[2] in flat for note in notes)
    rules = [Alternative("B-06", "…"), Alternative("B-07", "…")]
    assert alternatives_note(rules, ["Relapse-risk setting", "To prevent relapse"]) in flat
