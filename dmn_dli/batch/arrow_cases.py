"""Record batches of Arrow as cases: a column for each fact, by name, besides the case's id and its payers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import pyarrow as pa
from attrs import frozen

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import Coded
from dmn_dli.batch.columns import each_once
from dmn_dli.batch.fact_columns import ArrowColumn
from dmn_dli.batch.given import narrowed, value_at
from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.cases.files import Case, given_case
from dmn_dli.cases.formats.parquet import python_values
from dmn_dli.cases.headed_rows import OWN, refuse_repeated

Array: TypeAlias = Any
RecordBatch: TypeAlias = Any
"""pyarrow's; it ships no types of its own."""

_ID, _PAYER = OWN

_PRINTED = ord("!"), ord("~")
"""The first and the last character that nobody takes for a blank."""


@frozen(eq=False)
class ArrowTexts(Sequence[str]):
    """Texts that stay in Arrow: what is made of Arrow again needs no Python between."""

    array: Array

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            found: list[str] = self.array.to_pylist()[row]
            return found
        text: str = self.array[row].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self.array.to_pylist())


def case_batch(batch: RecordBatch, first: int = 1) -> CaseBatch:
    """The rows as cases, as a Parquet file's are: null and not-a-number are an unknown fact.

    first: the position of the first row, which is its id where it gives none. Columns whose names begin with
    `_` are left out; any other is for the payers to know as a fact, or to refuse. Rows whose id or payers
    nobody can tell stay odd. Raises CasesFileError for two columns of one name, letter case aside.
    """
    names: list[str] = batch.schema.names
    refuse_repeated(names)
    columns = {name: as_plain(batch.column(name)) for name in names if not name.startswith("_")}
    wrong: set[int] = set()
    rows = batch.num_rows
    case_ids = case_ids_of(columns.get(_ID), rows, first, wrong)
    payers = _payers(columns.get(_PAYER), rows, wrong)
    odd = {row: _single(columns, row, first + row) for row in sorted(wrong)}
    facts = {
        name: ArrowColumn(column, null_is_unknown=True) for name, column in columns.items() if name not in OWN
    }
    return CaseBatch(rows, facts, case_ids, payers, odd)


def positions(first: int, rows: int) -> ArrowTexts:
    """The ids of cases that give none."""
    return ArrowTexts(pa.array(np.arange(first, first + rows)).cast(pa.string()))


def as_plain(column: Array) -> Array:
    """The column in a type that all of pyarrow computes with: views of text as text."""
    if pa.types.is_dictionary(column.type) and pa.types.is_string_view(column.type.value_type):
        return pa.DictionaryArray.from_arrays(column.indices, column.dictionary.cast(pa.large_string()))
    type_ = _plain_type(column.type)
    return column if type_ == column.type else column.cast(type_)


def _plain_type(type_: Any) -> Any:
    if pa.types.is_string_view(type_):
        return pa.large_string()
    kinds = (pa.types.is_list, pa.types.is_large_list, pa.types.is_list_view, pa.types.is_large_list_view)
    if any(kind(type_) for kind in kinds):
        held = _plain_type(type_.value_type)
        kept = held == type_.value_type and not any(kind(type_) for kind in kinds[2:])
        return type_ if kept else pa.large_list(held)
    return type_


def _single(columns: dict[str, Array], row: int, position: int) -> Case:
    values = {name: value_at(column, row) for name, column in columns.items()}
    return given_case({name: value for name, value in values.items() if value is not None}, position)


def case_ids_of(column: Array | None, rows: int, first: int, wrong: set[int]) -> Sequence[str]:
    """Each row's id as text, as a single case has it; `wrong` gets the rows that give what is none."""
    if column is None or pa.types.is_null(column.type):
        return positions(first, rows)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type) and not column.null_count:
        return ArrowTexts(column.cast(pa.string()))
    texts = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    if texts and _is_trimmed(column):
        return ArrowTexts(column)
    found = []
    kind = str(column.type)
    for row, value in enumerate(python_values(column)):
        case = given_case({} if value is None else {_ID: narrowed(value, kind)}, first + row)
        if case.problems:
            wrong.add(row)
        found.append(case.case_id)
    return ArrowTexts(pa.array(found, pa.string()))


def _is_trimmed(texts: Array) -> bool:
    """Whether there is text in each row, and none begins or ends with what anybody takes for a blank."""
    if texts.null_count or not len(texts):
        return not len(texts)
    width: Any = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, bounds, held = texts.buffers()
    ends: Numbers = np.frombuffer(bounds, width)[texts.offset : texts.offset + len(texts) + 1]
    if not np.all(ends[:-1] < ends[1:]):
        return False
    characters = np.frombuffer(held, np.uint8)
    least, most = _PRINTED
    # What lies below the first wraps around, and is beyond the last.
    return all(
        (characters.take(places) - np.uint8(least)).max() <= most - least
        for places in (ends[:-1], ends[1:] - 1)
    )


def _payers(column: Array | None, rows: int, wrong: set[int]) -> Coded:
    """The payers that each row names; `wrong` gets the rows that name none where some are due."""
    states = States[Hashable]()
    named: list[tuple[str, ...] | None] = []
    bad: list[bool] = []

    def number(value: Any) -> int:
        found = states.number(_key(value))
        if found == len(named):
            case = given_case({} if value is None else {_PAYER: value}, 0)
            named.append(case.payers)
            bad.append(bool(case.problems))
        return found

    if column is None:
        return Coded(np.zeros(rows, np.intp), (), 0, [None])
    numbers = _each(column, number)
    if any(bad):
        wrong.update(np.flatnonzero(np.array(bad).take(numbers)).tolist())
    return Coded(numbers, (), 0, named or [None])


def _each(column: Array, number: Callable[[Any], int]) -> Numbers:
    if pa.types.is_nested(column.type):
        return np.array([number(value) for value in column.to_pylist()], np.intp)
    return each_once(column, number)


def _key(value: Any) -> Hashable:
    """What tells two values apart that a column of payers may hold."""
    return (value.__class__, tuple(map(_key, value)) if isinstance(value, list) else repr(value))
