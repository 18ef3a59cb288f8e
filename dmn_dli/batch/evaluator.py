"""A policy over Arrow record batches: the columns of the record for each row.

What a record says is the kernel's alone: it is asked once for each state in which a case's decisions may be
left, by a case that is in it. Rows that states do not settle are asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from attrs import evolve

from dmn_dli.batch.columns import ColumnReader
from dmn_dli.batch.fact_columns import ArrowColumn
from dmn_dli.batch.hanging import criteria_cited, hanging_on_criteria
from dmn_dli.batch.node_sets import Automaton, JoinedStates, first_rows
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.said import COLUMNS, LISTED, Said, said_of
from dmn_dli.batch.settled import settled_by_states
from dmn_dli.batch.transitions import CHUNK, Numbers, States
from dmn_dli.cases.headed_rows import OWN, refuse_repeated
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.facts import unknown_fact
from dmn_dli.runtime.kernel import DecisionKernel

RecordBatch: TypeAlias = Any
"""A pyarrow.RecordBatch; pyarrow ships no types of its own."""

_BY_ITSELF, _NEW = -1, -2
"""Stand for the number of what is said: of a row that no state settles, and of a state not met before."""

_LIST = pa.list_(pa.string())


class BatchEvaluator:
    """One version of a policy, ready for record batches; what it works out serves all further ones."""

    def __init__(
        self,
        kernel: PolicyKernel,
        columns: Iterable[str] = COLUMNS,
        keep: Iterable[str] = (),
        *,
        null_is_unknown: bool = False,
    ) -> None:
        """Take a compiled policy; the rest as `dmn_dli.batch_evaluator` says. Raises ValueError."""
        self.kernel = kernel
        self.columns = tuple(dict.fromkeys(columns))
        self.keep = tuple(dict.fromkeys(keep))
        self.null_is_unknown = null_is_unknown
        unknown = [name for name in self.columns if name not in COLUMNS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no column of answers: {', '.join(COLUMNS)}")
        self.readers = {
            name: ColumnReader(fact, null_is_unknown=null_is_unknown)
            for name, fact in kernel.case_reader.facts.items()
        }
        self.by_states = settled_by_states(kernel)
        """Whether states settle rows; else each is asked of the kernel by itself."""
        self._said: list[Said] = []
        self._missing = States[tuple[str, ...]]()
        self._missing.number(())
        self._outside: int | None = None
        if self.by_states:
            self._final = _automaton(kernel.final)
            unmet = kernel.named("Unmet criteria")
            beside = [each for each in kernel.decisions if _troubled(each) or each is unmet]
            self._beside = JoinedStates([_automaton(each) for each in beside if each is not kernel.final])
            self._numbers: Numbers = np.empty(0, np.intp)
            views = [kernel.final.outcome(each) for each in range(len(kernel.final.decision.outcomes))]
            kinds = States[str]()
            self._classes = tuple(kinds.number(repr(each.first)) for each in views)
            self._criteria = {
                each.name: _automaton(each) for each in kernel.decisions if each.decision.criterion
            }
            self._citing: dict[int, _Citing] = {}

    def evaluate(self, batch: RecordBatch) -> RecordBatch:
        """The answers, a row for each row and in its order, behind the columns that are kept.

        Raises CaseError for columns that are no facts, CasesFileError for two of one name, and KeyError for
        a column to keep that is not there. What is wrong with a row stands in its column `error`.
        """
        facts = self._facts(batch)
        numbers = np.full(batch.num_rows, _BY_ITSELF, np.intp)
        missing = np.zeros(batch.num_rows, np.intp)
        columns = {name: ArrowColumn(batch.column(name), self.null_is_unknown) for name in facts}
        given = PlacedBatch(batch.num_rows, columns, self.kernel)
        if self.by_states and batch.num_rows:
            given.place(self.readers)
            self._settle(given, numbers, missing)
        said = self._said
        alone = np.flatnonzero(numbers == _BY_ITSELF)
        if alone.size:
            said = [*said, *[said_of(self.kernel, given.case(row)) for row in alone.tolist()]]
            numbers[alone] = np.arange(len(self._said), len(said))
        arrays = [batch.column(name) for name in self.keep]
        arrays += [self._column(name, said, numbers, missing) for name in self.columns]
        return pa.RecordBatch.from_arrays(arrays, [*self.keep, *self.columns])

    def _facts(self, batch: RecordBatch) -> list[str]:
        """The names of the columns that are facts. Raises CaseError, CasesFileError."""
        names: list[str] = batch.schema.names
        refuse_repeated(names)
        further = [name for name in names if name not in self.readers]
        known = self.kernel.case_reader.facts
        strange = [name for name in further if name not in (*OWN, *self.keep) and not name.startswith("_")]
        if strange:
            raise CaseError([unknown_fact(name, known) for name in strange])
        return [name for name in names if name in self.readers]

    def _settle(self, given: PlacedBatch, numbers: Numbers, missing: Numbers) -> None:
        """Put in, for all rows that states settle, what is said of them and which facts they miss."""
        wanted = "missing_facts" in self.columns
        before, ends = self._final.run(given.atoms, given.rows, all_states=wanted)
        codes, count = self._beside.of(ends, len(self._final.ends), given.atoms)
        if count > len(self._numbers):
            self._numbers = np.append(self._numbers, np.full(count - len(self._numbers), _NEW, np.intp))
        found = self._numbers.take(codes)
        # What a row is whose values are bad, or whose day is another version's, its state does not tell.
        plain = given.sound & given.inside
        if not plain.all():
            found[~plain] = _BY_ITSELF
        new = np.flatnonzero(found == _NEW)
        if new.size:
            for code, place in first_rows(codes[new]):
                self._numbers[code] = self._new(given, int(new[place]))
            found[new] = self._numbers.take(codes[new])
        numbers[:] = found
        self._settle_outside(given, numbers)
        self._settle_hanging(given, numbers)
        if "missing_facts" in self.columns:
            open_ends = np.array(
                [len({self._classes[~each] for each in end}) > 1 for end in self._final.ends]
            )
            rows = np.flatnonzero(open_ends.take(ends) & (numbers >= 0) & plain)
            if rows.size:
                missing[rows] = self._missing_of(given, before, rows)

    def _new(self, given: PlacedBatch, row: int) -> int:
        """What is said of the state that a row is in; an error depends on the case's values."""
        facts = given.case(row)
        said = said_of(self.kernel, facts)
        if said.error is not None:
            return _BY_ITSELF
        hanging = hanging_on_criteria(self.kernel, facts)
        if hanging & {"reason", "unmet_criteria"} & {*self.columns}:
            return _BY_ITSELF
        self._said.append(evolve(said, hanging=hanging))
        return len(self._said) - 1

    def _settle_outside(self, given: PlacedBatch, numbers: Numbers) -> None:
        """Rows of days on which the policy is not in force: one answer for all."""
        rows = np.flatnonzero(given.sound & ~given.inside)
        if rows.size:
            if self._outside is None:
                self._said.append(said_of(self.kernel, given.case(int(rows[0]))))
                self._outside = len(self._said) - 1
            numbers[rows] = self._outside

    def _settle_hanging(self, given: PlacedBatch, numbers: Numbers) -> None:
        """Where criteria are cited, which these are depends on the states of theirs."""
        if "citation" not in self.columns or not self._criteria or not self._said:
            return
        hangs = np.array(["citation" in each.hanging for each in self._said])
        rows = np.flatnonzero((numbers >= 0) & hangs.take(np.maximum(numbers, 0)))
        for number, _ in first_rows(numbers[rows]):
            chosen = rows[numbers[rows] == number]
            citing = self._citing.get(number)
            if citing is None:
                names = criteria_cited(self.kernel, given.case(int(chosen[0])))
                citing = self._citing[number] = _Citing(
                    JoinedStates([self._criteria[each] for each in names])
                )
            atoms = {variable: column[chosen] for variable, column in given.atoms.items()}
            codes, _ = citing.states.of(np.zeros(chosen.size, np.intp), 1, atoms)
            for code, place in first_rows(codes):
                if code not in citing.numbers:
                    self._said.append(said_of(self.kernel, given.case(int(chosen[place]))))
                    citing.numbers[code] = len(self._said) - 1
            table = np.zeros(max(citing.numbers) + 1, np.intp)
            table[[*citing.numbers]] = [*citing.numbers.values()]
            numbers[chosen] = table.take(codes)

    def _missing_of(self, given: PlacedBatch, before: Sequence[Numbers], rows: Numbers) -> Numbers:
        """The numbers of the lists of facts that matter, for rows whose determination is open."""
        bits = np.empty(rows.size, np.intp)
        for start in range(0, rows.size, CHUNK):
            some = rows[start : start + CHUNK]
            atoms = {variable: column[some] for variable, column in given.atoms.items()}
            bits[start : start + CHUNK] = self._final.mattering(
                atoms, [each[some] for each in before], self._classes, some.size
            )
        found, places = np.unique(bits, return_inverse=True)
        variables, names = self._final.diagram.variables, self.kernel.facts_by_variable
        lists = [
            tuple(sorted(names[each] for place, each in enumerate(variables) if mask >> place & 1))
            for mask in found.tolist()
        ]
        numbers = np.array([self._missing.number(each) for each in lists], np.intp)
        return numbers.take(places)

    def _column(self, name: str, said: Sequence[Said], numbers: Numbers, missing: Numbers) -> Any:
        """A column of answers: text dictionary-encoded, lists as they are."""
        if name == "missing_facts":
            # Of a state the facts that matter are not the representative's, but the row's own.
            settled = len(self._said)
            lists = [*self._missing.all, *[each.missing_facts for each in said[settled:]]]
            alone = numbers - settled + len(self._missing.all)
            places = np.where(numbers >= settled, alone, missing)
            return pa.array(lists, _LIST).take(pa.array(places))
        values = [getattr(each, name) for each in said]
        if name in LISTED:
            return pa.array(values, _LIST).take(pa.array(numbers))
        texts = States[str | None]()
        places = np.array([texts.number(each) for each in values], np.int32).take(numbers)
        nulls = None
        if None in texts.all:
            nulls = places == texts.all.index(None)
        return pa.DictionaryArray.from_arrays(
            pa.array(places, pa.int32(), mask=nulls),
            pa.array([each or "" for each in texts.all], pa.string()),
        )


class _Citing:
    """The criteria that may be cited in a state, and what is said where they are in one of theirs."""

    def __init__(self, states: JoinedStates) -> None:
        self.states = states
        self.numbers: dict[int, int] = {}


def _troubled(decision: DecisionKernel) -> bool:
    return any(each.trouble for each in decision.decision.outcomes)


def _automaton(decision: DecisionKernel) -> Automaton:
    assert decision.diagram is not None, "of policies that states settle all decisions have one"
    return Automaton(decision.diagram, len(decision.decision.outcomes))
