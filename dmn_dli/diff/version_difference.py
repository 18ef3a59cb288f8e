"""All that two editions of a policy, or two folders of them, differ in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from attrs import frozen

from dmn_dli.analysis.versions import untouched
from dmn_dli.diff.behaviour import Behaviour, unknown
from dmn_dli.diff.broken import why_broken
from dmn_dli.diff.case_rows import CaseChange, changed_cases
from dmn_dli.diff.change import Change
from dmn_dli.diff.changes import dictionary_changes, workbook_changes
from dmn_dli.diff.compare import compare
from dmn_dli.diff.criteria import CriterionDifference, criteria_difference
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.value_answers import ValueAnswers, value_answers
from dmn_dli.diff.value_changes import changed_values
from dmn_dli.diff.verdict import Verdict


class Match(Enum):
    """How an old and a new edition belong together."""

    SAME_VERSION = "same version"
    NEXT_VERSION = "next version"
    """A new version of the payer's policy, beside the one before it."""
    ADDED = "added"
    REMOVED = "removed"


@frozen
class VersionDifference:
    """What changed from one edition to another; of an added or removed one there is no behaviour.

    values: what cases with values get that only one of the dictionaries admits; no comparison holds these.
    """

    match: Match
    old: Edition | None
    new: Edition | None
    changes: tuple[Change, ...] = ()
    behaviour: Behaviour | None = None
    cases: tuple[CaseChange, ...] = ()
    criteria: tuple[CriterionDifference, ...] = ()
    values: tuple[ValueAnswers, ...] = ()

    @property
    def edition(self) -> Edition:
        """The new edition, or the removed one."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def differs(self) -> bool:
        """Whether answers differ, or may differ for all that is known."""
        if self.behaviour is None or self.behaviour.differs:
            return True
        return any(each.differs for each in self.criteria)

    @property
    def untouched(self) -> tuple[str, ...]:
        """Of a payer's later version: which of source, reviews and history nobody has touched."""
        old, new = self.old, self.new
        if old is None or new is None or old.payer != new.payer or old.effective_from >= new.effective_from:
            return ()
        return untouched(old.linked.workbook, new.linked.workbook)

    @property
    def broken(self) -> bool:
        """Whether an edition has errors, so that nothing could be compared."""
        return any(each is not None and each.broken for each in (self.old, self.new))


def version_difference(old: Edition, new: Edition, match: Match = Match.SAME_VERSION) -> VersionDifference:
    """What differs between two editions."""
    if old.same_bytes(new):
        return VersionDifference(match, old, new, behaviour=Behaviour(Verdict.EQUIVALENT))
    books = old.linked.workbook, new.linked.workbook
    dictionaries = old.linked.dictionary, new.linked.dictionary
    changes = (*dictionary_changes(*dictionaries), *workbook_changes(*books))
    kernels = old.kernel, new.kernel
    values = _values((old, new))
    if kernels[0] is None or kernels[1] is None:
        why = [why_broken(each.shown, each.linked.findings) for each in (old, new) if each.kernel is None]
        behaviour = unknown("; ".join(why))
        criteria = criteria_difference(*books, dictionaries, behaviour)
        return VersionDifference(match, old, new, changes, behaviour, criteria=criteria, values=values)
    behaviour = compare(old.linked, new.linked)
    cases = changed_cases(books, (kernels[0], kernels[1]))
    criteria = criteria_difference(*books, dictionaries, behaviour)
    return VersionDifference(match, old, new, changes, behaviour, cases, criteria, values)


def _values(sides: tuple[Edition, Edition]) -> tuple[ValueAnswers, ...]:
    """What the new version gives to values that its dictionary has gained, and the old one to those lost."""
    if not all(each.linked.dictionary.facts for each in sides):
        return ()
    changed = tuple(changed_values(*[each.linked for each in sides]))
    return tuple(
        answers
        for side, here in zip(reversed(sides), (True, False), strict=True)
        for answers in value_answers(
            [each for each in changed if each.change.gained is here], side.linked, side.kernel
        )
    )


def folder_difference(old: Sequence[Edition], new: Sequence[Edition]) -> tuple[VersionDifference, ...]:
    """What differs between two folders: editions matched by payer and effective date, by payer and name.

    An edition that only the new folder has is compared with the payer's version before it, if there is
    one. Editions without any difference are left out.
    """
    if len(old) == len(new) == 1:
        return _told([version_difference(old[0], new[0])])
    return _told(_matched(old, new))


def edition_differences(old: Sequence[Edition], new: Sequence[Edition]) -> tuple[VersionDifference, ...]:
    """What differs between some editions and what an older folder has of their payers; all of them are told.

    Matched as in `folder_difference`; what the older folder has besides is not said to be removed.
    """
    payers = {each.payer for each in new}
    found = _matched([each for each in old if each.payer in payers], new)
    return tuple(each for each in found if each.new is not None)


def _matched(old: Sequence[Edition], new: Sequence[Edition]) -> list[VersionDifference]:
    same = {each.name for each in new if any(each.same_bytes(other) for other in old)}
    before = {_key(each): each for each in old if each.name not in same}
    after = {_key(each): each for each in new if each.name not in same}
    found: list[VersionDifference] = []
    for key in sorted(after):
        edition = after[key]
        earlier = [] if key in before else [each for each in old if each.payer == key[0] and _key(each) < key]
        if key in before:
            found.append(version_difference(before[key], edition))
        elif earlier:
            found.append(version_difference(max(earlier, key=_key), edition, Match.NEXT_VERSION))
        else:
            found.append(VersionDifference(Match.ADDED, None, edition))
    return found + [
        VersionDifference(Match.REMOVED, before[key], None) for key in sorted(before) if key not in after
    ]


def _key(edition: Edition) -> tuple[str, str]:
    return edition.payer, edition.effective_from


def _told(found: Iterable[VersionDifference]) -> tuple[VersionDifference, ...]:
    return tuple(
        each
        for each in found
        if each.match is not Match.SAME_VERSION or each.differs or each.changes or each.cases
    )
