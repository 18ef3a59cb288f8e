"""The Python interface: policies and series of versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from dmn_dli.evaluate.determination import Determination, from_record
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries

if TYPE_CHECKING:
    from dmn_dli.batch.frames import Frame, FrameAnswers
    from dmn_dli.tables.linked import LinkedPolicy


_Frames: TypeAlias = "dict[tuple[tuple[str, ...] | None, bool], FrameAnswers]"


class Policy:
    """One version of a payer's policy."""

    def __init__(self, kernel: PolicyKernel) -> None:
        """Take a compiled policy; `dmn_dli.load_policy` makes one from a workbook."""
        self.kernel = kernel
        self.payer = kernel.payer
        self.workbook = kernel.workbook
        self._functions: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
        self._frames: _Frames = {}

    def __repr__(self) -> str:
        return f"<Policy {self.payer} {self.workbook}>"

    @property
    def effective_from(self) -> date | None:
        """The first day in force; None for a generic workbook that gives none."""
        day = self.kernel.effective_from
        return date.fromisoformat(day) if day else None

    @property
    def effective_to(self) -> date | None:
        """The last day in force; None where the workbook gives none."""
        day = self.kernel.effective_to
        return date.fromisoformat(day) if day else None

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of all tables, each after those that it requires."""
        return tuple(each.name for each in self.kernel.tables)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The names of all rows of sheets of criteria, such as `Criteria.2.c`, in the order of the sheets."""
        return tuple(each.decision for each in self.kernel.policy.criteria)

    @cached_property
    def linked(self) -> LinkedPolicy:
        """The tables with parsed and typed cells, for questions that the kernel does not answer."""
        return self.kernel.linked

    def evaluate(self, facts: Mapping[str, Any]) -> Determination:
        """The determination for a case.

        facts: fact name to value (text, number, bool, date or ISO text by the
        fact's type); an absent fact is unknown, and so is None, except for a
        nullable fact. A date of service outside the version gives `no policy on
        file`. Raises CaseError with every problem of the case, TableError where
        some completion of the facts meets a conflict or no value.
        """
        return from_record(self.kernel.determine(facts))

    def frame(
        self,
        frame: Frame,
        columns: Iterable[str] | None = None,
        *,
        keep: Iterable[str] = (),
        null_is_unknown: bool = True,
    ) -> Frame:
        """The determinations for a frame's rows, as a frame of the same kind: a row each, in their order.

        frame: of pandas, Polars or Arrow (or what else gives a stream of Arrow, answered by a pyarrow.Table);
        its columns are facts by name, and an index of pandas is kept. columns: which answers, by the names
        that csv output has, and `rule`; without it determination, rule, reason, citation,
        possible_determinations, missing_facts, unmet_criteria and error.message. keep: columns of the frame,
        facts or not, that stand before the answers. null_is_unknown: whether a blank is an unknown fact also
        where the fact may be null. What is wrong with a row stands in error.message. Raises CaseError for
        columns that are neither facts nor kept (`case_id`, `payer` and names with `_` are left aside),
        InputError where numpy or pyarrow is missing, for no frame, and for columns that there are not.
        """
        series = KernelSeries(self.payer, [self.kernel])
        return _answers(self._frames, series, columns, null_is_unknown).of(frame, keep)

    def decide(self, decision: str, facts: Mapping[str, Any]) -> Any:
        """One decision's value as DMN defines it.

        facts: fact names, and decision names where the caller supplies these;
        decisions not supplied are computed; an absent key is null. Values are
        not validated. None where nothing fires; a list for R, O and C; a dict
        for several outputs. A row of a sheet of criteria is a decision too
        (`Criteria.2.c`): True is met, False not met, None does not apply.
        Raises KeyError for an unknown decision,
        HitPolicyError where rules contradict the hit policy.
        """
        try:
            function = self._functions[decision]
        except KeyError:
            function = self._functions[decision] = self.kernel.function(decision)
        return function(facts)


class Series:
    """All versions of one payer's policy."""

    def __init__(self, series: KernelSeries) -> None:
        """Take a loaded series; `dmn_dli.load` makes them from a folder."""
        self.kernels = series
        self.payer = series.payer
        self._frames: _Frames = {}

    def __repr__(self) -> str:
        return f"<Series {self.payer}: {len(self.kernels.versions)} versions>"

    @cached_property
    def versions(self) -> tuple[Policy, ...]:
        """The versions that can decide, in the order in which they take effect."""
        return tuple(Policy(each) for each in self.kernels.deciding)

    def evaluate(self, facts: Mapping[str, Any]) -> Determination:
        """The determination by the version in force on the date of service, else by the latest one.

        Raises CaseError and TableError as `Policy.evaluate`, TableError also
        where the workbook of that version has errors.
        """
        return from_record(self.kernels.determine(facts))

    def frame(
        self,
        frame: Frame,
        columns: Iterable[str] | None = None,
        *,
        keep: Iterable[str] = (),
        null_is_unknown: bool = True,
    ) -> Frame:
        """As `Policy.frame`; each row by the version in force on its date of service, else by the latest."""
        return _answers(self._frames, self.kernels, columns, null_is_unknown).of(frame, keep)


def _answers(
    made: _Frames,
    series: KernelSeries,
    columns: Iterable[str] | None,
    null_is_unknown: bool,
) -> FrameAnswers:
    """What answers frames in these columns: made once, since what it works out for one serves the next."""
    from dmn_dli.runtime.input_error import needing

    with needing("A frame", "batch", "numpy", "pyarrow"):
        from dmn_dli.batch.frames import FrameAnswers
    wanted = None if columns is None else tuple([columns] if isinstance(columns, str) else columns)
    key = (wanted, null_is_unknown)
    if key not in made:
        made[key] = FrameAnswers(series, wanted, null_is_unknown=null_is_unknown)
    return made[key]
