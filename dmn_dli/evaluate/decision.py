"""One decision of a compiled policy, and what the facts at hand settle of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from dmn_dli.evaluate.errors import Problem, problem
from dmn_dli.evaluate.plain import json_value, read_value
from dmn_dli.evaluate.record import Alternative, Texts
from dmn_dli.evaluate.spread import IMPOSSIBLE, Node, nest, spread, spread_possible

OPEN = ("open",)
DOUBT = ("doubt",)


class Opaque(NamedTuple):
    """What of a decision cannot be analysed.

    behind: a derived variable to the variables of the unknown facts that it reads.
    cautious: the variables that count as mattering where an outcome is open.
    notes: the cells, and the facts that they wait for.
    """

    behind: Mapping[int, frozenset[int]]
    cautious: frozenset[int]
    notes: Sequence[str]


NOTHING_OPAQUE = Opaque({}, frozenset(), ())


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
        return Texts(*(decision.rule_texts[self.rules[0]] if self.rules else decision.default_texts))

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
        reason = f'"{self.name}" has no value for this case: {why}.'
        return problem(reason, decision=self.name, rules=rules)


class Settled:
    """What is settled of a decision: one outcome, or several that remain.

    Every further answer is worked out when it is asked for, from the diagram
    with the known facts fixed.
    """

    def __init__(
        self,
        decision: DecisionKernel,
        outcomes: Sequence[OutcomeView],
        atoms: Sequence[int] = (),
        opaque: Opaque = NOTHING_OPAQUE,
    ) -> None:
        """Take the outcomes that some completion reaches, and the atoms they were found with."""
        self.opaque = opaque
        self.decision = decision
        self.outcomes = outcomes
        self.atoms = atoms
        self.single = len(outcomes) == 1

    @cached_property
    def problems(self) -> list[Problem]:
        """What makes the result an error record."""
        return [problem for outcome in self.outcomes for problem in outcome.problems]

    @property
    def impossible(self) -> bool:
        """Whether the assumptions rule out the facts, so that there is no outcome at all."""
        return self.outcomes[0].number == self.decision.impossible

    @cached_property
    def open(self) -> bool:
        """Whether some outcome is open."""
        return any(outcome.open for outcome in self.outcomes)

    @cached_property
    def doubtful(self) -> bool:
        """Whether some completion may meet an error."""
        return any(outcome.doubtful for outcome in self.outcomes)

    @cached_property
    def one_value(self) -> bool:
        """Whether the decision's value is the same in every completion."""
        first = self.outcomes[0]
        if first.open:
            return False
        return self.single or all(not each.open and each.key == first.key for each in self.outcomes)

    @cached_property
    def rules(self) -> Sequence[dict[str, str]]:
        """The rules that contribute in every completion."""
        first, *others = self.outcomes
        if not others:
            return first.rule_records
        common = set(first.rules).intersection(*[outcome.rules for outcome in others])
        return [self.decision.rule_record(rule) for rule in sorted(common)]

    @cached_property
    def items(self) -> Sequence[Any]:
        """The list items that are there in every completion, in the order of the rows."""
        first, *others = self.outcomes
        if self.open:
            return []
        return [item for item in first.items if all(item in outcome.items for outcome in others)]

    @cached_property
    def item_variables(self) -> set[int]:
        """The variables on which it depends which items are in the list."""
        return self._depends_on(lambda outcome: frozenset(map(repr, outcome.items)))

    @cached_property
    def determinations(self) -> Sequence[Any]:
        """The determinations that some completion reaches, sorted."""
        found = {repr(outcome.first): outcome.first for outcome in self.outcomes if not outcome.open}
        return list(found.values()) if len(found) == 1 else sorted(found.values(), key=_sort_key)

    @cached_property
    def deciding_variables(self) -> set[int]:
        """The variables on which the determination depends."""
        return self._depends_on(lambda outcome: repr(outcome.first))

    @cached_property
    def doubt_variables(self) -> set[int]:
        """The variables on which it depends whether there is an error."""
        return self._depends_on(lambda outcome: outcome.doubtful)

    @cached_property
    def common_texts(self) -> Texts:
        """The texts of the deciding rule, each where it is the same in every completion."""
        columns = zip(*[outcome.texts for outcome in self.outcomes], strict=True)
        return Texts(*[column[0] if len(set(column)) == 1 else None for column in columns])

    @cached_property
    def texts_differ(self) -> bool:
        """Whether some text of the record is not the same in every completion."""
        return len({outcome.texts[:4] for outcome in self.outcomes}) > 1

    @cached_property
    def text_variables(self) -> set[int]:
        """The variables on which the texts depend."""
        return self._depends_on(lambda outcome: outcome.texts[:4])

    @cached_property
    def alternatives(self) -> Sequence[Alternative]:
        """The rules that may decide, in the order of the rows."""
        rules = sorted({rule for outcome in self.outcomes for rule in outcome.rules[:1]})
        return [
            Alternative(self.decision.rules[rule][0], self.decision.rule_texts[rule][2]) for rule in rules
        ]

    def _depends_on(self, answer: Callable[[OutcomeView], Hashable]) -> set[int]:
        if self.single and not self.open:
            return set()
        numbers: dict[Hashable, int] = {}
        classes = {
            outcome.number: numbers.setdefault(
                ("open", outcome.number) if outcome.open else answer(outcome), len(numbers)
            )
            for outcome in self.outcomes
        }
        found = set(self.opaque.cautious) if self.open else set()
        if len(numbers) == 1:
            return found
        if self.decision.root is None:
            return set(self.opaque.cautious)
        behind = self.opaque.behind
        if self.decision.impossible is None:
            variables = spread(self.decision.root, self.atoms, classes)[1]
        else:
            classes[self.decision.impossible] = IMPOSSIBLE
            variables = spread_possible(self.decision.root, self.atoms, classes)
        for variable in variables:
            found |= behind.get(variable, {variable})
        return found


def _sort_key(value: Any) -> tuple[str, Any]:
    """Orders JSON values: like with like, numbers by size, text by its characters."""
    match value:
        case bool() | str():
            return value.__class__.__name__, value
        case int() | float():
            return "number", value
    return value.__class__.__name__, repr(value)
