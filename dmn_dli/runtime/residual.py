"""Partial evaluation of a decision: the outcomes that remain once the known facts are fixed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from dmn_dli.runtime.diagram import IMPOSSIBLE, Remainder, mattering, parting, parting_sets
from dmn_dli.runtime.errors import Problem
from dmn_dli.runtime.outcomes import OutcomeView, first_output, rule_records
from dmn_dli.runtime.parting import part_together
from dmn_dli.runtime.policy import NO, RULED_OUT, YES, Decision, Diagram, names_two
from dmn_dli.runtime.record import TEXT_KEYS, Alternative, Texts
from dmn_dli.runtime.values import own, sort_key


class Opaque(NamedTuple):
    """What of a decision cannot be analysed.

    behind: a derived variable to the variables of the unknown facts that it reads. cautious: the variables
    that count as mattering where an outcome is open. notes: the cells, and the facts that they wait for.
    bound: sets of variables that change together, each with the derived variables that read one of them:
    facts that assumptions tie, or a fact alone; none where nothing is derived and nothing tied.
    """

    behind: Mapping[int, frozenset[int]] = {}
    cautious: frozenset[int] = frozenset()
    notes: Sequence[str] = ()
    bound: Sequence[frozenset[int]] = ()


NOTHING_OPAQUE = Opaque()


class Residual:
    """What the facts at hand leave of a decision: one outcome, or several that remain.

    Every further answer is worked out when it is asked for, from the diagram with the known facts fixed.
    """

    def __init__(
        self,
        decision: Decision,
        outcomes: Sequence[OutcomeView],
        atoms: Sequence[int] = (),
        impossible: int | None = None,
        opaque: Opaque = NOTHING_OPAQUE,
        remainder: Remainder | None = None,
    ) -> None:
        """Take the outcomes that some completion reaches, and the atoms that they were found with.

        impossible: the number of the outcome of facts that the assumptions rule out. remainder: what is left
        of the decision's diagram, where it is at hand already.
        """
        self.decision = decision
        self.outcomes = outcomes
        self.atoms = atoms
        self.impossible = impossible
        self.opaque = opaque
        self.single = len(outcomes) == 1
        self._remainder = remainder
        self.of_case = False
        """Whether the diagram was made for this case alone, over variables or atoms of its own."""
        self.troubled = False
        """Whether some outcome is no plain value: mostly none is, and then little need be asked."""
        for outcome in outcomes:
            if outcome.trouble:
                self.troubled = True
                break

    @cached_property
    def problems(self) -> list[Problem]:
        """What makes the result an error record."""
        return [problem for outcome in self.outcomes for problem in outcome.problems] if self.troubled else []

    @cached_property
    def names_two(self) -> bool:
        """Whether a conflict names two of the rules that fire, and there may be more."""
        return self.troubled and any(names_two(outcome.trouble) for outcome in self.outcomes)

    @cached_property
    def open(self) -> bool:
        """Whether some outcome is open."""
        return self.troubled and any(outcome.open for outcome in self.outcomes)

    @cached_property
    def unspoken(self) -> bool:
        """Whether the first output of some outcome is not known."""
        return self.troubled and any(outcome.unspoken for outcome in self.outcomes)

    @cached_property
    def undetermined(self) -> bool:
        """Whether some outcome of a final decision is known to be no determination."""
        return any([each.undetermined and not each.unspoken for each in self.outcomes])  # noqa: C419 - quicker

    @cached_property
    def doubtful(self) -> bool:
        """Whether some completion may meet an error."""
        return self.troubled and any(outcome.doubtful for outcome in self.outcomes)

    @cached_property
    def one_value(self) -> bool:
        """Whether the decision's value is the same in every completion."""
        return not self.open and (self.single or len({each.key for each in self.outcomes}) == 1)

    @cached_property
    def copied(self) -> Callable[[], Any]:
        """Makes the decision's value, where it is one, for a record, which its reader may change."""
        return self.outcomes[0].copied

    @cached_property
    def rules(self) -> Sequence[dict[str, str]]:
        """The rules that contribute in every completion."""
        first, *others = self.outcomes
        if not others:
            return first.rule_records
        return rule_records(
            self.decision, set(first.rules).intersection(*[outcome.rules for outcome in others])
        )

    @cached_property
    def items(self) -> Sequence[Any]:
        """The list items that are there in every completion, in the order of the rows.

        Where completions differ in the order, an item stands where the first row stands that may give it.
        """
        first, *others = self.outcomes
        if self.open:
            return []
        found = [item for item in first.items if all(item in outcome.items for outcome in others)]
        if len(found) < 2 or all(
            [item for item in outcome.items if item in found] == found for outcome in others
        ):
            return found
        rows = {rule: row for row, rule in enumerate(self.decision.rules)}
        given = [
            (rows[rule], entry)
            for outcome in self.outcomes
            for rule, entry in zip(outcome.rules, outcome.json, strict=True)
        ]
        return self._in_order(found, [entry for _, entry in sorted(given, key=itemgetter(0))])

    def _in_order(self, items: Sequence[Any], entries: Iterable[Any]) -> list[Any]:
        """Items in the order of the entries that give them first."""
        order: dict[str, int] = {}
        for entry in entries:
            order.setdefault(repr(first_output(self.decision, entry)), len(order))
        return sorted(items, key=lambda item: order.get(repr(item), len(order)))

    @property
    def may_lack_items(self) -> bool:
        """Whether it is to be asked on which facts further items of the list depend."""
        return not self.single or self.open or bool(self.decision.parts)

    @cached_property
    def item_variables(self) -> set[int]:
        """The variables on which it depends which items are in the list."""
        return self.depends_on(lambda outcome: frozenset(map(repr, outcome.items)))

    @cached_property
    def determinations(self) -> Sequence[Any]:
        """The determinations that some completion reaches, sorted."""
        found = {repr(outcome.first): outcome.first for outcome in self.outcomes if not outcome.unspoken}
        return list(found.values()) if len(found) == 1 else sorted(found.values(), key=sort_key)

    @cached_property
    def decided(self) -> bool:
        """Whether every completion reaches the same determination."""
        return len(self.determinations) == 1 and not self.unspoken

    @cached_property
    def deciding_variables(self) -> set[int]:
        """The variables on which the determination depends."""
        return self.depends_on(lambda outcome: repr(outcome.first), lambda outcome: outcome.unspoken)

    @cached_property
    def doubt_variables(self) -> set[int]:
        """The variables on which it depends whether there is an error."""
        return self.depends_on(lambda outcome: outcome.doubtful)

    @cached_property
    def common_texts(self) -> Texts:
        """The texts of the deciding rule, each where it is the same in every completion."""
        columns = zip(*[outcome.texts for outcome in self.outcomes], strict=True)
        return Texts(*[column[0] if len(set(column)) == 1 else None for column in columns])

    @cached_property
    def quoted(self) -> Mapping[str, str | None]:
        """What a record says in the words of the deciding rule, by its keys; the note stands elsewhere."""
        return dict(zip(TEXT_KEYS, self.common_texts, strict=False))

    @cached_property
    def texts_differ(self) -> bool:
        """Whether some text of the record, the note apart, is not the same in every completion."""
        return len({outcome.texts[:-1] for outcome in self.outcomes}) > 1

    @cached_property
    def text_variables(self) -> set[int]:
        """The variables on which the texts depend."""
        return self.depends_on(lambda outcome: outcome.texts[:-1])

    @cached_property
    def alternatives(self) -> Sequence[Alternative]:
        """The rules that may decide, in the order of the rows."""
        cited = {rule: each.texts.citation for each in self.outcomes for rule in each.rules[:1]}
        return [Alternative(rule, cited[rule]) for rule in self.decision.rules if rule in cited]

    def texts(self, key: str) -> list[str]:
        """What the rules that may decide say under a record's key, in the order of the rows, once each."""
        said = {each.rules[:1]: getattr(each.texts, key) for each in self.outcomes}
        order = [*[(rule,) for rule in self.decision.rules], ()]
        return [*dict.fromkeys(said[rules] for rules in order if said.get(rules))]

    def parts_with(self, other: Residual) -> bool:
        """Whether two completions that differ in little part the determination, and the other decision too.

        Little is a minimal set of unknown facts by which determinations can differ. Where either cannot be
        analysed, all that may be asked for counts as such.
        """
        mine, its = self.parted_determinations, other.parted_values
        if mine is None or its is None:
            return True
        groups: Iterable[frozenset[int]] | None = self._bound_with(other)
        if not groups:
            groups = parting_sets(mine) if self.impossible is not None else None
        return part_together(mine, its, groups)

    @cached_property
    def parted_determinations(self) -> Diagram | None:
        """The determination over the unknown facts; None where that is not exact."""
        return self._reduced(lambda outcome: repr(outcome.first))

    @cached_property
    def parted_values(self) -> Diagram | None:
        """The decision's value over the unknown facts; None where that is not exact."""
        return self._reduced(lambda outcome: outcome.key)

    def _bound_with(self, other: Residual) -> set[frozenset[int]]:
        """The sets of variables that change together, of both decisions."""
        bound = [*self.opaque.bound, *other.opaque.bound]
        derived = {*self.opaque.behind, *other.opaque.behind}
        return {each.union(*[its for its in bound if (its & each) - derived]) for each in bound}

    def _reduced(self, answer: Callable[[OutcomeView], Hashable]) -> Diagram | None:
        """The diagram of an answer over the unknown facts; None where it is not exact."""
        diagram = self.decision.diagram
        unbound = (self.opaque.behind or self.opaque.cautious) and not self.opaque.bound
        if diagram is None or self.open or self.of_case or unbound:
            return None
        numbers: dict[Hashable, int] = {}
        classes = {each.number: numbers.setdefault(answer(each), len(numbers)) for each in self.outcomes}
        if self.impossible is not None:
            classes[self.impossible] = IMPOSSIBLE
        return (self._remainder or Remainder(diagram, self.atoms)).reduced(classes)

    def depends_on(
        self,
        answer: Callable[[OutcomeView], Hashable],
        is_open: Callable[[OutcomeView], bool] = lambda outcome: outcome.open,
    ) -> set[int]:
        """The unknown variables on which an answer that outcomes give depends, open ones left aside."""
        some_open = self.troubled and any(map(is_open, self.outcomes))
        if self.single and not some_open:
            return set()
        numbers: dict[Hashable, int] = {}
        classes = {
            outcome.number: numbers.setdefault(
                ("open", outcome.number) if is_open(outcome) else answer(outcome), len(numbers)
            )
            for outcome in self.outcomes
        }
        found = set(self.opaque.cautious) if some_open else set()
        if len(numbers) == 1:
            return found
        if self.decision.diagram is None:
            return set(self.opaque.cautious)
        remainder = self._remainder or Remainder(self.decision.diagram, self.atoms)
        if self.impossible is not None:
            classes[self.impossible] = IMPOSSIBLE
        if self.opaque.bound:
            apart = parting(remainder, classes, self.opaque.bound)
            return found.union(*apart).difference(self.opaque.behind)
        for variable in mattering([(remainder, classes)]):
            found |= self.opaque.behind.get(variable, {variable})
        return found


