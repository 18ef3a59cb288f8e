"""FEEL's types as far as values and the static check tell them apart."""

from __future__ import annotations

from decimal import Decimal

from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
)
from dmn_dli.feel.values import FunctionValue, RangeValue

__all__ = ["CLASSES", "FeelType", "type_of"]

_OF_CLASS: dict[type, FeelType] = {
    str: FeelType.STRING,
    Decimal: FeelType.NUMBER,
    bool: FeelType.BOOLEAN,
    DateValue: FeelType.DATE,
    TimeValue: FeelType.TIME,
    DateTimeValue: FeelType.DATE_TIME,
    DaysTimeDuration: FeelType.DAYS_DURATION,
    YearsMonthsDuration: FeelType.YEARS_DURATION,
    list: FeelType.LIST,
    dict: FeelType.CONTEXT,
    RangeValue: FeelType.RANGE,
    FunctionValue: FeelType.FUNCTION,
    type(None): FeelType.NULL,
}

CLASSES = {kind: python for python, kind in _OF_CLASS.items()}


def type_of(value: object) -> FeelType:
    """The type of a FEEL value. Raises KeyError for what is none (see `values.from_python`)."""
    return _OF_CLASS[type(value)]
