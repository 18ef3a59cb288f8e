"""The rows of sheets of criteria beside the final decision, as sets of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from random import Random
from typing import Any

from attrs import field, frozen

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, Witness, stated, untraced
from dmn_dli.analysis.place import TablePlace
from dmn_dli.diagrams.build import DecisionDiagram, PolicyDiagrams
from dmn_dli.diagrams.cases import a_case, certain, where
from dmn_dli.diagrams.compiled import compiled_decision, compiled_outcome, dictionary_facts
from dmn_dli.diagrams.criteria import compiled_criteria, stands_among
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel import to_feel
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding
from dmn_dli.runtime.criteria import CriteriaSheets
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Criterion, Decision
from dmn_dli.tables.firing import Firing
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.tables.logic import Outcome

MET: frozenset[bool | None] = frozenset({True})
NOT_MET: frozenset[bool | None] = frozenset({False})
APPLIES = MET | NOT_MET
OUTSIDE: frozenset[bool | None] = frozenset({None})
"""The values of a row that is met, that is not met, that is either, and that does not apply."""

_TOO_LARGE = "it depends on more combinations than can be looked at"
_MANY_STEPS = "which cases lead where takes too many steps to tell"


@frozen
class Row:
    """A row of a sheet: as it is compiled, what decides it, where it stands, and its cell Means."""

    criterion: Criterion
    decision: DecisionDiagram
    place: TablePlace
    means: Cell

    def among(self, values: frozenset[bool | None], firing: Firing) -> bool:
        """Whether the row has one of these values in a real case."""
        decided = firing.unlisted is None and firing.outcome.conflict is None
        return decided and firing.outcome.value in values


@frozen(slots=False)
class CriteriaView:
    """The sheets of criteria of a policy, and its final decision; labels: of facts, by their names."""

    diagrams: PolicyDiagrams
    labels: Mapping[str, str] = field(eq=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows in force, in the order of the sheets."""
        workbook = self.diagrams.policy.workbook
        decisions = {each.name: each for each in self.diagrams.decisions}
        means = {(sheet.name, row.id): row.means for sheet in workbook.criteria for row in sheet.in_force}
        return tuple(
            Row(
                each,
                decisions[each.decision],
                TablePlace(workbook.file, decisions[each.decision].logic.table, self.labels),
                means[each.sheet, each.id],
            )
            for each in compiled_criteria(self.diagrams.policy)
        )

    @cached_property
    def sheets(self) -> CriteriaSheets:
        """What the record knows of the rows."""
        policy = self.diagrams.policy
        readers = {fact.name: FactReader(fact) for fact in dictionary_facts(policy)}
        rows = [row.criterion for row in self.rows]
        return CriteriaSheets(rows, readers, generic=policy.workbook.generic)

    @cached_property
    def final(self) -> FinalView:
        """The final decision."""
        name = self.diagrams.policy.workbook.policy.final_decision
        (decision,) = [each for each in self.diagrams.decisions if each.name == name]
        compiled = compiled_decision(decision, self.diagrams, 0, required=True)
        place = TablePlace(self.diagrams.policy.workbook.file, decision.logic.table, self.labels)
        return FinalView(self.diagrams, decision, compiled, place)

    def values(self, row: Row) -> Iterator[bool | None]:
        """All that a row is in some possible case. Raises TooLarge."""
        for found in self.diagrams.store.reached(_root(row.decision)):
            if isinstance(found, Outcome) and found.conflict is None:
                yield found.value  # type: ignore[misc]

    def where(self, row: Row, values: frozenset[bool | None]) -> int:
        """The possible cases in which a row has one of these values. Raises TooLarge."""
        return where(self.diagrams.store, _root(row.decision), partial(stands_among, values))


@frozen(slots=False)
class FinalView:
    """The final decision by its outcomes; compiled: as evaluation has it."""

    diagrams: PolicyDiagrams
    decision: DecisionDiagram
    compiled: Decision
    place: TablePlace

    @cached_property
    def outcomes(self) -> tuple[OutcomeView, ...]:
        """What it may result in, in the order of its diagram's terminals. Raises TooLarge."""
        _root(self.decision)
        return tuple(OutcomeView(self.compiled, *each) for each in enumerate(self.compiled.outcomes))

    def where(self, chosen: Iterable[OutcomeView]) -> int:
        """The cases for which it has one of these outcomes. Raises TooLarge."""
        root, store = _root(self.decision), self.diagrams.store
        numbers = {each.number for each in chosen}
        # Each terminal's result stands in the store once.
        taken = {id(found) for number, found in enumerate(store.reached(root)) if number in numbers}
        return where(store, root, lambda found: id(found) in taken)

    def by_determination(self) -> Iterator[tuple[Any, list[OutcomeView], bool]]:
        """The determinations that may be given, null for none, each with its outcomes; then what is computed.

        The last of the three says whether the determination is known. Raises TooLarge.
        """
        known: dict[str, tuple[Any, list[OutcomeView]]] = {}
        for outcome in self.outcomes:
            if not outcome.unspoken:
                given = determination(outcome)
                known.setdefault(repr(given), (given, []))[1].append(outcome)
        yield from ((*each, True) for each in known.values())
        computed = [outcome for outcome in self.outcomes if outcome.unspoken]
        if computed:
            yield None, computed, False

    def position(self, outcome: OutcomeView) -> int | None:
        """The position of the rule that decides an outcome; None where none does by itself."""
        rules = self.place.table.rules
        return next((at for at, rule in enumerate(rules) if (rule.id,) == outcome.rules[:1]), None)

    def outcome(self, firing: Firing) -> OutcomeView | None:
        """What it results in for a real case; None where that is no value but an error."""
        table = self.decision.logic.table
        if firing.unlisted is not None or firing.outcome.conflict is not None:
            return None
        if not firing.fired and self.diagrams.policy.must_answer(table):
            return None
        return OutcomeView(self.compiled, 0, compiled_outcome(firing.outcome, table))


