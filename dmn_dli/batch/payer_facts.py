"""The columns of a batch as one payer reads them: by the names of facts, their values converted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.fact_columns import FactColumn, ValuesColumn
from dmn_dli.cases.written_facts import fact_of, written_value
from dmn_dli.runtime.facts import ABSENT

if TYPE_CHECKING:
    from dmn_dli.runtime.facts import FactReader

Converted = dict[tuple[str, str], FactColumn]
"""Written columns that have been converted, by heading and the type of the fact: what dictionaries share."""


@frozen(eq=False)
class PayerFacts:
    """columns: by the names of facts, or by headings that mean none.

    further: rows in which a second column gives something for a fact, as no case may; they are asked alone.
    """

    columns: Mapping[str, FactColumn]
    further: NDArray[np.bool_] | None = None


def written_columns(
    columns: Mapping[str, FactColumn], readers: Mapping[str, FactReader], converted: Converted
) -> PayerFacts:
    """The columns of a csv file or a sheet, as `read_written` reads the text of a single case.

    readers: `readers_by_heading` of the payer's series.
    """
    found: dict[str, FactColumn] = {}
    further: NDArray[np.bool_] | None = None
    for heading, column in columns.items():
        name, reader = fact_of(heading, readers)
        if name in found:
            given = column.given()
            further = given if further is None else further | given
        elif reader is None:
            found[name] = column
        else:
            kind = (heading, reader.type)
            if kind not in converted:
                converted[kind] = _converted(column, reader)
            found[name] = converted[kind]
    return PayerFacts(found, further)


def _converted(column: FactColumn, reader: FactReader) -> FactColumn:
    """Each distinct text as the value that it stands for."""
    values: list[Any] = []

    def number(text: str | None) -> int:
        values.append(ABSENT if text is None else written_value(text, reader))
        return len(values) - 1

    numbers = column.each(number)
    return ValuesColumn(Coded(numbers, (), 0, values))
