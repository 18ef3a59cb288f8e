"""What groups of criteria claim: where a claim is broken, and where medical necessity is not claimed once.

Source: the design's contract of the workbook, sheets of criteria, `Means`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

from dmn_dli.analysis.criteria_view import (
    APPLIES,
    MET,
    NOT_MET,
    OUTSIDE,
    CriteriaView,
    Row,
    Suspicion,
    determination,
    quoted,
)
from dmn_dli.diagrams.cases import both
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY, NOT_ADDRESSED
from dmn_dli.tables.firing import Firing

_NECESSITY = quoted(MEDICALLY_NECESSARY)


def broken_claims(view: CriteriaView, row: Row) -> Iterator[Suspicion]:
    """That a group is met and its determination is not given, or the other way round. Raises TooLarge."""
    store, final, means = view.diagrams.store, view.final, row.criterion.means
    sides = ((MET, "met", view.where(row, MET)), (NOT_MET, "not met", view.where(row, NOT_MET)))

    def shows(side: frozenset[bool | None], group: Firing, decided: Firing) -> bool:
        agrees = (determination(final.outcome(decided)) == means) is (side is MET)
        return row.among(side, group) and not agrees

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

    def suspicion(
        message: str, at: Row, rows: Sequence[Row], side: frozenset[bool | None], *, addressed: bool
    ) -> Suspicion:
        """That these rows are on a side where the policy addresses a case, or where it does not."""

        def shows(decided: Firing, *groups: Firing) -> bool:
            given = determination(final.outcome(decided))
            alike = all(row.among(side, each) for row, each in zip(rows, groups, strict=True))
            return alike and given is not None and (given != NOT_ADDRESSED) is addressed

        cases = decided_so
        for row in rows:
            cases = both(store, cases, view.where(row, side))
        asked = (final.place.table, *(row.place.table for row in rows))
        return Suspicion(at.place, at.means, message, cases, asked, shows, sure)

    for given, outcomes, sure in final.by_determination():
        if sure and given is None:
            continue  # a gap or a conflict is told as such
        decided_so = final.where(outcomes)
        gives = f"for which the final decision gives {quoted(given)}"
        gives = gives if sure else "whose determination is computed"
        if not sure or given != NOT_ADDRESSED:
            message = f"No group that claims {_NECESSITY} applies to a case {gives}."
            yield suspicion(message, (*claiming, *view.rows)[0], claiming, OUTSIDE, addressed=True)
            for pair in combinations(claiming, 2):
                named = " and ".join(f'"{row.criterion.id}"' for row in pair)
                message = f"The groups {named} both claim {_NECESSITY} and apply to a case {gives}."
                yield suspicion(message, pair[1], pair, APPLIES, addressed=True)
        if not sure or given == NOT_ADDRESSED:
            for row in claiming:
                message = f'The group "{row.criterion.id}" claims {_NECESSITY} and applies to a case {gives}.'
                yield suspicion(message, row, (row,), APPLIES, addressed=False)
