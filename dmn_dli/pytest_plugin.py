"""The pytest plugin: `pytest --dmn-tables tables/` tests every table and every row of the Cases sheets.

Without the option nothing but this module is imported.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--dmn-tables` and `--dmn-examples`."""
    group = parser.getgroup("dmn-dli", "decision tables in workbooks")
    group.addoption(
        "--dmn-tables",
        action="append",
        default=[],
        metavar="PATH",
        help="Test the decision tables and Cases sheets of a workbook, or of all workbooks in a folder.",
    )
    group.addoption(
        "--dmn-examples",
        type=int,
        metavar="NUMBER",
        help="How many cases to try on each table.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect the workbooks too, where the option names any. Raises UsageError for a path without one."""
    given: list[str] = config.getoption("dmn_tables")
    if not given:
        return
    try:
        from dmn_dli.testing.collect import WorkbookCollection
    except ImportError as error:
        raise pytest.UsageError(str(error)) from error
    paths = [(config.invocation_params.dir / each).resolve() for each in given]
    for path, each in zip(paths, given, strict=True):
        if not path.exists():
            raise pytest.UsageError(f'--dmn-tables: there is no file or folder "{each}".')
    config.pluginmanager.register(WorkbookCollection(paths), "dmn-dli workbooks")
    config.args += [str(path) for path in paths if not _reached(path, config)]


def _reached(path: Path, config: pytest.Config) -> bool:
    """Whether pytest comes to a path anyway, or was asked for a part of it alone."""
    places = [argument.partition("::")[0] for argument in config.args]
    asked = [(config.invocation_params.dir / place).resolve() for place in places]
    return any(path == each or path in each.parents or each in path.parents for each in asked)
