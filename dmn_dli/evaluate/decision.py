"""One decision of a compiled policy: its diagram, and its outcomes as records speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from dmn_dli.evaluate.errors import Problem, problem
from dmn_dli.evaluate.plain import json_value, read_value
from dmn_dli.evaluate.record import Texts
from dmn_dli.evaluate.settled import Settled
from dmn_dli.evaluate.spread import Node, nest, spread

OPEN = ("open",)
DOUBT = ("doubt",)


class OutcomeView:
    """One outcome of a decision, with everything that records say of it, worked out on first use."""

    def __init__(
        self, decision: DecisionKernel, number: int, rules: Sequence[int], value: Any, trouble: Any
    ) -> None:
        """Take the contributing rules, the FEEL value, and what is wrong (None: nothing).

        An open outcome has a value that is not known yet; a doubtful one may be no outcome but an error.
        """
        self.decision = decision
        self.number = number
        self.doubtful = trouble is not None and trouble[0] == "doubt"
        self.open = self.doubtful or (trouble is not None and trouble[0] == "open")
        self.rules = rules
        self.value = value
        self.trouble = trouble

    @cached_property
    def json(self) -> Any:
        """The decision's value as JSON."""
        return json_value(self.value)

    @cached_property
    def key(self) -> str:
        """Equal for outcomes with equal values."""
        return repr(self.json)

    @cached_property
    def rule_records(self) -> tuple[dict[str, str], ...]:
        """The contributing rules as records name them, in the order of the rows."""
        return tuple(self.decision.rule_record(rule) for rule in sorted(self.rules))

    @cached_property
    def first(self) -> Any:
        """The first output of the (first) entry, as JSON: the determination of a final decision."""
        entry = self.json
        if isinstance(entry, list):
            entry = entry[0] if entry else None
        return entry.get(self.decision.first) if self.decision.first and isinstance(entry, dict) else entry

    @cached_property
    def items(self) -> tuple[Any, ...]:
        """The first outputs of all entries, in row order, without repeats."""
        entries = self.json if isinstance(self.json, list) else [self.json]
        first = self.decision.first
        found = [entry.get(first) if first and isinstance(entry, dict) else entry for entry in entries]
        return tuple({repr(item): item for item in found if item is not None}.values())

    @cached_property
    def texts(self) -> Texts:
        """What the deciding rule, or the default, says."""
        decision = self.decision
        written = Texts(*(decision.rule_texts[self.rules[0]] if self.rules else decision.default_texts))
        entry = self.json
        if isinstance(entry, list):
            entry = entry[0] if entry else None
        if not any(decision.computed_texts) or entry is None:
            return written
        values = [entry.get(name) if isinstance(entry, dict) else entry for name in decision.computed_texts]
        return Texts(
            *[
                text if not name else None if value is None else str(value)
                for name, value, text in zip(decision.computed_texts, values, written, strict=True)
            ]
        )

    @cached_property
    def problems(self) -> list[Problem]:
        """What makes the result an error record."""
        return [self.decision.problem(self)] if self.trouble and not self.open else []


class DecisionKernel:
    """A decision's diagram and outcomes."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the decision's entry of the artefact."""
        self.name: str = data["name"]
        self.sheet: str = data["sheet"]
        self.position: int = data["position"]
        self.required: bool = data["required"]
        self.first: str = data["first"]
        self.rules: Sequence[tuple[str, str]] = data["rules"]
        self.rule_texts: Sequence[Sequence[str | None]] = data["texts"]
        self.default_texts: Sequence[str | None] = data["default_texts"]
        self.computed_texts: Sequence[str] = data["computed_texts"]
        self.facts: Sequence[str] = data["facts"]
        self.open_facts: Sequence[str] = data["open_facts"]
        self.root: Node = None if data["root"] is None else nest(data["nodes"], data["root"])
        self._raw = data["outcomes"]
        impossible = [
            number for number, (_, _, trouble) in enumerate(self._raw) if trouble == ("impossible",)
        ]
        self.impossible: int | None = impossible[0] if impossible else None
        """The number of the outcome that stands for facts that the assumptions rule out."""
        self._outcomes: list[OutcomeView | None] = [None] * len(self._raw)
        self._singles: list[Settled | None] = [None] * len(self._raw)
        self.regular = self.root is not None and not any(
            trouble is not None and trouble[0] == "open" for _, _, trouble in self._raw
        )
        """Whether the diagram alone answers, with nothing left to compute."""

    def outcome(self, number: int) -> OutcomeView:
        """The outcome with a number."""
        view = self._outcomes[number]
        if view is None:
            rules, value, trouble = self._raw[number]
            view = self._outcomes[number] = OutcomeView(self, number, rules, read_value(value), trouble)
        return view

    def settle(self, atoms: Sequence[int]) -> Settled:
        """What the atoms settle of the decision; 0 is an unknown fact's atom."""
        node = self.root
        while node.__class__ is tuple:
            atom = atoms[node[0]]
            if not atom:
                return self._spread(atoms)
            node = node[atom]
        single = self._singles[node]
        if single is None:
            single = self._singles[node] = Settled(self, [self.outcome(node)])
        return single

    def _spread(self, atoms: Sequence[int]) -> Settled:
        reached, _ = spread(self.root, atoms)
        if len(reached) > 1:
            reached.discard(-1 if self.impossible is None else self.impossible)
        return Settled(self, [self.outcome(number) for number in sorted(reached)], atoms)

    def rule_record(self, rule: int) -> dict[str, str]:
        """A rule as records name it."""
        identifier, cell = self.rules[rule]
        return {"decision": self.name, "rule": identifier, "cell": cell}

    def problem(self, outcome: OutcomeView) -> Problem:
        """Why an outcome is none."""
        kind, *details = outcome.trouble
        if kind == "conflict":
            rules = [self.rules[rule] for rule in outcome.rules]
            named = ", ".join(f"{identifier} ({cell})" for identifier, cell in rules)
            return problem(
                f'In "{self.name}" the rules {named} fire together. {details[0]}.',
                decision=self.name,
                rules=[identifier for identifier, _ in rules],
                cell=rules[0][1],
            )
        if kind == "arrival":
            value, cell = details
            return problem(
                f'The value {value} arrives at "{self.name}", {cell}, whose row 4 does not list it.',
                value=value,
                decision=self.name,
                cell=cell,
            )
        return problem(f'"{self.name}" needs a decision that has no value.', decision=self.name)

    def no_value(self, outcomes: Sequence[OutcomeView]) -> Problem:
        """That some completion leaves the decision without a value."""
        first = next(outcome for outcome in outcomes if outcome.first is None)
        rules = [self.rules[rule][0] for rule in first.rules]
        why = "no rule fires" if not rules else f"the rules {', '.join(rules)} give none"
        sure = len(outcomes) == 1
        missing = "has no value for this case" if sure else "may lack a value while facts are missing"
        reason = f'"{self.name}" {missing}: {why}.'
        return problem(reason, decision=self.name, rules=rules)
