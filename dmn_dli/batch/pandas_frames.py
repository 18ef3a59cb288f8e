"""Frames of pandas, whose columns may hold anything."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import evolve

from dmn_dli.batch.arrow_cases import as_plain
from dmn_dli.batch.cases import ROWS, under_numbers
from dmn_dli.batch.fact_columns import ArrowColumn, FactColumn, ValuesColumn
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.runtime.scalars import is_missing, plain

_AS_ARROW = frozenset("biufM")
"""The kinds of numpy's types that Arrow has too."""


def is_pandas(frame: Any) -> bool:
    """Whether it is a DataFrame of pandas, which need not be installed."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(frame, pandas.DataFrame)


_OBJECTS = {"string": pa.string(), "boolean": pa.bool_()}
"""Arrow's types of what pandas finds columns of objects to be."""


class PandasFrame:
    """A DataFrame; its index is kept."""

    def __init__(self, frame: Any, *, null_is_unknown: bool) -> None:
        """Take a pandas.DataFrame. null_is_unknown: whether None in a column of objects gives nothing.

        What pandas itself holds for missing always gives nothing.
        """
        self._frame = frame
        self._null_is_unknown = null_is_unknown
        self.names = [str(name) for name in frame.columns]

    def parts(self, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, FactColumn]]]:
        """The wanted columns, some rows after the other: how many, and what they give."""
        places = {name: self.names.index(name) for name in wanted}
        for start in range(0, len(self._frame), ROWS):
            part = self._frame.iloc[start : start + ROWS]
            yield len(part), {name: self._column(part.iloc[:, place]) for name, place in places.items()}

    def beside(self, kept: Sequence[str], answers: Iterable[Any], schema: Any) -> Any:
        """The answers behind the columns to keep, under the frame's own index.

        Text comes as categoricals, lists as lists of Python.
        """
        found = self._frame.iloc[:, [self.names.index(name) for name in kept]].copy()
        table = pa.Table.from_batches(answers, schema).unify_dictionaries().combine_chunks()
        for name in table.schema.names:
            column = table.column(name)
            if pa.types.is_list(column.type):
                found[name] = _objects(column.to_pylist())
            else:
                found[name] = column.to_pandas().array
        return found

    def _column(self, series: Any) -> FactColumn:
        """A column as Arrow has it where that keeps every value; else its values, each for itself."""
        told, name = getattr(series.dtype, "kind", "O"), str(series.dtype)
        type_ = None
        if name == "object":
            # Of objects only these come back from Arrow as they were; None may be a value of its own.
            alike = sys.modules["pandas"].api.types.infer_dtype(series, skipna=True)
            if alike not in _OBJECTS or not self._null_is_unknown:
                return self._values(series)
            type_ = _OBJECTS[alike]
        elif told not in _AS_ARROW and name not in ("string", "str", "category"):
            return self._values(series)
        try:
            found = pa.array(series, type_, from_pandas=told != "f")
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, UnicodeEncodeError):
            return self._values(series)
        if isinstance(found, pa.ChunkedArray):
            found = pa.concat_arrays(found.chunks) if found.num_chunks else pa.array([], found.type)
        return ArrowColumn(as_plain(found), null_is_unknown=True)

    def _values(self, series: Any) -> ValuesColumn:
        """Values of any kind, those alike under one number."""
        coded = under_numbers([*series])
        return ValuesColumn(evolve(coded, own=[*map(self._given, coded.own)]))

    def _given(self, value: Any) -> Any:
        missing = self._null_is_unknown if value is None else is_missing(value)
        return ABSENT if missing else plain(value)


def _objects(values: Sequence[Any]) -> Any:
    """An array of these objects; lists of one length make no matrix."""
    found = np.empty(len(values), object)
    found[:] = values
    return found
