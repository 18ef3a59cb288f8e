"""FEEL's types as far as values and the static check tell them apart."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
)
from dmn_dli.feel.values import FunctionValue, RangeValue


class FeelType(Enum):
    """A type (DMN 1.5, section 10.3.2.9); the value is the name that a message uses."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS_DURATION = "days and time duration"
    YEARS_DURATION = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    RANGE = "range"
    FUNCTION = "function"
    NULL = "null"
    ANY = "Any"


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
