"""Payers' policies as the function of `DataFrame.mapInArrow`: a row for each case and payer.

The policies travel as bytes, and are made ready once in each Python process of a worker; what these work out
for one batch serves the next, of other tasks too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.arrow_cases import ArrowTexts, case_batch
from dmn_dli.batch.arrow_columns import LIST, ArrowAnswers, schema
from dmn_dli.batch.cases import ROWS, CaseBatch
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.headed_rows import OWN, refuse_repeated
from dmn_dli.evaluate.record_fields import chosen_columns, keys_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import CaseError, problem
from dmn_dli.runtime.facts import FactReader, unknown_fact
from dmn_dli.runtime.input_error import InputError
from dmn_dli.spark.carried import carried, rebuilt
from dmn_dli.store.digest import hex_digest

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

RecordBatch: TypeAlias = Any
"""A pyarrow.RecordBatch; pyarrow ships no types of its own."""

_ID = OWN[0]

_Ready: TypeAlias = tuple[PayersAnswers, ArrowAnswers]

_READY: OrderedDict[tuple[Any, ...], _Ready] = OrderedDict()
"""What this process has made ready, by the policies' digest and what is asked; the last used come last."""

_KEEP = 4
"""For how many policies and questions: Python processes of a worker may outlive a job."""


@frozen(eq=False)
class SparkEvaluator:
    """Payers' policies, ready to be sent to a cluster; made by `dmn_dli.spark_evaluator`."""

    columns: tuple[str, ...]
    keep: tuple[str, ...]
    payers: tuple[str, ...] | None
    digest: str
    policies: Any
    """The policies' bytes, or a broadcast variable that holds them."""

    def evaluate(self, frame: DataFrame) -> DataFrame:
        """The answers to the cases of a DataFrame, as a DataFrame; order is not kept.

        Columns: those to keep, then the chosen ones; text, and lists of text. A row without `case_id`, or
        with what is wrong in it, is an error in its place. Raises CaseError for columns that are no facts,
        CasesFileError for two of one name, and KeyError where `case_id` or a column to keep is not there.
        """
        self.check(frame.columns)
        return frame.mapInArrow(self, self.schema(frame))

    def check(self, names: Sequence[str]) -> None:
        """Whether cases may have these columns. Raises as `evaluate`."""
        refuse_repeated(names)
        lacking = [name for name in (_ID, *self.keep) if name not in names]
        if lacking:
            raise KeyError(lacking[0])
        facts = _facts(self._ready()[0].series)
        known = {*OWN, *self.keep, *facts}
        strange = [name for name in names if name not in known and not name.startswith("_")]
        if strange:
            raise CaseError([unknown_fact(name, facts) for name in strange])

    def schema(self, frame: DataFrame) -> StructType:
        """The columns of the answers to a DataFrame, as `mapInArrow` wants them told."""
        from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType

        types = {pa.string(): StringType(), pa.int32(): IntegerType(), LIST: ArrayType(StringType())}
        answers = [StructField(field.name, types[_plain(field.type)]) for field in schema(self.columns)]
        return StructType([*[frame.schema[name] for name in self.keep], *answers])

    def __call__(self, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        """The answers to record batches, in batches of any size: the function of `mapInArrow`."""
        answers, tables = self._ready()
        beside = {*self.keep} - {*OWN, *_facts(answers.series)}
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS):
                rows = batch.slice(start, ROWS)
                given = rows.select([name for name in rows.schema.names if name not in beside])
                cases = _identified(case_batch(given), rows.column(_ID))
                for each in answers.of(cases):
                    yield self._table(rows, each.rows, tables.table(cases, [each]))

    def _table(self, rows: RecordBatch, taken: Numbers, answers: RecordBatch) -> RecordBatch:
        """What is kept of the rows, and the answers to them, in the types that Spark is told."""
        arrays = [rows.column(name).take(pa.array(taken)) for name in self.keep]
        arrays += [column.cast(_plain(column.type)) for column in answers.columns]
        return pa.RecordBatch.from_arrays(arrays, [*self.keep, *self.columns])

    def _ready(self) -> _Ready:
        key = (self.digest, self.payers, self.columns)
        found = _READY.pop(key, None)
        if found is None:
            data = self.policies if isinstance(self.policies, bytes) else self.policies.value
            answers = PayersAnswers(rebuilt(data), self.payers, keys_of(self.columns))
            found = (answers, ArrowAnswers(self.columns))
        _READY[key] = found
        while len(_READY) > _KEEP:
            _READY.popitem(last=False)
        return found


def spark_evaluator(
    series: Mapping[str, KernelSeries],
    columns: Iterable[str],
    payers: Iterable[str] | None = None,
    keep: Iterable[str] = (),
    session: SparkSession | None = None,
) -> SparkEvaluator:
    """As `dmn_dli.spark_evaluator`, of kernels; payers: ids as the series has them."""
    chosen, kept = chosen_columns(columns), tuple(dict.fromkeys(keep))
    for name in kept:
        if name in chosen:
            raise InputError(f'The column "{name}" to keep has the name of an answer; rename it.')
    asked = None if payers is None else tuple(sorted(payers))
    sent = {payer: each for payer, each in series.items() if asked is None or payer in asked}
    data = carried(sent)
    policies = data if session is None else session.sparkContext.broadcast(data)
    return SparkEvaluator(chosen, kept, asked, hex_digest(data), policies)


def _identified(cases: CaseBatch, given: Any) -> CaseBatch:
    """The cases; those without an id, which elsewhere have their position, are wrong."""
    lacking = given.is_null()
    if pa.types.is_string(given.type) or pa.types.is_large_string(given.type):
        lacking = pc.or_(lacking, pc.equal(pc.utf8_trim_whitespace(given.fill_null("")), ""))
    if not pc.any(lacking).as_py():
        return cases
    case_ids = ArrowTexts(pc.if_else(lacking, "", pa.array(cases.case_ids, pa.string())))
    odd = dict(cases.odd)
    wrong = problem("case_id is not given; it has to be where rows have no position, as they have none here.")
    for row in lacking.to_numpy(zero_copy_only=False).nonzero()[0].tolist():
        case = cases.case(row)
        odd[row] = case._replace(case_id="", problems=(wrong, *case.problems))
    return evolve(cases, case_ids=case_ids, odd=odd)


def _facts(series: Mapping[str, KernelSeries]) -> dict[str, FactReader]:
    """The facts that some payer knows, by name."""
    return {name: fact for each in series.values() for name, fact in each.facts.items()}


def _plain(kind: Any) -> Any:
    """The type in which Spark takes what has an Arrow type: it takes no dictionaries."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind
