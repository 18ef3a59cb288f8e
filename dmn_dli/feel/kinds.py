"""FEEL's types by name."""

from __future__ import annotations

from enum import Enum


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
