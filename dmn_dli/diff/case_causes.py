"""What parts the determinations of a case: criteria that make the difference, else rules, tables, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import CaseError, EvaluationError
from dmn_dli.runtime.record import NEEDS_INFORMATION

NOT_ACCEPTED = "not accepted"
"""What stands for a determination where one side's dictionary alone knows the facts or their values."""

Parting: TypeAlias = tuple[str, str, str]
"""What parts the determinations (`Criteria.2.a`, `rule`), and how it stands before and after."""

VARIOUS = "various"
"""What stands for the rules where other completions of a case have other ones."""

_ACCEPTED = "accepted"
_Rows: TypeAlias = Mapping[str, Mapping[str, Any]]

_FAVOUR = {"not met": 0, "unknown": 1, "met": 2}
_NONE = "none"


@frozen
class Answer:
    """What a side says of a case; record: {} where it gives none, and `error` why."""

    kernel: PolicyKernel | None
    record: Mapping[str, Any]
    error: EvaluationError | None = None


def partings(old: Answer, new: Answer, rows: Mapping[str, str]) -> Iterator[Parting]:
    """What parts a case's determinations; rows: the new name of each old criterion and group.

    The criteria whose status makes the difference; where none does the facts that are asked for, or the rules
    that answer. Of a side that does not accept the case the facts; of one that cannot decide it the table.
    """
    yield from _refused(old.error, NOT_ACCEPTED, _ACCEPTED)
    yield from _refused(new.error, _ACCEPTED, NOT_ACCEPTED)
    criteria = _Criteria(_rows(old), _rows(new), rows).parting()
    yield from criteria or _beside_criteria(old, new)


def _beside_criteria(old: Answer, new: Answer) -> Iterator[Parting]:
    """What is asked for on one side alone; else the rules that answer."""
    if any(each.record.get("determination") == NEEDS_INFORMATION for each in (old, new)):
        missing = [", ".join(each.record.get("missing_facts", ())) or "none" for each in (old, new)]
        if old.record and new.record and missing[0] != missing[1]:
            yield "missing facts", missing[0], missing[1]
            return
    rules = [deciding_rules(each) for each in (old, new)]
    if all(rules) and rules[0] != rules[1]:
        yield "rule", rules[0], rules[1]


def _refused(error: EvaluationError | None, old: str, new: str) -> Iterator[Parting]:
    """The facts, or the assumptions, for which a side does not accept a case."""
    if isinstance(error, CaseError):
        yield from ((each["fact"] or each["cell"] or "case", old, new) for each in error.problems)


def _rows(answer: Answer) -> _Rows:
    return {f"{row['sheet']}.{row['id']}": row for row in answer.record.get("criteria", ())}


class _Criteria:
    """The rows of both sides, and which of them stand otherwise; those of the new side by their names."""

    def __init__(self, old: _Rows, new: _Rows, rows: Mapping[str, str]) -> None:
        self.new = new
        self.statuses = {
            after: (old[before]["status"], new[after]["status"])
            for before, after in rows.items()
            if before in old and after in new and old[before]["status"] != new[after]["status"]
        }

    def parting(self) -> Sequence[Parting]:
        """The criteria that make the difference, in the order of the sheets.

        From each group that claims a determination, or is part of none, down to the members that stand
        otherwise in its own direction: what is met now is not why a group is no longer met. Where no such
        group stands otherwise, tables read the rows themselves.
        """
        found = {name for top in self._tops() for name in self._parting(top)}
        criteria = [name for name in self.statuses if self.new[name]["needs"] is None]
        named = found or set(criteria or self.statuses)
        return [(name, *self.statuses[name]) for name in self.statuses if name in named]

    def _tops(self) -> Iterator[str]:
        return (name for name in self.statuses if self.new[name]["means"] or not self.new[name]["part_of"])

    def _parting(self, name: str) -> Iterator[str]:
        row = self.new[name]
        wanted = self._direction(name)
        if row["needs"] == _NONE and wanted is not None:
            wanted = -wanted
        members = [each for each in self.statuses if self._group(each) == name]
        pushing = [each for each in members if self._direction(each) in (None, wanted) or wanted is None]
        if not pushing:
            yield name
        for each in pushing:
            yield from self._parting(each)

    def _group(self, name: str) -> str:
        row = self.new[name]
        return f"{row['sheet']}.{row['part_of']}"

    def _direction(self, name: str) -> int | None:
        """1 where a row became more nearly met, -1 less; None where it applies on one side alone."""
        old, new = (_FAVOUR.get(status) for status in self.statuses[name])
        if old is None or new is None:
            return None
        return 1 if new > old else -1


def deciding_rules(answer: Answer) -> str:
    """The rules of the final decision that answer in every completion; or the table that cannot decide."""
    if answer.kernel is None or isinstance(answer.error, CaseError):
        return ""
    if answer.error is not None:
        found = answer.error.problems[0]
        rules = f" ({', '.join(found['rules'])})" if found["rules"] else ""
        return f"error in {found['decision']}{rules}"
    final = answer.kernel.policy.final
    named = [rule["rule"] for rule in answer.record["rules"] if rule["decision"] == final]
    return ", ".join(named) or VARIOUS
