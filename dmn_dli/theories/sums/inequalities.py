"""Linear inequalities of any form: whether they hold together (Fourier and Motzkin's elimination)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd

from attrs import frozen

from dmn_dli.theories.sums.differences import Limit

MOST = 100
"""How many inequalities may arise while one variable is eliminated."""


@frozen
class Inequality:
    """`c1 * x1 + c2 * x2 + … <= limit`, or `<`; the coefficients, none of them 0, by variable."""

    coefficients: tuple[tuple[int, int], ...]
    limit: int
    closed: bool


def _least(coefficients: dict[int, int], limit: int, closed: bool) -> Inequality:
    common = gcd(*coefficients.values(), limit)
    if common > 1:
        coefficients = {variable: factor // common for variable, factor in coefficients.items()}
        limit //= common
    return Inequality(tuple(sorted(coefficients.items())), limit, closed)


def contradict(inequalities: Iterable[Inequality]) -> bool:
    """Whether surely no numbers meet all inequalities; false also where that were too much work."""
    return _projected(inequalities, None) is None


def range_of(variable: int, inequalities: Iterable[Inequality]) -> tuple[Limit | None, Limit | None] | None:
    """The least and the greatest that a variable may be, None where there is no such bound.

    None in place of both where the inequalities contradict each other. Where eliminating the others is too
    much work the bounds are those that the variable has by itself.
    """
    left = _projected(inequalities, variable)
    if left is None:
        return None
    low: Limit | None = None
    high: Limit | None = None
    for each in left:
        if len(each.coefficients) == 1 and each.coefficients[0][0] == variable:
            factor = each.coefficients[0][1]
            limit = Limit(Fraction(each.limit, factor), each.closed)
            if factor > 0:
                high = limit if high is None else min(high, limit, key=lambda it: (it.value, it.closed))
            else:
                low = limit if low is None else max(low, limit, key=lambda it: (it.value, not it.closed))
    return low, high


def _projected(inequalities: Iterable[Inequality], kept: int | None) -> list[Inequality] | None:
    """What follows for the variable kept alone; None where the inequalities contradict each other."""
    rows = _tightest(inequalities)
    while rows is not None:
        above: dict[int, int] = {}
        below: dict[int, int] = {}
        for row in rows:
            for variable, factor in row.coefficients:
                count = above if factor > 0 else below
                count[variable] = count.get(variable, 0) + 1
        variables = (above.keys() | below.keys()) - {kept}
        if not variables:
            break
        costs = {each: above.get(each, 0) * below.get(each, 0) for each in variables}
        chosen = min(sorted(variables), key=costs.__getitem__)
        if costs[chosen] > MOST:
            break
        rows = _tightest(_without(chosen, rows))
    return rows


def _without(variable: int, rows: list[Inequality]) -> list[Inequality]:
    """The rows without a variable, and what follows of the rest by each two that bound it."""
    rest: list[Inequality] = []
    above: list[tuple[Inequality, int]] = []
    below: list[tuple[Inequality, int]] = []
    for row in rows:
        factor = dict(row.coefficients).get(variable, 0)
        if factor:
            (above if factor > 0 else below).append((row, abs(factor)))
        else:
            rest.append(row)
    for upper, times in above:
        for lower, by in below:
            sums = {each: factor * by for each, factor in upper.coefficients}
            for each, factor in lower.coefficients:
                sums[each] = sums.get(each, 0) + factor * times
            kept = {each: factor for each, factor in sums.items() if factor}
            limit = upper.limit * by + lower.limit * times
            rest.append(_least(kept, limit, upper.closed and lower.closed))
    return rest


def _tightest(rows: Iterable[Inequality]) -> list[Inequality] | None:
    """Of rows that are multiples of each other the one that says most; None where one cannot hold."""
    found: dict[tuple[tuple[int, int], ...], tuple[int, Inequality]] = {}
    for row in rows:
        coefficients = row.coefficients
        if not coefficients:
            if row.limit < 0 or (not row.limit and not row.closed):
                return None
            continue
        size = gcd(*[factor for _, factor in coefficients])
        direction = coefficients
        if size > 1:
            direction = tuple([(variable, factor // size) for variable, factor in coefficients])
        known = found.get(direction)
        if known is None:
            found[direction] = size, row
            continue
        other_size, other = known
        tighter = row.limit * other_size - other.limit * size
        if tighter < 0 or (not tighter and other.closed and not row.closed):
            found[direction] = size, row
    return [row for _, row in found.values()]
