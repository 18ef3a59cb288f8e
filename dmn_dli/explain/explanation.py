"""An explanation as data: the record, the path to it, its reason, what would change it, what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen


@frozen
class Condition:
    """A condition of a rule that fired: heading and unary test as the sheet has them, and the cell."""

    clause: str
    test: str
    cell: str


@frozen
class FiredRule:
    """A rule that contributes in every completion. `conditions` leaves out the cells that say `-`."""

    rule: str
    cell: str
    citation: str | None
    conditions: tuple[Condition, ...]


@frozen
class Step:
    """A decision on the way to the determination.

    hit_policy: as row 2 abbreviates it. settled: whether its value is the same whatever the unknown facts
    are; then `value` is that value (JSON).
    possible: else the values that may come, where the decision can be analysed.
    """

    decision: str
    question: str
    hit_policy: str
    settled: bool
    value: Any
    possible: tuple[Any, ...]
    rules: tuple[FiredRule, ...]


@frozen
class GivenFact:
    """A fact of the case with its value as JSON, and the unit of the value ("" for none)."""

    fact: str
    label: str
    value: Any
    unit: str


@frozen
class Reason:
    """Given facts that force the determination, whatever the others are.

    smallest: whether no set of fewer facts does. others: further sets of as few facts, the first of them by
    name. count: how many such sets there are, this one included; counted: whether that is all of them.
    """

    facts: tuple[GivenFact, ...]
    smallest: bool
    others: tuple[tuple[GivenFact, ...], ...] = ()
    count: int = 1
    counted: bool = True


@frozen
class Setting:
    """A fact with the values that it must have, as an input cell would hold them."""

    fact: str
    label: str
    values: str
    unit: str


@frozen
class ChangedFact:
    """A given fact that would have to be another.

    changeable: False where the dictionary says No to that. stated: whether it is the requester who states it.
    """

    given: GivenFact
    changeable: bool
    stated: bool = False


@frozen
class NearChange:
    """Given facts that must all change for the wanted determination; no part of them suffices.

    ways: the values that do it, each a list of settings of the changed facts, and of the facts not given
    that must then have certain values; the shortest first. way_count: how many ways there are.
    """

    facts: tuple[ChangedFact, ...]
    ways: tuple[tuple[Setting, ...], ...]
    way_count: int

    @property
    def possible(self) -> bool:
        """Whether every fact in it can be changed."""
        return all(each.changeable for each in self.facts)

    @property
    def stated(self) -> bool:
        """Whether nothing would change but what the request states."""
        return all(each.stated for each in self.facts)


@frozen
class Remedy:
    """What would mend one unmet criterion, all else being as given.

    sheet, id, finding: as the record has them. changes: those of facts that can change, fewest facts first.
    otherwise: those of facts that cannot, which would have to be documented otherwise.
    """

    sheet: str
    id: str
    finding: str
    changes: tuple[NearChange, ...]
    otherwise: tuple[NearChange, ...]


@frozen
class Question:
    """A missing fact to ask for.

    allowed: the allowed values as the dictionary writes them; None where any value goes. options: the
    allowed values one by one, where text or Yes and No can be chosen from a list.
    determinations, facts: how many determinations, and missing facts, its worst answer leaves open; None
    where that cannot be analysed.
    """

    fact: str
    label: str
    question: str
    type: str
    unit: str
    allowed: str | None
    options: tuple[str, ...]
    nullable: bool
    determinations: int | None
    facts: int | None


@frozen
class Explanation:
    """Why a record says what it says.

    given: all facts of the case, in the dictionary's order.
    reason: None for `needs information` and `no policy on file`. remedies: for a negative determination what
    would mend each unmet criterion of a sheet of criteria. changes: those of facts that can change that lead
    to `medically necessary`, fewest facts first, for a negative determination only; change_count: how many
    there are. otherwise: those of facts that cannot change and would have to be documented otherwise.
    question: the next one, for `needs information`. not_analysed: what could not be worked out, and why.
    """

    record: Mapping[str, Any]
    given: tuple[GivenFact, ...] = ()
    path: tuple[Step, ...] = ()
    reason: Reason | None = None
    remedies: tuple[Remedy, ...] = ()
    changes: tuple[NearChange, ...] | None = None
    change_count: int = 0
    otherwise: tuple[NearChange, ...] = ()
    question: Question | None = None
    not_analysed: str | None = None
