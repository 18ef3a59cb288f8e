"""Explains the determinations of one policy: puts the questions to its diagram, and the answers in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve

from dmn_dli.diagrams.sufficient import MOST, differences, smallest_hitting
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.explanation import (
    Explanation,
    GivenFact,
    Question,
    Reason,
    Remedy,
)
from dmn_dli.explain.near_changes import MOST_CHANGES, ChangeSearch, in_order
from dmn_dli.explain.path import path
from dmn_dli.explain.questions import Prospect, best_question
from dmn_dli.explain.unsettled import unsettled_criteria
from dmn_dli.explain.verdicts import Verdicts, standings, verdicts
from dmn_dli.feel.json_values import feel_json
from dmn_dli.model.facts import Fact
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.record import NEEDS_INFORMATION, NO_POLICY
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.masks import members
from dmn_dli.theories.lowering import fact_domain

WANTED = "medically necessary"
NEGATIVE = ("not medically necessary", "investigational", "criteria not met")
"""The determinations for which the nearest changes to WANTED are sought."""

MOST_OTHERS = 5
"""How many further reasons an explanation lists; it counts them all."""

NOT_ANALYSED = (
    "A condition of this policy reads several facts at once, or a computed value. The determination does not "
    "suffer from that; but the facts relied on may be more than necessary, the next question is the first of "
    "the dictionary, and changes are not sought."
)


class Explainer:
    """One policy version, ready to explain its cases."""

    def __init__(self, kernel: PolicyKernel) -> None:
        """Take a compiled policy."""
        self.kernel = kernel
        self._readers = kernel.case_reader.facts
        self._names = kernel.facts_by_variable
        self._rows: dict[str, Verdicts] = {}

    def explain(
        self, facts: Mapping[str, Any], case_id: str | None = None, *, across: bool = False
    ) -> Explanation:
        """The record of a case, with why, what would change it, and what to ask.

        across: whether changes may be told of service, malignancy and transplant too. Raises CaseError and
        TableError as `PolicyKernel.determine`.
        """
        facts = self.kernel.by_path(facts)
        record = self.kernel.determine(facts, case_id)
        determination = record["determination"]
        if determination == NO_POLICY:
            return Explanation(record)
        known = self.kernel.case_reader.values(facts)
        explained = Explanation(
            record,
            tuple(self._given(name, facts) for name in self._readers if name in known),
            path(self.kernel, facts, record),
            not_analysed=None if self._verdicts else NOT_ANALYSED,
        )
        if determination == NEEDS_INFORMATION:
            return evolve(explained, question=self._question(facts, record))
        if self._verdicts is None:
            return evolve(explained, reason=self._some_reason(facts, determination))
        atoms = self.kernel.case_reader.atoms(facts)
        explained = evolve(explained, reason=self._reason(self._verdicts, atoms, facts))
        if determination not in NEGATIVE or self.kernel.generic:
            return explained
        search = ChangeSearch(self.kernel, self._domains, self._given, across=across)
        changes = search.to(self._verdicts, atoms, facts, WANTED)
        return evolve(
            explained,
            remedies=self._remedies(search, record, atoms, facts),
            changes=changes.possible[:MOST_CHANGES],
            change_count=len(changes.possible),
            otherwise=changes.otherwise[:MOST_CHANGES],
        )

    def _remedies(
        self, search: ChangeSearch, record: Mapping[str, Any], atoms: list[int], facts: Mapping[str, Any]
    ) -> tuple[Remedy, ...]:
        """What would mend each unmet criterion."""
        kernel = self.kernel
        found = kernel.residuals(atoms, facts, kernel.decisions)
        remedies = []
        for row, failing in kernel.criteria.unmet(found, record["determination"]):
            said = record["criteria"][row]
            seen = self._standings(kernel.criteria.criteria[row].decision)
            near = search.to(seen, atoms, facts, not failing)
            remedies.append(
                Remedy(
                    said["sheet"],
                    said["id"],
                    said["finding"],
                    near.possible[:MOST_CHANGES],
                    near.otherwise[:MOST_CHANGES],
                )
            )
        return tuple(remedies)

    def _standings(self, decision: str) -> Verdicts:
        if decision not in self._rows:
            self._rows[decision] = standings(
                next(each for each in self.kernel.decisions if each.name == decision)
            )
        return self._rows[decision]

    def question(
        self, facts: Mapping[str, Any], skipped: Collection[str] = (), *, criteria: bool = False
    ) -> Question | None:
        """The next question, those on skipped facts left out; None where nothing more need be asked.

        criteria: whether to ask on, once the determination is settled, until its unmet criteria are; such
        questions come in the order of the dictionary. Raises CaseError and TableError as
        `PolicyKernel.determine`.
        """
        record = self.kernel.determine(facts)
        if record["missing_facts"] or record["determination"] == NO_POLICY or not criteria:
            return self._question(facts, record, skipped)
        found = self.kernel.residuals(self.kernel.case_reader.atoms(facts), facts, self.kernel.decisions)
        open_ = in_order(self._names, unsettled_criteria(self.kernel, found))
        return next((self.asking(name) for name in open_ if name not in skipped), None)

    def asking(self, name: str) -> Question:
        """The question for a fact, whatever hangs on it."""
        return self._asked(self._readers[name], None)

    @cached_property
    def _verdicts(self) -> Verdicts | None:
        return verdicts(self.kernel) if self.kernel.analysable else None

    @cached_property
    def _domains(self) -> dict[str, Domain]:
        policy = self.kernel.linked
        return {name: fact_domain(policy.dictionary.by_name[name], policy) for name in self._readers}

    def _fact(self, name: str) -> Fact:
        return self.kernel.linked.dictionary.by_name[name]

    def _given(self, name: str, facts: Mapping[str, Any]) -> GivenFact:
        reader = self._readers[name]
        value = facts[name]
        shown = None if value is None else feel_json(reader.canonical(value))
        return GivenFact(name, reader.label, shown, reader.unit)

    def _of_mask(self, mask: int) -> tuple[str, ...]:
        return tuple(in_order(self._names, members(mask)))

    def _reason(self, seen: Verdicts, atoms: Sequence[int], facts: Mapping[str, Any]) -> Reason:
        others = frozenset(range(len(seen.results))) - seen.possible(atoms) - seen.ruled_out
        apart = differences(*seen.diagram[:2], atoms, others)
        sets = [self._of_mask(each) for each in smallest_hitting(apart)]
        places = {name: place for place, name in enumerate(self._readers)}
        sets.sort(key=lambda names: [places[name] for name in names])
        chosen, *further = [tuple(self._given(name, facts) for name in names) for names in sets]
        return Reason(
            chosen,
            smallest=True,
            others=tuple(further[:MOST_OTHERS]),
            count=len(sets),
            counted=len(sets) < MOST,
        )

    def _some_reason(self, facts: Mapping[str, Any], determination: object) -> Reason:
        """Facts that force the determination, found by leaving out one after the other."""
        kept = dict(facts)
        for name in reversed(list(facts)):
            fewer = {each: value for each, value in kept.items() if each != name}
            if self._determined(fewer) == determination:
                kept = fewer
        given = [name for name in self._readers if name in kept and name in self._names.values()]
        return Reason(tuple(self._given(name, facts) for name in given), smallest=False)

    def _determined(self, facts: Mapping[str, Any]) -> object:
        try:
            return self.kernel.determine(facts)["determination"]
        except EvaluationError:
            return None

    def _question(
        self, facts: Mapping[str, Any], record: Mapping[str, Any], skipped: Collection[str] = ()
    ) -> Question | None:
        missing = [name for name in self._readers if name in record["missing_facts"] and name not in skipped]
        if not missing:
            return None
        if self._verdicts is None:
            return self._asked(self._readers[missing[0]], None)
        passed = {reader.variable for name, reader in self._readers.items() if name in skipped}
        atoms = self.kernel.case_reader.atoms(facts)
        best = best_question(self._verdicts, atoms, list(self._names), passed)
        assert best is not None, "some missing fact is not skipped"
        variable, prospect = best
        return self._asked(self._readers[self._names[variable]], prospect)

    def _asked(self, reader: FactReader, prospect: Prospect | None) -> Question:
        return Question(
            reader.name,
            reader.label,
            reader.question,
            reader.type,
            reader.unit,
            reader.allowed,
            _options(reader, self._domains[reader.name]),
            reader.nullable,
            None if prospect is None else prospect.determinations,
            None if prospect is None else prospect.facts,
        )


def _options(reader: FactReader, domain: Domain) -> tuple[str, ...]:
    """The values to choose from a list; none where they are numbers, dates, or any text."""
    if reader.type == "boolean":
        return ("Yes", "No")
    values = [atom.representative for atom in domain.atoms if atom.representative is not None]
    return tuple(str(value) for value in values) if reader.type == "string" and domain.finite else ()
