"""All checks, by listing the folder `findings`: a file put there is asked and its code catalogued."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from dmn_dli.analysis import findings
from dmn_dli.analysis.checks import CriteriaCheck, PolicyCheck, SeriesCheck, TableCheck


def listed() -> tuple[TableCheck | CriteriaCheck | PolicyCheck | SeriesCheck, ...]:
    """The checks of the folder in ascending order of their codes."""
    modules = [import_module(f"{findings.__name__}.{each.name}") for each in iter_modules(findings.__path__)]
    return tuple(sorted((module.CHECK for module in modules), key=lambda check: check.code.code))


CHECKS = listed()
TABLE_CHECKS = sorted((each for each in CHECKS if isinstance(each, TableCheck)), key=lambda each: each.order)
CRITERIA_CHECKS = [each for each in CHECKS if isinstance(each, CriteriaCheck)]
POLICY_CHECKS = [each for each in CHECKS if isinstance(each, PolicyCheck)]
SERIES_CHECKS = [each for each in CHECKS if isinstance(each, SeriesCheck)]
