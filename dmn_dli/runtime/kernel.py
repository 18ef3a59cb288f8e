"""One policy ready to decide cases: from facts to the record of the contract.

Each decision is a diagram over the facts. Where every fact that it asks for is known, a walk to one terminal
answers it; else the diagram restricted to the unknown facts holds the outcomes that remain and the facts
that matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from dmn_dli.runtime.criteria import CriteriaSaid, CriteriaSheets, Key, texts_of
from dmn_dli.runtime.diagram import Remainder, compatible
from dmn_dli.runtime.errors import CaseError, Problem, TableError, problem
from dmn_dli.runtime.facts import CaseReader
from dmn_dli.runtime.outcomes import OutcomeView, no_value
from dmn_dli.runtime.policy import Assumption, Decision, Policy
from dmn_dli.runtime.record import (
    LISTS,
    NEEDS_INFORMATION,
    alternatives_note,
    new_record,
    no_policy_record,
    not_given_notes,
)
from dmn_dli.runtime.residual import PartedResidual, Residual
from dmn_dli.runtime.values import own

DATE_FACT = "date_of_service"


class DecisionKernel:
    """A decision with its outcomes, each made once."""

    def __init__(self, decision: Decision) -> None:
        """Take a compiled decision."""
        self.decision = decision
        self.name = decision.name
        self.required = decision.required
        self.diagram = decision.diagram
        impossible = [
            number for number, each in enumerate(decision.outcomes) if each.trouble == ("impossible",)
        ]
        self.impossible: int | None = impossible[0] if impossible else None
        """The number of the outcome that stands for facts that the assumptions rule out."""
        self.regular = decision.diagram is not None and not any(
            each.trouble[:1] == ("open",) for each in decision.outcomes
        )
        """Whether the diagram alone answers, with nothing left to compute."""
        self._outcomes: list[OutcomeView | None] = [None] * len(decision.outcomes)
        self._singles: list[Residual | None] = [None] * len(decision.outcomes)

    def outcome(self, number: int) -> OutcomeView:
        """The outcome with a number."""
        view = self._outcomes[number]
        if view is None:
            view = OutcomeView(self.decision, number, self.decision.outcomes[number])
            self._outcomes[number] = view
        return view

    def residual(self, atoms: Sequence[int]) -> Residual:
        """What the atoms leave of the decision; 0 is an unknown fact's atom."""
        assert self.diagram is not None, "asked only where there is a diagram"
        nodes, number, _ = self.diagram
        # Where all facts are known this is all there is to do, and a call would cost as much again.
        while number >= 0:
            node = nodes[number]
            atom = atoms[node[0]]
            if not atom:
                return self._remaining(atoms)
            number = node[atom]
        single = self._singles[~number]
        if single is None:
            if self.decision.parts:
                return PartedResidual(self.decision, [self.outcome(~number)], atoms, self.impossible)
            single = Residual(self.decision, [self.outcome(~number)], impossible=self.impossible)
            self._singles[~number] = single
        return single

    def _remaining(self, atoms: Sequence[int]) -> Residual:
        assert self.diagram is not None, "as above"
        remainder = Remainder(self.diagram, atoms)
        numbers = remainder.terminals()
        if self.impossible is not None and len(numbers) > 1:
            numbers = numbers - {self.impossible}
        outcomes = [self.outcome(number) for number in sorted(numbers)]
        kind = PartedResidual if self.decision.parts else Residual
        return kind(self.decision, outcomes, atoms, self.impossible, remainder=remainder)


