"""Loading, as the Python interface offers it."""

from __future__ import annotations

import os
from pathlib import Path

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.policy import Policy, Series
from dmn_dli.evaluate.series import BrokenVersion
from dmn_dli.runtime.errors import TableError
from dmn_dli.store.load import group, load_version, load_versions


def load(tables: str | os.PathLike[str]) -> dict[str, Series]:
    """The series of versions of each payer, by payer id, from a folder of workbooks (or one workbook).

    Raises FileNotFoundError. A workbook with errors is no version; it raises
    TableError when its payer is evaluated.
    """
    return {payer: Series(series) for payer, series in group(load_versions(Path(tables))).items()}


def load_policy(workbook: str | os.PathLike[str]) -> Policy:
    """One workbook's policy. Raises FileNotFoundError, and TableError with every problem of the workbook."""
    version = load_version(Path(workbook))
    if isinstance(version, BrokenVersion):
        raise TableError(version.problems)
    assert isinstance(version, PolicyKernel)
    return Policy(version)
