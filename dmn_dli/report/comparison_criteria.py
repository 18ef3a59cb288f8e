"""The payers' criteria side by side for a case: what several payers ask of the same facts stands together.

Criteria have other numbers and words in each policy; what they read of the case is what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.report.checklist import by_number, groups_of
from dmn_dli.report.documents import escaped, grid
from dmn_dli.report.layout import labelled, paragraph, spoken, table
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY

Record = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""By payer and fact, in the order of the dictionary: what people call the fact."""

_EXCLUSIONS = "none"
"""What a group of exclusions needs of its members."""

_EXCLUDES = {"met": "excluded", "not met": "not excluded"}


@frozen
class Asked:
    """A criterion or an exclusion of one payer, with its status in the case."""

    payer: str
    sheet: str
    id: str
    requirement: str
    status: str
    exclusion: bool

    @property
    def shown(self) -> str:
        """The status in words: an exclusion that is met is no good news."""
        return _EXCLUDES.get(self.status, self.status) if self.exclusion else self.status


@frozen
class Subject:
    """What the payers ask of the same facts. given: labels and values in words. silent: who asks nothing."""

    facts: tuple[str, ...]
    given: str
    asked: tuple[Asked, ...]
    silent: tuple[str, ...]


def subjects(records: Sequence[Record], labels: Labels) -> list[Subject]:
    """The criteria of records of one case, by the facts that they read, in the order of the dictionary.

    Groups are left out, since their members are there; but an exclusion counts whole. So are groups that
    claim another determination than necessity, with all below them: the determination tells of these.
    Payers without a sheet of criteria are not in it.
    """
    found: dict[tuple[str, ...], list[Asked]] = {}
    values: dict[str, Any] = {}
    order: dict[str, str] = {}
    payers: list[str] = []
    for record in records:
        rows: Sequence[Mapping[str, Any]] = record.get("criteria", ())
        if not rows:
            continue
        payer = str(record["payer"])
        payers.append(payer)
        known = labels.get(payer, {})
        order |= {fact: known.get(fact, fact) for fact in (*known, *_read(rows)) if fact not in order}
        for row, exclusion in _compared(rows):
            read = {*row["facts"], *row["not_given"]}
            values |= row["facts"]
            asked = Asked(payer, row["sheet"], row["id"], row["requirement"], row["status"], exclusion)
            found.setdefault(tuple(fact for fact in order if fact in read), []).append(asked)
    places = {fact: place for place, fact in enumerate(order)}
    return [
        Subject(
            facts,
            "; ".join(_given(fact, order[fact], values) for fact in facts),
            tuple(found[facts]),
            tuple(payer for payer in payers if payer not in {each.payer for each in found[facts]}),
        )
        for facts in sorted(found, key=lambda facts: [places[fact] for fact in facts])
    ]


def criteria_lines(found: Sequence[Subject], width: int) -> Iterator[str]:
    """For each subject a small table, a line or more for each criterion; nothing where there are none."""
    for subject in found:
        yield ""
        yield from labelled("Criteria on", [subject.given], width)
        rows = [[each.payer, each.shown, each.id, each.requirement] for each in subject.asked]
        yield from table(rows, width, "    ")
        if subject.silent:
            yield from paragraph(f"not asked by {', '.join(subject.silent)}", width, "    ")


def criteria_markdown(found: Sequence[Subject]) -> Iterator[str]:
    """A table with a column for each payer; a blank cell is what a payer does not ask."""
    payers = sorted({each.payer for subject in found for each in subject.asked})
    rows = [[subject.given, *(_cell(subject, payer) for payer in payers)] for subject in found]
    yield from grid(["Criteria on", *map(escaped, payers)], rows)


def criteria_json(found: Sequence[Subject]) -> list[dict[str, Any]]:
    """For each subject its facts, and by payer the criteria with their status as records have it."""
    return [
        {
            "facts": list(subject.facts),
            "payers": {
                payer: [
                    {
                        "sheet": each.sheet,
                        "id": each.id,
                        "requirement": each.requirement,
                        "exclusion": each.exclusion,
                        "status": each.status,
                    }
                    for each in subject.asked
                    if each.payer == payer
                ]
                for payer in dict.fromkeys(each.payer for each in subject.asked)
            },
            "not_asked_by": list(subject.silent),
        }
        for subject in found
    ]


def _cell(subject: Subject, payer: str) -> str:
    return "; ".join(
        f"{each.id} {each.shown}: {each.requirement}" for each in subject.asked if each.payer == payer
    )


def _read(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from (*row["facts"], *row["not_given"])


def _compared(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """The criteria, and the members of groups of exclusions whole; whether each is an exclusion."""
    numbered = by_number(rows)
    of_necessity = any(row["means"] == MEDICALLY_NECESSARY for row in rows)
    for row in rows:
        above = [*groups_of(row, numbered)]
        if of_necessity and [row, *above][-1]["means"] not in (None, MEDICALLY_NECESSARY):
            continue
        needs = [each["needs"] for each in above]
        if needs.count(_EXCLUSIONS) == 1 and needs[0] == _EXCLUSIONS:
            yield row, True
        elif row["needs"] is None and _EXCLUSIONS not in needs:
            yield row, False


def _given(fact: str, label: str, values: Mapping[str, Any]) -> str:
    if fact not in values:
        return f"{label}: not given"
    return f"{label}: {'not applicable' if values[fact] is None else spoken(values[fact])}"
