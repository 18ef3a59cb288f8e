"""Coverage policies as decision tables: executable, proven and explainable.

    import dmn_dli

    payers = dmn_dli.load("tables")
    payers["molina"].evaluate({"service": "donor lymphocyte infusion"}).determination

Names are imported when they are first used, so that `import dmn_dli` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmn_dli.api import load, load_policy
    from dmn_dli.evaluate.determination import Determination, PolicyReference, RuleReference
    from dmn_dli.evaluate.policy import Policy, Series
    from dmn_dli.evaluate.table_function import HitPolicyError
    from dmn_dli.runtime.errors import CaseError, EvaluationError, TableError

__version__ = "0.1.0"

_HOMES = {
    "CaseError": "dmn_dli.runtime.errors",
    "Determination": "dmn_dli.evaluate.determination",
    "EvaluationError": "dmn_dli.runtime.errors",
    "HitPolicyError": "dmn_dli.evaluate.table_function",
    "Policy": "dmn_dli.evaluate.policy",
    "PolicyReference": "dmn_dli.evaluate.determination",
    "RuleReference": "dmn_dli.evaluate.determination",
    "Series": "dmn_dli.evaluate.policy",
    "TableError": "dmn_dli.runtime.errors",
    "load": "dmn_dli.api",
    "load_policy": "dmn_dli.api",
}

__all__ = [
    "CaseError",
    "Determination",
    "EvaluationError",
    "HitPolicyError",
    "Policy",
    "PolicyReference",
    "RuleReference",
    "Series",
    "TableError",
    "__version__",
    "load",
    "load_policy",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'dmn_dli' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
