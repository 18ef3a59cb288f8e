"""The cases of both workbooks' Cases sheets, put to both versions: what each says, and what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from dmn_dli.cases.rows import read_sheet
from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.case_causes import Answer, Parting, deciding_rules, partings
from dmn_dli.diff.case_rows import UNDECIDED, differing_aspects, record_in_force
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.matching import criteria_in_force
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.errors import EvaluationError


class Whose(Enum):
    """Which workbook's Cases sheet holds a case, with these very facts."""

    BOTH = "both versions"
    NEW = "the new version"
    OLD = "the old version"


@frozen
class CaseAnswer:
    """What a version says of a case; rules: those of the final decision; why: of an error its reasons."""

    determination: Any
    rules: str
    why: str = ""


@frozen
class AskedCase:
    """A case that the two versions do not answer alike.

    place: the cell of its name. aspects: what differs of the records; none where other rules say the same.
    partings: what parts the answers.
    """

    name: str
    whose: Whose
    place: str
    facts: Mapping[str, Any]
    old: CaseAnswer
    new: CaseAnswer
    aspects: tuple[Aspect, ...]
    partings: tuple[Parting, ...]

    @property
    def decided_otherwise(self) -> bool:
        """Whether its determination is another."""
        return Aspect.DETERMINATION in self.aspects


@frozen
class AskedCases:
    """How many cases were put to both versions, and those that are not answered alike."""

    asked: int
    changed: tuple[AskedCase, ...]


def asked_cases(old: Edition, new: Edition) -> AskedCases | None:
    """The cases of the new workbook, then those that the old one alone has; None where a side has errors.

    Both versions are asked as if they were in force. A case of one name whose facts were edited is asked with
    the old facts too.
    """
    if old.kernel is None or new.kernel is None:
        return None
    kernels = old.kernel, new.kernel
    books = old.linked.workbook, new.linked.workbook
    rows = dict(criteria_in_force(books[0].criteria, books[1].criteria))
    before, after = (list(_cases(side, kernel)) for side, kernel in zip((old, new), kernels, strict=True))
    former, latter = ({_key(name, facts) for name, facts, _ in side} for side in (before, after))
    asked = [(*each, Whose.BOTH if _key(*each[:2]) in former else Whose.NEW) for each in after]
    asked += [(*each, Whose.OLD) for each in before if _key(*each[:2]) not in latter]
    changed = []
    for name, facts, place, whose in asked:
        sides = _answer(kernels[0], facts), _answer(kernels[1], facts)
        records = [each.record or UNDECIDED for each in sides]
        aspects = differing_aspects(*records)
        said = _said(sides[0]), _said(sides[1])
        if aspects or said[0] != said[1]:
            why = tuple(dict.fromkeys(partings(*sides, rows)))
            changed.append(AskedCase(name, whose, place, facts, *said, aspects, why))
    return AskedCases(len(asked), tuple(changed))


def _cases(side: Edition, kernel: PolicyKernel) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Each case's name, facts, and cell."""
    book = side.linked.workbook
    sheet = book.cases.sheet if book.cases else ""
    for each in read_sheet(book, kernel).rows:
        yield each.row.name, each.facts, cell_name(sheet, each.row.cell.reference)


def _key(name: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    return name, repr(sorted(facts.items(), key=lambda item: item[0]))


def _answer(kernel: PolicyKernel, facts: Mapping[str, Any]) -> Answer:
    try:
        return Answer(kernel, record_in_force(kernel, facts))
    except EvaluationError as error:
        return Answer(kernel, {}, error)


def _said(answer: Answer) -> CaseAnswer:
    if answer.error is None:
        return CaseAnswer(answer.record["determination"], deciding_rules(answer))
    why = dict.fromkeys(each["reason"] for each in answer.error.problems)
    return CaseAnswer(UNDECIDED["determination"], deciding_rules(answer), "; ".join(why))