class PartedResidual(Residual):
    """What is left of a decision that has parts: which of its rules fire is asked of each by itself."""

    @cached_property
    def _reached(self) -> Mapping[str, set[int]]:
        return {rule: self._codes(part) for rule, part in self.decision.parts.items()}

    def _codes(self, part: Diagram) -> set[int]:
        """What some completion that the assumptions allow reaches of a part."""
        return Remainder(part, self.atoms).terminals() - {RULED_OUT}

    @cached_property
    def firing(self) -> list[str]:
        """The rules that fire in every completion, in the order in which they stand in the value."""
        return [rule for rule, codes in self._reached.items() if codes == {YES}]

    @property
    def is_list(self) -> bool:
        """Whether the outcomes give the first entries of lists alone."""
        return isinstance(self.decision.nothing, list)

    @cached_property
    def rules(self) -> Sequence[dict[str, str]]:
        """The rules that contribute in every completion."""
        return [] if self.problems else rule_records(self.decision, set(self.firing))

    @cached_property
    def one_value(self) -> bool:
        """Whether the decision's value is the same in every completion."""
        if not self.is_list:
            return super().one_value
        certain = not self.problems and not self.doubtful
        return certain and all(len(codes) == 1 for codes in self._reached.values())

    @cached_property
    def copied(self) -> Callable[[], Any]:
        """Makes the decision's value, where it is one, for a record, which its reader may change."""
        return self._whole if self.is_list else super().copied

    def _whole(self) -> Any:
        return [own(self.decision.rules[rule].value) for rule in self.firing] or own(self.decision.nothing)

    @cached_property
    def items(self) -> Sequence[Any]:
        """The list items that are there in every completion."""
        if not self.is_list:
            return super().items
        found = [item for item, where in self.decision.items if self._codes(where) == {YES}]
        may_fire = [rule for rule, codes in self._reached.items() if YES in codes]
        return self._in_order(found, [self.decision.rules[rule].value for rule in may_fire])

    @cached_property
    def item_variables(self) -> set[int]:
        """The variables on which it depends which items are in the list."""
        if not self.is_list:
            return super().item_variables
        classes = {NO: NO, YES: YES, RULED_OUT: IMPOSSIBLE}
        if self.impossible is None:
            del classes[RULED_OUT]
        questions = [(Remainder(where, self.atoms), classes) for _, where in self.decision.items]
        if self.opaque.bound:
            apart = [each for question in questions for each in parting(*question, self.opaque.bound)]
            return set().union(*apart).difference(self.opaque.behind)
        variables = mattering(questions)
        return set().union(*(self.opaque.behind.get(each, {each}) for each in variables))
