"""What groups of criteria claim: where a claim is broken, and where medical necessity is not claimed once.

Source: the design's contract of the workbook, sheets of criteria, `Means`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any, TypeAlias

from dmn_dli.analysis.criteria_view import (
    APPLIES,
    MET,
    NOT_MET,
    CriteriaView,
    Row,
    Suspicion,
    determination,
    quoted,
)
from dmn_dli.diagrams.cases import both, negation
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY, NOT_ADDRESSED
from dmn_dli.tables.firing import Firing

_NECESSITY = quoted(MEDICALLY_NECESSARY)

_Wanted: TypeAlias = Callable[[Any, Sequence[bool]], bool]
"""Whether a determination is wrong beside groups of which these apply."""


def broken_claims(view: CriteriaView, row: Row) -> Iterator[Suspicion]:
    """That a group is met and its determination is not given, or the other way round. Raises TooLarge."""
    store, final, means = view.diagrams.store, view.final, row.criterion.means
    sides = ((MET, "met", view.where(row, MET)), (NOT_MET, "not met", view.where(row, NOT_MET)))

    def shows(side: frozenset[bool | None], group: Firing, decided: Firing) -> bool:
        agrees = (determination(final.outcome(decided)) == means) is (side is MET)
        return row.value(group) in side and not agrees

    for given, outcomes, sure in final.by_determination():
        for side, stands, cases in sides:
            if sure and (given == means) is (side is MET):
                continue
            # What is computed shows this only where the case makes the final decision say so.
            gives = quoted(given) if sure else f"not {quoted(means)}" if side is MET else quoted(means)
            message = f'The group "{row.criterion.id}" claims {quoted(means)}. For some case it is {stands}, '
            message += f"and the final decision gives {gives}."
            yield Suspicion(
                row.place,
                row.means,
                message,
                both(store, cases, final.where(outcomes)),
                (row.place.table, final.place.table),
                partial(shows, side),
                sure,
            )


def unclaimed_necessity(view: CriteriaView, claiming: Sequence[Row]) -> Iterator[Suspicion]:
    """That no group claims necessity where the policy speaks, or two do, or that one does elsewhere.

    claiming: the rows that claim it. Raises TooLarge.
    """
    store, final = view.diagrams.store, view.final
    applying = [(row, view.where(row, APPLIES)) for row in claiming]

    def shows(rows: Sequence[Row], wanted: _Wanted, decided: Firing, *groups: Firing) -> bool:
        given = determination(final.outcome(decided))
        applied = [row.value(each) in APPLIES for row, each in zip(rows, groups, strict=True)]
        return given is not None and wanted(given, applied)

    def suspicion(message: str, cases: int, at: Row, rows: Sequence[Row], wanted: _Wanted) -> Suspicion:
        asked = (final.place.table, *(row.place.table for row in rows))
        return Suspicion(at.place, at.means, message, cases, asked, partial(shows, rows, wanted), sure)

    for given, outcomes, sure in final.by_determination():
        if sure and given is None:
            continue  # a gap or a conflict is told as such
        cases = final.where(outcomes)
        gives = f"for which the final decision gives {quoted(given)}"
        gives = gives if sure else "whose determination is computed"
        if not sure or given != NOT_ADDRESSED:
            nowhere = cases
            for _, here in applying:
                nowhere = both(store, nowhere, negation(store, here))
            message = f"No group that claims {_NECESSITY} applies to a case {gives}."
            yield suspicion(message, nowhere, (*claiming, *view.rows)[0], claiming, _nobody)
            for (one, here), (other, there) in combinations(applying, 2):
                message = (
                    f'The groups "{one.criterion.id}" and "{other.criterion.id}" both claim {_NECESSITY} '
                )
                message += f"and apply to a case {gives}."
                shared = both(store, cases, both(store, here, there))
                yield suspicion(message, shared, other, (one, other), _all_of_them)
        if not sure or given == NOT_ADDRESSED:
            for row, here in applying:
                message = f'The group "{row.criterion.id}" claims {_NECESSITY} and applies to a case {gives}.'
                yield suspicion(message, both(store, cases, here), row, (row,), _elsewhere)


def _nobody(given: Any, applied: Sequence[bool]) -> bool:
    return given != NOT_ADDRESSED and not any(applied)


def _all_of_them(given: Any, applied: Sequence[bool]) -> bool:
    return given != NOT_ADDRESSED and all(applied)


def _elsewhere(given: Any, applied: Sequence[bool]) -> bool:
    return given == NOT_ADDRESSED and all(applied)
