"""Cases worth adding to a Cases sheet: for rules and criteria, for boundaries, and for each cell alone."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from dmn_dli.cases.rows import KnownCase
from dmn_dli.policy import Policy
from dmn_dli.suggest.boundaries import boundary_cases
from dmn_dli.suggest.criteria import criterion_cases
from dmn_dli.suggest.ground import ground
from dmn_dli.suggest.pairs import pair_cases
from dmn_dli.suggest.rules import rule_cases
from dmn_dli.suggest.suggestion import SuggestedCase, Suggestions, Unreached, own_name


def suggest(policy: Policy, cases: Sequence[KnownCase], *, mcdc: bool = False) -> Suggestions:
    """Cases that a policy without errors lacks, few and without answers.

    cases: those that there are, from `known_cases`. A case for each rule that none
    uses (one case may use several such rules), for each criterion that none meets
    and each that none fails, and for each side of each number or date at which a
    table's answer or a criterion's status changes. mcdc: for each cell that asks for
    something also a pair of cases, one of which uses the rule, and which differ in
    one fact for which that cell alone no longer accepts. Every case is as near to
    one of the known cases as can be, so that it reads like a real one.
    """
    base = ground(policy, cases)
    found: list[SuggestedCase | Unreached] = list(rule_cases(base))
    suggested = [KnownCase(each.name, each.facts) for each in found if isinstance(each, SuggestedCase)]
    found += criterion_cases(base, suggested)
    found += boundary_cases(base, suggested)
    if mcdc:
        found += pair_cases(base, suggested)
    taken = {case.name.casefold() for case in cases}
    return Suggestions(
        tuple(
            evolve(each, name=own_name(each.name, taken)) for each in found if isinstance(each, SuggestedCase)
        ),
        tuple(each for each in found if isinstance(each, Unreached)),
    )
