"""Every stable code that a finding may carry, by subject."""

from __future__ import annotations

from dmn_dli.model.codes import analysis, cells, layout, sheets, versions
from dmn_dli.model.finding import Code

CATALOGUE: dict[str, Code] = {
    code.code: code
    for module in (layout, sheets, cells, versions, analysis)
    for code in vars(module).values()
    if isinstance(code, Code)
}
"""Code to its description, in ascending order of the codes."""
