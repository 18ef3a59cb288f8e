"""A merge with a look at the whole: whether it is as sound as its sides, and what it decides otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from dmn_dli.diff.edition import Edition
from dmn_dli.diff.version_difference import VersionDifference, version_difference
from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.merge.clashes import Clash, clashes
from dmn_dli.merge.merging import Merged, Version, merge_versions
from dmn_dli.merge.whole import Problem, brought_about, problems_of, problems_of_dictionary


@frozen
class MergeResult:
    """What comes of three files, looked at as a whole.

    merged: the file and its conflicts; as long as there are some the whole is not looked at, and all else is
    empty. lost: what is wrong with it and with neither side, as edits that do not go together; brought: what
    is wrong with THEIRS already, and was not with OURS; left: what is wrong with OURS already. against_base,
    against_ours: what it decides otherwise; None of a dictionary, and of an empty base.
    """

    merged: Merged
    dictionary: bool = False
    lost: tuple[Clash, ...] = ()
    brought: tuple[Problem, ...] = ()
    left: tuple[Problem, ...] = ()
    against_base: VersionDifference | None = None
    against_ours: VersionDifference | None = None

    @property
    def data(self) -> bytes:
        """The merged file's bytes."""
        return self.merged.data

    @property
    def sound(self) -> bool:
        """Whether nothing is to be decided, and nothing was lost."""
        return not (self.merged.conflicts or self.lost or self.brought)


def merge_checked(
    base: Version, ours: Version, theirs: Version, *, name: str, dictionary: bytes
) -> MergeResult:
    """Merge three files and look at the whole.

    name: what the merged file is to be called; dictionary: that of the folder where it is to lie. Raises
    InputError as `merge_versions`.
    """
    words = read_dictionary_bytes(dictionary, name, name)[0] if dictionary else None
    merged = merge_versions(base, ours, theirs, dictionary=words)
    result = MergeResult(merged, ours.is_dictionary)
    if merged.conflicts:
        return result
    if ours.is_dictionary:
        found, *sides = (
            problems_of_dictionary(each.data, name) if each.data else ()
            for each in (merged, ours, theirs, base)
        )
        return _with_problems(result, found, sides, (base, ours, theirs), None)
    whole = Edition(name, name, merged.data, dictionary)
    mine, other = (Edition(each.shown, name, each.data, dictionary) for each in (ours, theirs))
    former = Edition(base.shown, name, base.data, dictionary) if base.grids else None
    found = problems_of(whole)
    sides = [() if each is None else problems_of(each) for each in (mine, other, former)] if found else []
    result = _with_problems(result, found, sides, (base, ours, theirs), whole)
    return evolve(
        result,
        against_base=None if former is None else version_difference(former, whole),
        against_ours=version_difference(mine, whole),
    )


def _with_problems(
    result: MergeResult,
    found: Sequence[Problem],
    sides: Sequence[Sequence[Problem]],
    versions: tuple[Version, Version, Version],
    edition: Edition | None,
) -> MergeResult:
    """With what is wrong with the whole, by whom it is; sides: what is wrong with OURS, THEIRS and the base.

    edition: of the whole; None of a dictionary.
    """
    if not found:
        return result
    ours, theirs, base = sides
    lost = brought_about(found, ours, theirs, base)
    of_sides = [each for each in found if each not in lost]
    brought = brought_about(of_sides, ours)
    return evolve(
        result,
        lost=clashes(versions, lost, result.merged.edits, edition),
        brought=brought,
        left=tuple(each for each in of_sides if each not in brought),
    )
