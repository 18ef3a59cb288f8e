"""Every stable code that a finding may carry.

A code stands where its finding is made: those of analysis in a file each, those of the reader and of
linking in their room's `codes`, since one function there may have a dozen things to say. Only who explains
codes, or reads which are accepted, needs them all.
"""

from __future__ import annotations

from dmn_dli.analysis.registry import CHECKS
from dmn_dli.excel import accepted, assumptions
from dmn_dli.excel import codes as excel_codes
from dmn_dli.linking import codes as linking_codes
from dmn_dli.model import dmn_codes, dmn_logic_codes, dmn_policy_codes
from dmn_dli.model.finding import Code

_MODULES = (excel_codes, assumptions, accepted, linking_codes, dmn_codes, dmn_logic_codes, dmn_policy_codes)

CATALOGUE: dict[str, Code] = {
    code.code: code
    for code in sorted(
        [
            *(each for module in _MODULES for each in vars(module).values() if isinstance(each, Code)),
            *(check.code for check in CHECKS),
        ],
        key=lambda code: code.code,
    )
}
"""Code to its description, in ascending order of the codes."""
