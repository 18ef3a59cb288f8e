"""A decision's outcomes as records speak of them, each answer worked out on first use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from dmn_dli.runtime.errors import Problem, problem
from dmn_dli.runtime.policy import Decision, Outcome
from dmn_dli.runtime.record import Texts, quoted_outputs
from dmn_dli.runtime.values import copier


class OutcomeView:
    """One outcome of a decision."""

    def __init__(self, decision: Decision, number: int, outcome: Outcome) -> None:
        """Take the outcome and its number among the decision's.

        An open outcome has a value that is not known yet, or not in all outputs; a doubtful one may be no
        outcome but an error. Where the first output is not known either, it is unspoken.
        """
        self.decision = decision
        self.number = number
        self.rules = outcome.rules
        self.json = outcome.value
        self.trouble = outcome.trouble
        kind = outcome.trouble[0] if outcome.trouble else ""
        self.doubtful = kind == "doubt"
        self.open = kind in ("doubt", "open")
        self.unspoken = self.open and not (kind == "open" and outcome.trouble[2:] == (True,))

    @cached_property
    def key(self) -> str:
        """Equal for outcomes with equal values."""
        return repr(self.json)

    @cached_property
    def copied(self) -> Callable[[], Any]:
        """Makes the value for a record, which its reader may change."""
        return copier(self.json)

    @cached_property
    def rule_records(self) -> tuple[dict[str, str], ...]:
        """The contributing rules as records name them, in the order of the rows."""
        return rule_records(self.decision, set(self.rules))

    @cached_property
    def entry(self) -> Any:
        """The value, of a list the first entry."""
        if isinstance(self.json, list):
            return self.json[0] if self.json else None
        return self.json

    @cached_property
    def first(self) -> Any:
        """The first output: the determination of a final decision; of a list that of the first entry.

        Where a determination may be any value it is a list's as a whole, that of every entry.
        """
        if self.decision.whole and isinstance(self.json, list):
            return [first_output(self.decision, entry) for entry in self.json]
        return first_output(self.decision, self.entry)

    @cached_property
    def undetermined(self) -> bool:
        """Whether the value of a final decision is no determination."""
        return self.first is None and not self.decision.whole

    @cached_property
    def items(self) -> tuple[Any, ...]:
        """The first outputs of all entries, in row order, without repeats."""
        entries = self.json if isinstance(self.json, list) else [self.json]
        found = [first_output(self.decision, entry) for entry in entries]
        return tuple({repr(item): item for item in found if item is not None}.values())

    @cached_property
    def texts(self) -> Texts:
        """What the deciding rule, or the default, says."""
        rule = self.decision.rules[self.rules[0]] if self.rules else self.decision.default
        said = quoted_outputs(self.entry, self.decision.only)
        return Texts(*[output if note is None else note for note, output in zip(rule[2:], said, strict=True)])

    @cached_property
    def problems(self) -> list[Problem]:
        """What makes the result an error record."""
        return [_problem(self.decision, self.rules, self.trouble)] if self.trouble and not self.open else []


def rule_records(decision: Decision, rules: set[str]) -> tuple[dict[str, str], ...]:
    """Rules of a decision as records name them, in the order of the rows."""
    return tuple(
        [
            {"decision": decision.name, "rule": identifier, "cell": rule.cell}
            for identifier, rule in decision.rules.items()
            if identifier in rules
        ]
    )


def no_value(decision: Decision, outcomes: Sequence[OutcomeView]) -> Problem:
    """That some completion leaves the final decision without a value."""
    rules = next(outcome.rules for outcome in outcomes if outcome.undetermined)
    why = f"the rules {', '.join(rules)} give none" if rules else "no rule fires"
    sure = len(outcomes) == 1
    missing = "has no value for this case" if sure else "may lack a value while facts are missing"
    return problem(f'"{decision.name}" {missing}: {why}.', decision=decision.name, rules=rules)


def first_output(decision: Decision, entry: Any) -> Any:
    """The first output of an entry."""
    return entry.get(decision.first) if decision.first and isinstance(entry, dict) else entry


def _problem(decision: Decision, rules: Sequence[str], trouble: tuple[Any, ...]) -> Problem:
    """Why an outcome is none."""
    kind, *details = trouble
    if kind == "conflict":
        cells = [decision.rules[rule].cell for rule in rules]
        named = ", ".join(f"{rule} ({cell})" for rule, cell in zip(rules, cells, strict=True))
        return problem(
            f'In "{decision.name}" the rules {named} fire together. {details[0]}.',
            decision=decision.name,
            rules=rules,
            cell=cells[0],
        )
    if kind == "arrival":
        value, cell = details
        arriving = f"The value {value}" if value else "A value"
        return problem(
            f'{arriving} arrives at "{decision.name}", {cell}, whose row 4 does not list it.',
            value=value or None,
            decision=decision.name,
            cell=cell,
        )
    if kind == "gap":
        return problem(f'No rule of "{decision.name}" answers this case.', decision=decision.name)
    return problem(f'"{decision.name}" needs a decision that has no value.', decision=decision.name)
