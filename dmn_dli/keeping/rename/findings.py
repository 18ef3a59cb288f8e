"""What `check` finds before and after a renaming: the same, but for the name."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from dmn_dli.checking import CheckResult, check
from dmn_dli.excel import codes as layout
from dmn_dli.keeping.rename.scope import Scope
from dmn_dli.linking import codes as linking
from dmn_dli.model.cell import cell_name
from dmn_dli.model.finding import Finding
from dmn_dli.store.given import Given

_ANY_DAY = date.min
"""The day by which findings are compared: by it no waiver has ended."""

_OF_SPELLING = (layout.REPAIRED, layout.SHEET_NAME, linking.LETTER_CASE)
"""What a name that is spelt anew may mend."""


def check_scope(scope: Scope) -> CheckResult:
    """Every finding in the files of a renaming, as they are held."""
    with tempfile.TemporaryDirectory() as folder:
        given = []
        for path, (shown, data) in scope.held.items():
            copy = Path(folder) / path.name
            copy.write_bytes(data)
            given.append(Given(copy, shown))
        return check(given, _ANY_DAY, strict=False)


def arisen(before: CheckResult, after: CheckResult, tabs: Mapping[str, str]) -> Iterator[str]:
    """What is found only before or only after, in words; tabs: sheets that are called otherwise now."""
    first = Counter(_key(each, tabs) for each in before.findings if each.code not in _OF_SPELLING)
    second = Counter(_key(each, {}) for each in after.findings if each.code not in _OF_SPELLING)
    for key in (second - first) | (first - second):
        where, what = ("afterwards", after) if second[key] > first[key] else ("no longer", before)
        found = next(each for each in what.findings if _key(each, tabs if what is before else {}) == key)
        place = cell_name(found.sheet, found.cell) if found.sheet and found.cell else found.sheet
        at = f"{found.file}, {place}" if place else found.file
        yield f"{at}: {found.code.code} is found {where}: {found.message}"


def _key(finding: Finding, tabs: Mapping[str, str]) -> tuple[str, str, str, str, bool]:
    sheet = tabs.get(finding.sheet, finding.sheet)
    return finding.code.code, finding.file, sheet, finding.cell, finding.waived
