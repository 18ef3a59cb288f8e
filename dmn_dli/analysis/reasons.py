"""Determinations for which no reason arises.

Source: the design's contract of records, "A determination always says why".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dmn_dli.analysis.criteria_view import (
    APPLIES,
    MET,
    OUTSIDE,
    CriteriaView,
    Row,
    Suspicion,
    determination,
    quoted,
)
from dmn_dli.analysis.place import HIT_POLICY_CELL
from dmn_dli.diagrams.cases import both
from dmn_dli.diagrams.compiled import computed_texts
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY, NOT_ADDRESSED
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.tables.firing import Firing

_EVERY = APPLIES | OUTSIDE


def unreasoned(view: CriteriaView) -> Iterator[Suspicion]:
    """That a rule of the final decision has no Reason, and criteria give none either. Raises TooLarge."""
    store, final = view.diagrams.store, view.final

    def shows(decided: Firing, *rows: Firing) -> bool:
        outcome = final.outcome(decided)
        given = determination(outcome)
        if outcome is None or given is None or outcome.texts.reason is not None:
            return False
        firings = dict(zip([row.place.table.name for row in view.rows], rows, strict=True))
        telling = _telling(view, given)
        return all(row.among(_EVERY - side, firings[row.place.table.name]) for row, side in telling)

    for (rule, given, sure), outcomes in _silent(view).items():
        cases = final.where(outcomes)
        for row, side in _telling(view, given) if sure else ():
            cases = both(store, cases, view.where(row, _EVERY - side))
        who = "The final decision" if rule is None else f"The rule {final.place.named([rule])}"
        gives = quoted(given) if sure else "what is computed"
        message = f"{who} gives {gives} without a Reason, and for some case nothing else says why: "
        message += f"{_missing(given)}."
        yield Suspicion(
            final.place,
            HIT_POLICY_CELL if rule is None else final.place.rule(rule).cell,
            message,
            cases,
            (final.place.table, *(row.place.table for row in view.rows)),
            shows,
            sure,
            rule,
        )


def _silent(view: CriteriaView) -> dict[tuple[int | None, Any, bool], list[OutcomeView]]:
    """The outcomes without a Reason: by the deciding rule, by what it gives, and by whether that is known."""
    final = view.final
    computed = "reason" in computed_texts(final.place.table)
    found: dict[tuple[int | None, Any, bool], list[OutcomeView]] = {}
    for outcome in final.outcomes:
        if outcome.texts.reason is None and not (outcome.open and computed):
            given = determination(outcome)
            if outcome.unspoken or given is not None:
                key = final.position(outcome), given, not outcome.unspoken
                found.setdefault(key, []).append(outcome)
    return found


def _telling(view: CriteriaView, given: Any) -> list[tuple[Row, frozenset[bool | None]]]:
    """The rows that say why a determination is given, each with the values that do."""
    rows = view.rows
    claiming = [row for row in rows if row.criterion.means is not None and row.criterion.means == given]
    # A member that is met applies, and so does its group.
    bearing = [(rows[member], MET) for row in claiming for member in row.criterion.members]
    items = view.sheets.open_items(given)
    return [*bearing, *((rows[item.row], frozenset({item.failing})) for item in items)]


def _missing(given: Any) -> str:
    """What of the criteria does not say why a determination is given."""
    bearing = f"no member of a group that claims {quoted(given)} is met"
    if given in (MEDICALLY_NECESSARY, NOT_ADDRESSED):
        return bearing
    return f"{bearing}, and no criterion of a group that claims {quoted(MEDICALLY_NECESSARY)} is unmet"
