"""One row of a sheet of criteria: how it stands in a case, and what is said of it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Criterion
from dmn_dli.runtime.residual import Residual

MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY = "met", "not met", "unknown", "does not apply"
STATUSES = (MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY)


class Standing(NamedTuple):
    """How a row stands in a case. applies: None where some completions leave it open."""

    applies: bool | None
    status: str


@cache
def standing(values: frozenset[bool | None]) -> Standing:
    """How a row stands that has these values in some completion."""
    applying = values - {None}
    if not applying:
        return Standing(applies=False, status=DOES_NOT_APPLY)
    status = UNKNOWN if len(applying) > 1 else MET if True in applying else NOT_MET
    return Standing(None if None in values else True, status)


_ONE: Mapping[bool | None, frozenset[bool | None]] = {
    value: frozenset((value,)) for value in (True, False, None)
}
_OPEN: frozenset[bool | None] = frozenset((True, False, None))


def cited(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """The citations of rows, without repeats."""
    return tuple(dict.fromkeys([each.citation for each in criteria if each.citation]))


def unmet_label(criterion: Criterion) -> str:
    """What stands before the finding of a row that is unmet."""
    return f"{criterion.id}: "


def bears_out(group: Standing, member: Standing) -> bool:
    """Whether a member bears out what its group claims: the group applies, and the member is met."""
    return bool(group.applies) and member == (True, MET)


def finding_of(criterion: Criterion, given: Sequence[str], absent: Sequence[str]) -> str:
    """A criterion's finding: `No relapse (given: Disease status relapsed; not given: Donor chimerism)`.

    given: the facts that are given, in words. absent: the labels of the others.
    """
    parts = [f"given: {', '.join(given)}"] if given else []
    if absent:
        parts.append(f"not given: {', '.join(absent)}")
    return f"{criterion.requirement} ({'; '.join(parts)})" if parts else criterion.requirement


def group_finding(criterion: Criterion, findings: Sequence[str]) -> str:
    """A group's finding, from those of its members that may apply."""
    return f"{criterion.requirement}: {'; '.join(findings)}" if findings else criterion.requirement


def nested_finding(finding: str, needs: str | None) -> str:
    """A member's finding as it stands in its group's. needs: the member's, None where it is no group."""
    return f"[{finding}]" if needs else finding


def said_of_row(
    criterion: Criterion, stands: Standing, finding: str | None, *, matters: bool
) -> dict[str, Any]:
    """A row as records have it, without what each record has to itself: lists and objects are None."""
    return {
        "sheet": criterion.sheet,
        "id": criterion.id,
        "part_of": criterion.part_of,
        "needs": criterion.needs,
        "means": criterion.means,
        "requirement": criterion.requirement,
        "applies": stands.applies,
        "status": stands.status,
        "facts": None,
        "not_given": None,
        "matters": matters,
        "finding": finding,
        "citation": criterion.citation,
        "evidence": None,
        "cell": criterion.cell,
    }


def unsettled_by(residual: Residual, failing: bool) -> set[int]:
    """The variables on which it depends whether a row is unmet, where it may be, and may not be."""
    values = values_of(residual)
    if len(values) == 1 or failing not in values:
        return set()
    return residual.depends_on(partial(_is, failing))


def _is(value: bool, outcome: OutcomeView) -> bool:
    return outcome.json is value


def values_of(residual: Residual) -> frozenset[bool | None]:
    """The values that a row has in some completion; all where that is not known."""
    if residual.single and not residual.troubled:
        return _ONE[residual.outcomes[0].json]
    return _OPEN if residual.open else frozenset([each.json for each in residual.outcomes])
