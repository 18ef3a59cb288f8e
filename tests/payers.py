"""The payers' own workbooks, each read and compiled once for all tests of a process."""

from __future__ import annotations

from functools import cache

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.store.compile import link_file
from dmn_dli.store.folder import bundled_tables, find_workbooks
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking import books

WORKBOOKS = tuple(path.name for path in find_workbooks(bundled_tables()))


@cache
def linked(name: str) -> LinkedPolicy:
    """A payer's policy with its tables linked; `name` is the workbook's."""
    return link_file(bundled_tables() / name)


@cache
def kernel(name: str) -> PolicyKernel:
    """A payer's policy, ready to be asked."""
    return books.kernel(linked(name))
