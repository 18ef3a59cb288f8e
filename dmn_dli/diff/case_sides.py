"""A case as the two sides of a change read it: what both say, and what parts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dmn_dli.cases.asking import read_facts
from dmn_dli.cases.files import Case
from dmn_dli.diff.case_causes import NOT_ACCEPTED, Answer, Parting, partings
from dmn_dli.diff.case_pairs import CasePair
from dmn_dli.diff.verdict import ERROR
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import CaseError, EvaluationError
from dmn_dli.runtime.record import NEEDS_INFORMATION, NO_POLICY


class Said(NamedTuple):
    """What both sides say of a case, and what parts them."""

    old: Any
    new: Any
    causes: tuple[Parting, ...] = ()


class Side(NamedTuple):
    """A case as one side reads it.

    key: equal for cases of which it says the same. refused: why its dictionary does not accept the case.
    """

    kernel: PolicyKernel | None
    facts: Mapping[str, Any]
    key: Any
    refused: CaseError | None = None


def both_sides(case: Case, pair: CasePair) -> tuple[Side, Side]:
    """Both sides of a case. Raises CaseError where no side accepts it.

    What one side's dictionary alone knows is left out on the other.
    """
    first = _side(case, pair, 0)
    found = [first, first if pair.same else _side(case, pair, 1)]
    refused = [side.refused for side in found if side.refused is not None]
    if len(refused) == sum(side.kernel is not None for side in found) and refused:
        raise refused[-1]
    return found[0], found[1]


def _side(case: Case, pair: CasePair, here: int) -> Side:
    kernel, other = pair.kernels[here], pair.names[1 - here]
    if kernel is None:
        return Side(None, {}, None)
    given, problems = read_facts(case, pair.series[here])
    own = kernel.case_reader.facts
    facts = {key: value for key, value in given.items() if key in own or plain_word(key) not in other}
    try:
        atoms = kernel.case_reader.atoms(facts)
    except CaseError as error:
        return Side(kernel, facts, NOT_ACCEPTED, CaseError([*problems, *error.problems]))
    if problems:
        return Side(kernel, facts, NOT_ACCEPTED, CaseError(list(problems)))
    return Side(kernel, facts, tuple(atoms) if kernel.analysable else repr(sorted(facts.items())))


def decided(pair: CasePair, sides: Sequence[Side]) -> Said:
    """What both sides say. Raises CaseError where the facts contradict the assumptions of every side."""
    asked = sides[:1] if pair.same else sides
    answers = [_answer(side) for side in asked]
    refused = [error for _, error in answers if isinstance(error, CaseError)]
    if refused and len(refused) == sum(side.kernel is not None for side in asked):
        raise refused[-1]
    old, new = answers[0][0], answers[-1][0]
    if repr(old) == repr(new):
        return Said(old, new)
    told = [_told(side, error) for side, (_, error) in zip(asked, answers, strict=True)]
    return Said(old, new, tuple(dict.fromkeys(partings(told[0], told[1], pair.criteria))))


def _answer(side: Side) -> tuple[Any, EvaluationError | None]:
    """A side's determination, or what stands for it and why."""
    try:
        return _determination(side), None
    except CaseError as error:
        return NOT_ACCEPTED, error
    except EvaluationError as error:
        return ERROR, error


def _told(side: Side, error: EvaluationError | None) -> Answer:
    """A side's answer with its record."""
    record = {} if side.kernel is None or error is not None else side.kernel.determine(side.facts)
    return Answer(side.kernel, record, error)


def _determination(side: Side) -> Any:
    """A side's determination, without the record around it if that can be. Raises EvaluationError."""
    if side.refused is not None:
        raise side.refused
    kernel = side.kernel
    if kernel is None:
        return NO_POLICY
    if not kernel.policy.assumptions:
        found = kernel.residuals(kernel.case_reader.atoms(side.facts), side.facts, kernel.decisions)
        final = found[kernel.final.name]
        if not (final.undetermined or final.unspoken or any(each.troubled for each in found.values())):
            determinations = final.determinations
            return determinations[0] if len(determinations) == 1 else NEEDS_INFORMATION
    return kernel.determine(side.facts)["determination"]
