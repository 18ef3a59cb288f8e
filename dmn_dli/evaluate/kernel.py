"""One policy ready to decide cases: from facts to the record of the contract.

Each decision is a diagram over the facts. Where every fact that it asks for is
known, a walk to one outcome answers it; else `spread` finds the outcomes that
remain and the facts that matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmn_dli.evaluate.assumption import AssumptionKernel
from dmn_dli.evaluate.case_facts import CaseReader
from dmn_dli.evaluate.decision import DecisionKernel
from dmn_dli.evaluate.errors import CaseError, Problem, TableError, problem
from dmn_dli.evaluate.record import FORMAT_VERSION, LISTS, NO_TEXTS, alternatives_note, not_given_notes
from dmn_dli.evaluate.settled import Settled

if TYPE_CHECKING:
    from dmn_dli.evaluate.decide import Decider
    from dmn_dli.tables.linked import LinkedPolicy

NEEDS_INFORMATION = "needs information"
NO_POLICY = "no policy on file"
DATE_FACT = "date_of_service"


class PolicyKernel:
    """A compiled policy, read from the artefact's payload."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        """Take a payload written by `dmn_dli.diagrams.payload`."""
        self.payload = payload
        self.fields: Mapping[str, Any] = payload["policy"]
        self.payer: str = self.fields["payer"]
        self.workbook: str = payload["workbook"]
        self.effective_from: str | None = self.fields["effective_from"]
        self.effective_to: str | None = self.fields["effective_to"]
        self.generic: bool = self.fields["generic"]
        self.draft: bool = self.fields["draft"]
        self.case_reader = CaseReader(payload["facts"], payload["variables"])
        self.decisions = [DecisionKernel(data) for data in payload["decisions"]]
        self.final = next(each for each in self.decisions if each.name == payload["final"])
        by_sheet = sorted(self.decisions, key=lambda each: each.position)
        self._others = [each for each in by_sheet if each is not self.final]
        self._required = [each for each in self.decisions if each.required]
        self._lists = {key: self._named(name) for key, name in LISTS.items()}
        self._regular = not payload["derived"] and all(each.regular for each in self.decisions)

    def _named(self, name: str) -> DecisionKernel | None:
        folded = name.casefold()
        return next((each for each in self.decisions if each.name.casefold() == folded), None)

    @cached_property
    def linked(self) -> LinkedPolicy:
        """The linked policy, for what the diagrams do not answer."""
        import marshal

        from dmn_dli.linking.portable import decode

        policy: LinkedPolicy = decode(marshal.loads(self.payload["linked"]))  # noqa: S302 - part of the artefact
        return policy

    @cached_property
    def decider(self) -> Decider:
        """The policy's tables as functions."""
        from dmn_dli.evaluate.decide import Decider

        return Decider(self.linked)

    @cached_property
    def reference(self) -> dict[str, Any]:
        """What a record says of the policy."""
        return {
            "number": self.fields["number"],
            "title": self.fields["title"],
            "effective_from": self.effective_from,
            "workbook": self.workbook,
            "sha256": self.payload["sha256"],
            "facts_sha256": self.payload["facts_sha256"],
        }

    def in_force(self, day: str) -> bool:
        """Whether the policy, taken alone, is in force on an ISO day."""
        after = self.effective_from is None or self.effective_from <= day
        return after and (self.effective_to is None or day <= self.effective_to)

    def determine(self, facts: Mapping[str, Any], case_id: str | None = None) -> dict[str, Any]:
        """The record for a case; without `case_id` the record has none.

        facts: fact name to value; an absent fact, or None for one that is not
        nullable, is unknown. Raises CaseError for names and values that the
        dictionary does not know, TableError where the tables conflict or give no
        value on some completion of the facts.
        """
        atoms = self.case_reader.atoms(facts)
        day = facts.get(DATE_FACT)
        if day is not None and DATE_FACT in self.case_reader.facts:
            iso = self.case_reader.facts[DATE_FACT].canonical(day).isoformat()
            if not self.in_force(iso):
                return no_policy_record(self.payer, case_id)
        self._refuse_impossible(atoms)
        settled = self._settle(atoms, facts)
        return self._record(settled, day is not None, case_id)

    def contributing_rules(self, facts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """For every decision the ids of the rules that contribute in every completion: what a case covers.

        Raises CaseError. Outside the policy's days no rule contributes.
        """
        atoms = self.case_reader.atoms(facts)
        settled = self._settle(atoms, facts)
        return {each.name: tuple(rule["rule"] for rule in settled[each].rules) for each in self.decisions}

    def _settle(self, atoms: list[int], facts: Mapping[str, Any]) -> dict[DecisionKernel, Settled]:
        if self._regular:
            return {each: each.settle(atoms) for each in self.decisions}
        from dmn_dli.evaluate.irregular import settle

        return settle(self, atoms, facts)

    def _record(
        self, settled: Mapping[DecisionKernel, Settled], dated: bool, case_id: str | None
    ) -> dict[str, Any]:
        self._refuse_problems(settled)
        final = settled[self.final]
        determinations = final.determinations
        doubts = [] if self._regular else [each for each in settled.values() if each.doubtful]
        decided = len(determinations) == 1 and not final.open and not doubts
        record: dict[str, Any] = {"format_version": FORMAT_VERSION}
        if case_id is not None:
            record["case_id"] = case_id
        record["payer"] = self.payer
        record["policy"] = dict(self.reference)
        record["determination"] = determinations[0] if decided else NEEDS_INFORMATION
        texts = final.common_texts if decided else NO_TEXTS
        record["payer_wording"] = texts.payer_wording
        record["reason"] = texts.reason
        record["citation"] = texts.citation
        record["refer_to"] = texts.refer_to
        record["rules"] = [dict(rule) for each in self._required for rule in settled[each].rules]
        record["decisions"] = {
            each.name: _own(settled[each].outcomes[0].json)
            for each in self._others
            if settled[each].one_value
        }
        lists = {key: settled[each] for key, each in self._lists.items() if each is not None}
        for key in ("unmet_criteria", "documentation", "procedure_codes"):
            record[key] = list(lists[key].items) if key in lists else []
        matters = final.deciding_variables.union(*[each.doubt_variables for each in doubts])
        record["missing_facts"] = [] if decided else self._facts_of(matters)
        record["possible_determinations"] = list(determinations)
        record["notes"] = self._notes(settled, lists, dated, decided)
        return record

    def _refuse_impossible(self, atoms: list[int]) -> None:
        """Raise CaseError where every completion of the facts contradicts an assumption."""
        problems = [
            problem(
                f"The facts contradict the assumption {each.place}: {each.text} ({each.reason})",
                cell=each.place,
            )
            for each in self._assumptions
            if each.contradicted(atoms)
        ]
        if problems:
            raise CaseError(problems)

    def _refuse_problems(self, settled: Mapping[DecisionKernel, Settled]) -> None:
        if self._assumptions and any(each.impossible for each in settled.values()):
            places = ", ".join(each.place for each in self._assumptions)
            raise CaseError([problem(f"The facts contradict the assumptions taken together: {places}")])
        problems: list[Problem] = [found for each in settled.values() for found in each.problems]
        if not problems and None in settled[self.final].determinations:
            problems.append(self.final.no_value(settled[self.final].outcomes))
        if problems:
            raise TableError(problems)

    def _notes(
        self,
        settled: Mapping[DecisionKernel, Settled],
        lists: Mapping[str, Settled],
        dated: bool,
        decided: bool,
    ) -> list[str]:
        notes: list[str] = []
        if not dated and self.effective_from is not None:
            notes.append(f"No date of service given; version of {self.effective_from} applied")
        if "notes" in lists:
            notes += [str(item) for item in lists["notes"].items]
        final = settled[self.final]
        if decided and final.common_texts.note:
            notes.append(final.common_texts.note)
        if not final.single and final.texts_differ:
            notes.append(alternatives_note(final.alternatives, self._labels(final.text_variables)))
        unsettled = {
            key: self._labels(each.item_variables)
            for key, each in lists.items()
            if not each.single or each.open
        }
        if unsettled:
            notes += not_given_notes(unsettled)
        if not self._regular:
            notes += dict.fromkeys(
                note for each in settled.values() if not each.one_value for note in each.opaque.notes
            )
        return notes

    def _facts_of(self, variables: Iterable[int]) -> list[str]:
        return sorted(self._facts_by_variable[variable] for variable in variables)

    def _labels(self, variables: Iterable[int]) -> list[str]:
        wanted = set(self._facts_of(variables))
        return [fact.label for name, fact in self.case_reader.facts.items() if name in wanted]

    @cached_property
    def _assumptions(self) -> list[AssumptionKernel]:
        return [AssumptionKernel(data) for data in self.payload["assumptions"]]

    @cached_property
    def _facts_by_variable(self) -> dict[int, str]:
        return {fact.variable: name for name, fact in self.case_reader.facts.items() if fact.variable}


def _own(value: Any) -> Any:
    """A JSON value for the caller to keep: lists and objects are new ones."""
    if value.__class__ is list:
        return [_own(item) for item in value]
    return dict(value) if value.__class__ is dict else value


def no_policy_record(payer: str, case_id: str | None) -> dict[str, Any]:
    """The record for a payer that has no policy in force on the day."""
    record: dict[str, Any] = {"format_version": FORMAT_VERSION}
    if case_id is not None:
        record["case_id"] = case_id
    return record | {
        "payer": payer,
        "policy": None,
        "determination": NO_POLICY,
        "payer_wording": None,
        "reason": None,
        "citation": None,
        "refer_to": None,
        "rules": [],
        "decisions": {},
        "unmet_criteria": [],
        "documentation": [],
        "procedure_codes": [],
        "missing_facts": [],
        "possible_determinations": [NO_POLICY],
        "notes": [],
    }
