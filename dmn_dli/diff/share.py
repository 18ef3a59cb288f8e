"""How many of all combinations of facts something holds, exactly."""

from __future__ import annotations

from attrs import frozen


@frozen
class Share:
    """So many of all possible combinations of facts.

    Of each fact that either policy reads every value counts that a list names; of numbers, dates and texts
    without a list those count as one that no cell tells apart. What assumptions rule out does not count.
    """

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share as a number, 0 to 1."""
        return self.part / self.whole

    def plus(self, other: Share) -> Share:
        """Both together, of the same whole and without a combination in common."""
        assert self.whole == other.whole, "shares of one whole"
        return Share(self.part + other.part, self.whole)


NOTHING = Share(0, 1)
