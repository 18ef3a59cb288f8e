"""Which two versions of a payer's policy decide a case before a change and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from dmn_dli.cases.columns import folded_names
from dmn_dli.diff.broken import why_broken
from dmn_dli.diff.case_counts import BrokenWorkbook
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.editions import Editions
from dmn_dli.diff.matching import criteria_in_force
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries


@frozen(slots=False, eq=False)
class CasePair:
    """The versions of a payer that decide before and after; None where there is none.

    Both are taken as in force, whatever their dates are.
    """

    payer: str
    old: Edition | None
    new: Edition | None

    @cached_property
    def broken(self) -> tuple[BrokenWorkbook, ...]:
        """The workbooks among them that have errors, so that nothing can be decided."""
        return tuple(
            BrokenWorkbook(each.shown, why_broken(each.shown, each.linked.findings))
            for each in (self.old, self.new)
            if each is not None and each.kernel is None
        )

    @cached_property
    def same(self) -> bool:
        """Whether it is the same version on both sides."""
        return self.old is not None and self.new is not None and self.old.same_bytes(self.new)

    @cached_property
    def kernels(self) -> tuple[PolicyKernel | None, PolicyKernel | None]:
        """What decides on each side."""
        return _in_force(self.old), _in_force(self.new)

    @cached_property
    def series(self) -> tuple[KernelSeries, KernelSeries]:
        """Each side as a series of one version, or of none."""
        old, new = ([] if each is None else [each] for each in self.kernels)
        return KernelSeries(self.payer, old), KernelSeries(self.payer, new)

    @cached_property
    def names(self) -> tuple[frozenset[str], frozenset[str]]:
        """What a key or heading may call the facts of each side, as words are compared."""
        old, new = (
            frozenset(folded_names(each.case_reader.facts.values()) if each is not None else ())
            for each in self.kernels
        )
        return old, new

    @cached_property
    def criteria(self) -> Mapping[str, str]:
        """The rows of sheets of criteria that both sides have in force: the new name of each old one."""
        if self.old is None or self.new is None:
            return {}
        books = self.old.linked.workbook, self.new.linked.workbook
        return dict(criteria_in_force(books[0].criteria, books[1].criteria))


@frozen(slots=False, eq=False)
class PayerVersions:
    """All versions of a payer on both sides, each side in the order of effective dates."""

    payer: str
    old: tuple[Edition, ...]
    new: tuple[Edition, ...]

    def pair(self, day: str | None) -> CasePair:
        """The versions for a case of an ISO day, or of none.

        Before the change that in force on the day, without a day the latest. After it what has taken its
        place: a version added behind it that is in force on the day; else the version of the same date, if it
        was edited; else the first one added behind it. A day before all versions has that of both sides.
        """
        if len(self.old) == len(self.new) == 1:
            return self._pairs(self.old[0], self.new[0])
        old = _selected(self.old, day)
        if old is None:
            return self._pairs(None, _selected(self.new, day))
        dates = [each.effective_from for each in self.old]
        last = max(each.effective_from for each in self.old if each.effective_from <= old.effective_from)
        following = min((date for date in dates if date > last), default=None)
        added = [
            each
            for each in self.new
            if each.effective_from > last
            and each.effective_from not in dates
            and (following is None or each.effective_from < following)
        ]
        begun = [each for each in added if day is not None and each.effective_from <= day]
        same = next((each for each in self.new if each.effective_from == old.effective_from), None)
        edited = same is not None and not same.same_bytes(old)
        if begun:
            return self._pairs(old, begun[-1])
        return self._pairs(old, same if edited or not added else added[0])

    @cached_property
    def _known(self) -> dict[tuple[str, str], CasePair]:
        return {}

    def _pairs(self, old: Edition | None, new: Edition | None) -> CasePair:
        key = "" if old is None else old.name, "" if new is None else new.name
        return self._known.setdefault(key, CasePair(self.payer, old, new))


def payer_versions(old: Editions, new: Editions) -> Mapping[str, PayerVersions]:
    """The payers of both sides, alphabetically.

    Two single workbooks are one payer, whatever they call it: the new one's.
    """
    if len(old) == len(new) == 1:
        return {new[0].payer: PayerVersions(new[0].payer, old, new)}
    payers = sorted({each.payer for each in (*old, *new)})
    return {payer: PayerVersions(payer, tuple(_of(payer, old)), tuple(_of(payer, new))) for payer in payers}


def _of(payer: str, editions: Editions) -> Iterator[Edition]:
    ordered = sorted(editions, key=lambda each: (each.effective_from, each.name))
    return (each for each in ordered if each.payer == payer)


def _selected(editions: Sequence[Edition], day: str | None) -> Edition | None:
    """The version in force on a day, without one the latest."""
    begun = [each for each in editions if day is None or each.effective_from <= day]
    return begun[-1] if begun else None


def _in_force(edition: Edition | None) -> PolicyKernel | None:
    """A version that decides on every day."""
    if edition is None or edition.kernel is None:
        return None
    kernel = PolicyKernel(edition.kernel.compiled)
    kernel.effective_from = kernel.effective_to = None
    return kernel
