"""A case as the two sides of a change read it: what both say, and what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dmn_dli.cases.asking import read_facts
from dmn_dli.cases.files import Case
from dmn_dli.diff.case_pairs import CasePair
from dmn_dli.diff.verdict import ERROR
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import CaseError, EvaluationError
from dmn_dli.runtime.record import NEEDS_INFORMATION, NO_POLICY

NOT_ACCEPTED = "not accepted"
"""What stands for a determination where one side's dictionary alone knows the facts or their values."""


class Said(NamedTuple):
    """What both sides say of a case, and what parts them."""

    old: Any
    new: Any
    causes: tuple[tuple[str, str, str], ...] = ()


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
    answers: list[Any] = []
    refused: list[CaseError] = []
    asked = sides[:1] if pair.same else sides
    for side in asked:
        try:
            answers.append(_determination(side))
        except CaseError as error:
            refused.append(error)
            answers.append(NOT_ACCEPTED)
        except EvaluationError:
            answers.append(ERROR)
    if refused and len(refused) == sum(side.kernel is not None for side in asked):
        raise refused[-1]
    old, new = answers[0], answers[-1]
    return Said(old, new, () if repr(old) == repr(new) else tuple(_causes(pair, sides)))


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


def _record(side: Side) -> Mapping[str, Any]:
    """The record of a side; an empty one where it gives none."""
    if side.kernel is None or side.refused is not None:
        return {}
    try:
        return side.kernel.determine(side.facts)
    except EvaluationError:
        return {}


def _causes(pair: CasePair, sides: Sequence[Side]) -> Iterator[tuple[str, str, str]]:
    """The criteria whose status differs; groups where no criterion does; else the rules that answer."""
    records = [_record(side) for side in sides]
    old, new = (
        {f"{row['sheet']}.{row['id']}": row for row in record.get("criteria", ())} for record in records
    )
    differing = [
        (old[before], new[after], after)
        for before, after in pair.criteria.items()
        if before in old and after in new and old[before]["status"] != new[after]["status"]
    ]
    leaves = [each for each in differing if each[1]["needs"] is None]
    for before, after, name in leaves or differing:
        yield name, before["status"], after["status"]
    rules = [_rules(kernel, record) for kernel, record in zip(pair.kernels, records, strict=True)]
    if not differing and all(rules) and rules[0] != rules[1]:
        yield "rule", rules[0], rules[1]


def _rules(kernel: PolicyKernel | None, record: Mapping[str, Any]) -> str:
    """The rules of the final decision that answer in every completion."""
    final = "" if kernel is None else kernel.policy.final
    return ", ".join(rule["rule"] for rule in record.get("rules", ()) if rule["decision"] == final)
