"""What a finding's file says of it: the code, what it is asked of, and the function that finds it.

A file of `findings/` holds one of these under the name CHECK; nothing else need know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum, auto
from typing import TypeAlias

from attrs import frozen

from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.analysis.subject import Series, TableSubject
from dmn_dli.model.finding import Code, Finding, Kind
from dmn_dli.tables.linked import LinkedPolicy

Findings: TypeAlias = Iterator[Finding]


class Question(IntEnum):
    """What is asked of a table, in this order: what it answers, then what its rules and columns are for."""

    COMPLETE = auto()
    OVERLAP = auto()
    DETERMINATION = auto()
    RULES = auto()
    COLUMNS = auto()
    RESULTS = auto()
    HIT_POLICY = auto()


@frozen
class TableCheck:
    """A finding about one table.

    find: raises TooLarge where it takes too many steps; the rest of its question is then not asked.
    """

    code: Code
    question: Question
    find: Callable[[TableSubject], Findings]

    @property
    def order(self) -> tuple[Question, bool, str]:
        """By question; first what could not be decided, then by code."""
        return self.question, self.code.kind is not Kind.UNKNOWN, self.code.code


@frozen
class PolicyCheck:
    """A finding about a policy without errors as a whole."""

    code: Code
    find: Callable[[LinkedPolicy], Findings]


@frozen
class CriteriaCheck:
    """A finding about the sheets of criteria of a policy without errors."""

    code: Code
    find: Callable[[CriteriaSubject], Findings]


@frozen
class SeriesCheck:
    """A finding about the versions of policies side by side."""

    code: Code
    find: Callable[[Series], Findings]
