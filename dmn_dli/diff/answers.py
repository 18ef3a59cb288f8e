"""What a policy answers, aspect by aspect, as diagrams over the facts that two policies have in common.

An answer is what a reader of the record would see: a determination, the texts
beside it, the items of a list. Where some decision of the policy conflicts or
the final one has no value, the record is an error, and so is every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.build import STEP_LIMIT, build
from dmn_dli.diagrams.compiled import compiled_decisions, derived_clauses
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diagrams.transfer import stored_diagram
from dmn_dli.diff.common_facts import CommonFacts, with_facts
from dmn_dli.diff.verdict import ERROR
from dmn_dli.runtime.criterion import DOES_NOT_APPLY, MET, NOT_MET
from dmn_dli.runtime.kernel import DecisionKernel, Kernel
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.record import LISTS
from dmn_dli.tables.linked import LinkedPolicy


class Aspect(Enum):
    """A part of the record that may differ; the value is its name for people."""

    DETERMINATION = "determination"
    WORDING = "wording"
    UNMET_CRITERIA = "unmet criteria"
    DOCUMENTATION = "documentation"
    PROCEDURE_CODES = "procedure codes"
    PLAN_NOTES = "plan notes"
    CRITERIA = "criteria"
    """How each row of a sheet of criteria stands; compared row by row."""


LIST_DECISIONS = {
    Aspect.UNMET_CRITERIA: LISTS["unmet_criteria"],
    Aspect.DOCUMENTATION: LISTS["documentation"],
    Aspect.PROCEDURE_CODES: LISTS["procedure_codes"],
    Aspect.PLAN_NOTES: LISTS["notes"],
}
"""The aspects that are lists, and the decisions that fill them."""

TEXTS = ("payer wording", "reason", "citation", "refer to", "note")
"""The texts of the aspect "wording", in the order in which its answers hold them."""

FROM_CRITERIA = "(from the criteria)"
"""What stands for a reason or citation that the rule leaves to the sheets of criteria, case by case."""

_STATUSES = {True: MET, False: NOT_MET, None: DOES_NOT_APPLY}

STEPS = 2_000_000
"""How many steps the diagrams of all answers of a policy may take."""


class Special(Enum):
    """What stands in the place of an answer."""

    ERROR = ERROR
    """The tables conflict or give no value; as good as an answer."""
    UNSURE = "unsure"
    """It depends on something that cannot be traced to facts."""
    IMPOSSIBLE = "impossible"
    """The assumptions rule the facts out."""


@frozen
class Answers:
    """A policy's answers; a diagram's results are answers or Special.

    Lists' answers are their items, sorted. roots: none for an aspect whose decision has no diagram.
    reasons: why answers may be unsure, in words; too_large: decisions without a diagram.
    final: the final decision. sound: whether no other decision ever makes the record an error.
    criteria: for rows of sheets of criteria, by name, how each stands; none for a row without a diagram.
    """

    roots: dict[Aspect, int]
    reasons: tuple[str, ...]
    too_large: tuple[str, ...]
    final: DecisionKernel
    sound: bool
    criteria: Mapping[str, int] = {}


def answers(
    policy: LinkedPolicy,
    common: CommonFacts,
    store: Diagrams,
    aspects: Collection[Aspect] = tuple(Aspect),
    limit: int = STEP_LIMIT,
) -> Answers:
    """The answers of a policy without errors as diagrams of `store`.

    aspects: those that are asked for. limit: how many steps the diagram of one decision may take.
    """
    diagrams = build(with_facts(policy, common), limit, domains=common.domains)
    decisions = [DecisionKernel(each) for each in compiled_decisions(diagrams)]
    final = next(each for each in decisions if each.name == policy.workbook.policy.final_decision)
    reader = _Reader(store, len(common.facts), final, judged=bool(policy.criteria))
    by_name = {each.name.casefold(): each for each in decisions}
    whole = [each for each in decisions if each.diagram is not None]
    store.allow(STEPS)
    try:
        wrong = reader.wrong(whole)
        one_answer: list[Aspect] = [aspect for aspect in aspects if aspect is not Aspect.CRITERIA]
        read = {aspect: reader.aspect(aspect, by_name) for aspect in one_answer}
        roots = {
            aspect: store.apply(wrong, root, reader.unless)
            for aspect, root in read.items()
            if root is not None
        }
    except TooLarge:
        return Answers({}, (), tuple(each.name for each in decisions), final, sound=False)
    rows = {each.name for each in policy.criteria} if Aspect.CRITERIA in aspects else ()
    criteria = _statuses(reader, wrong, [each for each in whole if each.name in rows])
    return Answers(
        roots,
        tuple(dict.fromkeys(each.place for each in derived_clauses(diagrams, portable=False)))
        if reader.unsure
        else (),
        tuple(each.name for each in decisions if each.diagram is None or each.decision.parts),
        final,
        wrong == terminal(store, result=False) and len(whole) >= len(decisions) - (final.diagram is None),
        criteria,
    )


def final_answers(
    store: Diagrams, kernel: Kernel, facts: int, answer: Callable[[OutcomeView], Any]
) -> int | None:
    """The diagram of what is asked of a policy's final decision, over its own facts; the rest as Special.

    facts: how many facts are variables. None where the final decision has no diagram. Raises TooLarge.
    """
    final = kernel.final
    if final.diagram is None:
        return None
    store.allow(STEPS)
    reader = _Reader(store, facts, final, judged=bool(kernel.policy.criteria))
    wrong = reader.wrong([each for each in kernel.decisions if each.diagram is not None])
    return store.apply(wrong, reader.read(final, answer), reader.unless)


def terminal(store: Diagrams, result: Any) -> int:
    """The terminal of an answer, whatever it is; equal answers share it."""
    return store.terminal(result, key=repr(result))


def _statuses(reader: _Reader, wrong: int, rows: Sequence[DecisionKernel]) -> dict[str, int]:
    """How rows stand wherever the record is no error; those that were reached before it got too large."""
    found: dict[str, int] = {}
    try:
        for each in rows:
            reader.store.allow(STEPS)
            found[each.name] = reader.store.apply(wrong, reader.read(each, _status), reader.unless)
    except TooLarge:
        return found
    return found


class _Reader:
    """Copies decisions' diagrams into the store, outcomes replaced by what is asked of them."""

    def __init__(self, store: Diagrams, facts: int, final: DecisionKernel, *, judged: bool) -> None:
        """judged: whether the policy has criteria."""
        self.store = store
        self.facts = facts
        self.final = final
        self.unsure = False
        self.texts = partial(quoted_texts, judged=judged)

    def aspect(self, aspect: Aspect, by_name: dict[str, DecisionKernel]) -> int | None:
        """The diagram of an aspect; None where its decision is too large for one."""
        if aspect not in LIST_DECISIONS:
            answer = self.texts if aspect is Aspect.WORDING else _first
            return None if self.final.diagram is None else self.read(self.final, answer)
        decision = by_name.get(LIST_DECISIONS[aspect].casefold())
        if decision is None:
            return terminal(self.store, ())
        return None if decision.diagram is None or decision.decision.parts else self.read(decision, _items)

    def wrong(self, decisions: Sequence[DecisionKernel]) -> int:
        """Where one of the decisions makes the record an error."""
        found = terminal(self.store, result=False)
        for each in decisions:
            found = self.store.apply(found, self.read(each, self.is_wrong), self.either)
        return found

    def read(self, decision: DecisionKernel, answer: Callable[[OutcomeView], Any]) -> int:
        """The diagram of what is asked of a decision's outcomes."""
        assert decision.diagram is not None, "asked only where there is a diagram"
        return stored_diagram(
            self.store,
            decision.diagram,
            lambda number: self._terminal(decision, decision.outcome(number), answer),
            self._node,
        )

    def _node(self, variable: int, children: Sequence[int]) -> int:
        return self.store.node(variable, children) if variable <= self.facts else self._untraced(children)

    def _terminal(
        self, decision: DecisionKernel, outcome: OutcomeView, answer: Callable[[OutcomeView], Any]
    ) -> int:
        if outcome.number == decision.impossible:
            return terminal(self.store, Special.IMPOSSIBLE)
        if outcome.open:
            self.unsure = True
            return terminal(self.store, Special.UNSURE)
        return terminal(self.store, answer(outcome))

    def _untraced(self, children: Sequence[int]) -> int:
        """What is left where a clause may take any of its values, but those that no case has."""
        impossible = terminal(self.store, Special.IMPOSSIBLE)
        left = {child for child in children if child != impossible}
        if len(left) < 2:
            return left.pop() if left else impossible
        self.unsure = True
        return terminal(self.store, Special.UNSURE)

    def is_wrong(self, outcome: OutcomeView) -> bool:
        """Whether an outcome makes the record an error."""
        return bool(outcome.problems) or (outcome.decision is self.final.decision and outcome.undetermined)

    def either(self, left: Any, right: Any) -> int:
        """Whether one of two decisions is in error."""
        for special in (Special.IMPOSSIBLE, True, Special.UNSURE):
            if special in (left, right):
                return terminal(self.store, special)
        return terminal(self.store, result=False)

    def unless(self, wrong: Any, answer: Any) -> int:
        """The answer, unless the record is an error."""
        if wrong is False or answer is Special.IMPOSSIBLE:
            return terminal(self.store, answer)
        return terminal(self.store, Special.ERROR if wrong is True else wrong)


def _status(outcome: OutcomeView) -> str:
    return _STATUSES[outcome.json]


def _first(outcome: OutcomeView) -> Any:
    return outcome.first


def quoted_texts(outcome: OutcomeView, *, judged: bool) -> tuple[str | None, ...]:
    """What the record quotes of the deciding rule; judged: whether the policy has criteria."""
    texts = outcome.texts
    if judged:
        reason, citation = (text or FROM_CRITERIA for text in (texts.reason, texts.citation))
        texts = texts._replace(reason=reason, citation=citation)
    return tuple(texts)


def _items(outcome: OutcomeView) -> tuple[Any, ...]:
    return tuple(sorted(outcome.items, key=repr))