class Kernel:
    """A compiled policy that decides."""

    def __init__(self, policy: Policy) -> None:
        """Take a compiled policy."""
        self.policy = policy
        self.payer = policy.payer
        self.workbook: str = policy.reference["workbook"]
        self.effective_from: str | None = policy.reference["effective_from"]
        self.next_review: str | None = policy.reference["next_review"]
        self.effective_to = policy.effective_to
        self.draft = policy.draft
        self.generic = policy.generic
        self.case_reader = CaseReader(policy.facts, policy.variables)
        self.decisions = [DecisionKernel(each) for each in policy.decisions]
        self.final = next(each for each in self.decisions if each.name == policy.final)
        self.tables = [each for each in self.decisions if not each.decision.criterion]
        """The decisions that are tables of the workbook."""
        by_sheet = sorted(self.tables, key=lambda each: each.decision.position)
        self.others = [each for each in by_sheet if each is not self.final]
        """The tables whose values a record names, in the order of their sheets."""
        self.required = [each for each in self.tables if each.required]
        """The tables whose contributing rules a record names."""
        self.lists = {key: each for key, name in LISTS.items() if (each := self.named(name)) is not None}
        """The tables that fill lists of the record, by its keys."""
        self.criteria = CriteriaSheets(policy.criteria, self.case_reader.facts, generic=policy.generic)

    def named(self, name: str) -> DecisionKernel | None:
        """The table of this name, letter case aside."""
        wanted = name.casefold()
        return next((each for each in self.tables if each.name.casefold() == wanted), None)

    def in_force(self, day: str) -> bool:
        """Whether the policy, taken alone, is in force on an ISO day."""
        after = self.effective_from is None or self.effective_from <= day
        return after and (self.effective_to is None or day <= self.effective_to)

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """The record for a case; without `case_id` the record has none.

        facts: fact name to value; an absent fact, or None for one that is not nullable, is unknown. Raises
        CaseError for names and values that the dictionary does not know, TableError where the tables
        conflict or give no value on some completion of the facts.
        """
        atoms = self.case_reader.atoms(facts)
        day = self.case_reader.day(DATE_FACT, facts)
        if day is not None and not self.in_force(day):
            return no_policy_record(self.payer, case_id)
        if self.policy.assumptions:
            self._refuse_impossible(atoms, facts)
        key = self.criteria.key(facts)
        said = self.criteria.remembered(key)
        found = self.residuals(atoms, facts, self.decisions if said is None else self.tables)
        troubled = [each for each in found.values() if each.troubled]
        self._refuse_problems(found, troubled, facts)
        return self._record(found, troubled, key, said, day, case_id)

    def residuals(
        self,
        atoms: list[int],
        facts: Mapping[str, Any],  # noqa: ARG002
        decisions: Sequence[DecisionKernel],
    ) -> dict[str, Residual]:
        """What the facts leave of each of these decisions; here the atoms say it all."""
        return {each.name: each.residual(atoms) for each in decisions}

    def contributing_rules(self, facts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """For every decision the ids of the rules that contribute in every completion: what a case covers.

        Raises CaseError. Outside the policy's days no rule contributes.
        """
        found = self.residuals(self.case_reader.atoms(facts), facts, self.tables)
        return {each.name: tuple(rule["rule"] for rule in found[each.name].rules) for each in self.tables}

    def _record(
        self,
        found: Mapping[str, Residual],
        troubled: Sequence[Residual],
        key: Key,
        said: CriteriaSaid | None,
        day: str | None,
        case_id: str | None,
    ) -> dict[str, Any]:
        """key, said: by what the case's criteria are remembered, and what was said of them before."""
        final = found[self.final.name]
        doubts = [each for each in troubled if each.doubtful]
        decided = final.decided and not doubts
        lists = {key: found[each.name] for key, each in self.lists.items()}
        record = new_record(self.payer, case_id)
        record["policy"] = dict(self.policy.reference)
        record |= self.determined(final, doubts)
        record["rules"] = [dict(rule) for each in self.required for rule in found[each.name].rules]
        record["decisions"] = {
            each.name: left.copied() for each in self.others if (left := found[each.name]).one_value
        }
        for listed, each in lists.items():
            record[listed] = list(each.items)
        if said is None:
            said = self.criteria.case(key, found, final, final.determinations[0] if decided else None)
        if said.rows:
            record["criteria"] = said.records()
            record["unmet_criteria"] = [*said.unmet]
        if decided:
            record |= texts_of(final, said, record["unmet_criteria"])
        record["notes"] = self._notes(found, lists, said, day, decided)
        return record

    def determined(self, final: Residual, doubts: Sequence[Residual] = ()) -> dict[str, Any]:
        """What a record says of the determination alone, by its keys.

        doubts: what is left of the decisions of which some completion may meet an error.
        """
        determinations = final.determinations
        decided = final.decided and not doubts
        missing: list[str] = []
        if not decided:
            matters = final.deciding_variables.union(*[each.doubt_variables for each in doubts])
            missing = self._facts_of(matters)
        return {
            "determination": own(determinations[0]) if decided else NEEDS_INFORMATION,
            "missing_facts": missing,
            "possible_determinations": [own(each) for each in determinations],
        }

    def _refuse_impossible(self, atoms: list[int], facts: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Raise CaseError where no completion of the facts fulfils an assumption, or all of them together."""
        assumptions = self.policy.assumptions
        if _fulfilled(assumptions, atoms):
            return
        problems = [
            problem(
                f"The facts contradict the assumption {each.place}: {each.text} ({each.reason})",
                cell=each.place,
            )
            for each in assumptions
            if not _fulfilled([each], atoms)
        ]
        if not problems:
            problems.append(self._contradicted())
        raise CaseError(problems)

    def _contradicted(self) -> Problem:
        """That no case of these facts fulfils all assumptions."""
        places = ", ".join(each.place for each in self.policy.assumptions)
        return problem(f"The facts contradict the assumptions taken together: {places}")

    def _refuse_problems(
        self, found: Mapping[str, Residual], troubled: Sequence[Residual], facts: Mapping[str, Any]
    ) -> None:
        """Raise TableError where some completion fails or has no final value."""
        problems: list[Problem] = [
            self._gap(outcome, facts) if outcome.trouble == ("gap",) else each
            for residual in troubled
            for outcome in residual.outcomes
            for each in outcome.problems
        ]
        final = found[self.final.name]
        if not problems and final.undetermined:
            problems.append(no_value(final.decision, final.outcomes))
        if problems:
            raise TableError(problems)

    def _gap(self, outcome: OutcomeView, facts: Mapping[str, Any]) -> Problem:
        """That no rule of a table fits, with what the case says of the facts that it depends on."""
        decision = outcome.decision
        values = self.case_reader.values(facts)
        readers = self.case_reader.facts.values()
        given = [
            each.given(values[each.name])
            for each in readers
            if each.name in decision.facts and each.name in values
        ]
        absent = [each.label for each in readers if each.name in decision.facts and each.name not in values]
        said = f"given: {', '.join(given) or 'nothing'}"
        some = ""
        if absent:
            some, said = " for some values of what is not given", f"{said}; not given: {', '.join(absent)}"
        reason = f'No rule of "{decision.name}" answers this case{some} ({said}).'
        return problem(reason, decision=decision.name)

    def _notes(
        self,
        found: Mapping[str, Residual],
        lists: Mapping[str, Residual],
        said: CriteriaSaid,
        day: str | None,
        decided: bool,
    ) -> list[str]:
        notes = self.version_notes(day)
        if "notes" in lists:
            notes += plan_notes(lists["notes"])
        notes += self.final_notes(found[self.final.name], decided=decided)
        unsettled: dict[str, Collection[int]] = {
            key: each.item_variables for key, each in lists.items() if each.may_lack_items
        }
        if said.unsettled:
            unsettled["unmet_criteria"] = said.unsettled
        if unsettled:
            notes += self.not_given(unsettled)
        opaque = [note for each in found.values() if not each.one_value for note in each.opaque.notes]
        return notes + list(dict.fromkeys(opaque))

    def version_notes(self, day: str | None) -> list[str]:
        """What a record notes of the policy's version. day: of the service, as ISO text."""
        if day is None and self.effective_from is not None:
            return [f"No date of service given; version of {self.effective_from} applied"]
        if day is not None and self.next_review is not None and self.next_review < day:
            return [f"Review was due {self.next_review}; a newer version may be in force"]
        return []

    def final_notes(self, final: Residual, *, decided: bool) -> list[str]:
        """What a record notes of the rules of the final decision that may decide."""
        notes = [final.common_texts.note] if decided and final.common_texts.note else []
        if self.generic and any(
            each.json is None and not each.rules and not each.open for each in final.outcomes
        ):
            notes.append(f'No rule of "{final.decision.name}" fires; its value is then null')
        if not final.single and final.texts_differ:
            notes.append(alternatives_note(final.alternatives, self._labels(final.text_variables)))
        return notes

    def not_given(self, unsettled: Mapping[str, Collection[int]]) -> list[str]:
        """What a record notes of its lists, by key, of which further items depend on these variables."""
        return not_given_notes({key: self._labels(variables) for key, variables in unsettled.items()})

    def _facts_of(self, variables: Iterable[int]) -> list[str]:
        return sorted(self.facts_by_variable[variable] for variable in variables)

    def _labels(self, variables: Iterable[int]) -> list[str]:
        wanted = set(self._facts_of(variables))
        return [fact.label for name, fact in self.case_reader.facts.items() if name in wanted]

    @cached_property
    def facts_by_variable(self) -> dict[int, str]:
        """The fact for which diagrams ask by each variable, in the order of the dictionary."""
        return {fact.variable: name for name, fact in self.case_reader.facts.items() if fact.variable}


def plan_notes(listed: Residual) -> list[str]:
    """What a record notes of the payer's plans, by what is left of their decision."""
    return [str(item) for item in listed.items]


def _fulfilled(assumptions: Sequence[Assumption], atoms: Sequence[int]) -> bool:
    """Whether some completion of the facts fulfils all these assumptions."""
    return compatible([(each.diagram, each.possible) for each in assumptions], atoms)
