"""Cases of a part: values for its facts that make its terms lie where the part says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from dmn_dli.theories.terms import Group, Part


def solved(group: Group, part: Part, chance: Random) -> Iterator[Mapping[str, object]]:
    """Cases (FEEL values by fact) that lie in a part, each tried by evaluation; the likeliest ways first.

    Ends when no way is left that is worth trying: then there may be a case all the same.
    """
    return iter(())