def determination(outcome: OutcomeView | None) -> Any:
    """What an outcome gives; None where it is none."""
    return None if outcome is None or outcome.problems else outcome.first


def quoted(given: Any) -> str:
    """A determination in a sentence."""
    if given is None:
        return "no determination"
    return f'"{given}"' if isinstance(given, str) else to_feel(given)


def _root(decision: DecisionDiagram) -> int:
    if decision.root is None:
        raise TooLarge
    return decision.root


@frozen
class Suspicion:
    """Something that would be wrong, and the cases that would show it.

    message: what is wrong, as far as a case is to follow. cases: a diagram of them. sure: whether each of
    them shows it; else only what is computed from a real case can tell. shows: takes a `Firing` of each of
    `asked`, and says whether a real case shows it. rule: the position of the rule concerned.
    """

    place: TablePlace
    cell: Cell | str
    message: str
    cases: int
    asked: Sequence[LinkedTable]
    shows: Callable[..., bool]
    sure: bool = True
    rule: int | None = None


@frozen
class Verdict:
    """What became of suspicions; shown: each with a case that shows it. open: with why it is not known."""

    shown: tuple[tuple[Suspicion, Witness], ...] = ()
    open: tuple[tuple[TablePlace, Cell | str, str], ...] = ()

    @property
    def holds(self) -> bool | None:
        """Whether nothing is wrong; None where that is not known."""
        return False if self.shown else None if self.open else True

    def findings(self, code: Code) -> Iterator[Finding]:
        """What is shown to be wrong, each with its case."""
        for each, witness in self.shown:
            rules = () if each.rule is None else (each.rule,)
            message = each.message + each.place.case(witness.facts)
            yield each.place.finding(code, each.cell, message, rules=rules, witness=witness.facts)


def judged(
    view: CriteriaView, place: TablePlace, cell: Cell | str, suspicions: Iterator[Suspicion]
) -> Verdict:
    """Which of the suspicions are right; place, cell: where it is told that this cannot be known."""
    shown: list[tuple[Suspicion, Witness]] = []
    doubtful: list[tuple[TablePlace, Cell | str, str]] = []
    view.diagrams.store.allow(FEASIBILITY_STEPS)
    try:
        for each in suspicions:
            witness, doubt = _witness(view.diagrams, each)
            if witness is not None and witness.certain:
                shown.append((each, witness))
            elif witness is not None:
                doubtful.append((each.place, each.cell, doubt))
    except TooLarge:
        lacking = [each for each in view.diagrams.decisions if each.root is None]
        doubtful.append((place, cell, _TOO_LARGE if lacking else _MANY_STEPS))
    once = {(each.table.name, str(cell), why): (each, cell, why) for each, cell, why in doubtful}
    return Verdict(tuple(shown), tuple(once.values()))


def _witness(diagrams: PolicyDiagrams, suspicion: Suspicion) -> tuple[Witness | None, str]:
    """A case that shows something, None where there is none; where it is not certain, why."""
    store, root = diagrams.store, suspicion.cases
    path = a_case(store, root)
    if path is None:
        return None, ""
    names = {each.name for each in suspicion.asked}
    roots = [each.root for each in diagrams.decisions if each.name in names and each.root is not None]
    support = frozenset[int]().union(*map(store.support, roots))
    free = [each for each in diagrams.derived if each.number in support]
    if suspicion.sure and not free:
        return Witness(stated(diagrams, path), certain=True), ""
    surely = a_case(store, certain(store, root, len(diagrams.facts))) if free else None
    paths = [each for each in (surely, path) if each is not None]

    def another(chance: Random) -> Mapping[int, int]:
        return a_case(store, root, chance) or {}

    from dmn_dli.analysis.trials import Trials  # few sheets need them

    real = Trials(diagrams, suspicion.asked, free).real(paths, another, suspicion.shows)
    if real is not None:
        return Witness(real, certain=True), ""
    doubt = untraced(diagrams, free) if free else "what the final decision gives is computed"
    return Witness(stated(diagrams, path, free), certain=False), doubt
