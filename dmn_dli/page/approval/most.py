"""How much of a difference is shown; the rest is counted and said, so that the page stays small."""

from __future__ import annotations

from attrs import frozen


@frozen
class Most:
    """How many are shown of a policy's edits (those that are alike as one), regions, and cases.

    others: regions of each part of the record beside the determination, and of each criterion. alike: of
    edits that are alike how many are shown one by one.
    """

    edits: int = 300
    determinations: int = 200
    others: int = 40
    cases: int = 120
    alike: int = 60


ALONE = Most()


def shared(policies: int) -> Most:
    """What each of so many policies may take of a page."""
    whole, parts = ALONE, max(policies, 1)
    return Most(
        max(whole.edits // parts, 40),
        max(whole.determinations // parts, 40),
        max(whole.others // parts, 8),
        max(whole.cases // parts, 20),
        max(whole.alike // parts, 20),
    )
