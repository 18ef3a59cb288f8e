"""Coverage policies as decision tables: executable, proven and explainable.

    import dmn_dli

    payers = dmn_dli.load("tables")
    payers["molina"].evaluate({"service": "donor lymphocyte infusion"}).determination

Each verb of the command line is a function here, data in and frozen data out. The rooms behind them are
imported when a function is first called, and types when they are first named, so that `import dmn_dli`
costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

# openpyxl reads and writes XML otherwise where lxml happens to be installed, as it is for DMN models.
# Workbooks must not differ because of that. This is openpyxl's own switch, looked at when it is imported.
os.environ.setdefault("OPENPYXL_LXML", "False")

# Five functions bear the names of rooms. Python binds a room to its name here when it is first imported, and
# never again: so these are imported first, and the functions then take the names for good. (Their __init__
# is empty but for a docstring.) `from dmn_dli.diff.answers import …` finds the room as ever.
for _room in ("diff", "explain", "merge", "page", "suggest"):
    import_module(f"dmn_dli.{_room}")

from dmn_dli.api import (  # noqa: E402 - after the rooms whose names they take
    batch_evaluator,
    check,
    compare,
    compile,  # noqa: A004 - the command's name
    diff,
    diff_cases,
    explain,
    export,
    format,  # noqa: A004 - the command's name
    import_files,
    load,
    load_policy,
    merge,
    new_payer,
    new_tables,
    new_version,
    page,
    rename,
    spark_evaluator,
    suggest,
    tck,
    test,
)

if TYPE_CHECKING:
    from dmn_dli.batch.evaluator import BatchEvaluator
    from dmn_dli.cases.sheet import WorkbookResult
    from dmn_dli.checking import CheckResult
    from dmn_dli.diff.case_counts import CaseChanges
    from dmn_dli.diff.payers import PayerPair
    from dmn_dli.diff.version_difference import VersionDifference
    from dmn_dli.evaluate.determination import Determination, PolicyReference, RuleReference
    from dmn_dli.evaluate.table_function import HitPolicyError
    from dmn_dli.explain.explanation import Explanation
    from dmn_dli.exporting import Exported, NotExported
    from dmn_dli.interchange.tck.run import TckRun
    from dmn_dli.keeping.format import FormattedFile
    from dmn_dli.keeping.new.file import NewFile
    from dmn_dli.keeping.new.imported import ImportedFile
    from dmn_dli.keeping.rename.data import Renamed
    from dmn_dli.merge.checked import MergeResult
    from dmn_dli.policy import Policy, Series
    from dmn_dli.runtime.errors import CaseError, EvaluationError, TableError
    from dmn_dli.runtime.input_error import InputError
    from dmn_dli.source.modules import CompiledModule, NotCompiled
    from dmn_dli.spark.evaluator import SparkEvaluator
    from dmn_dli.suggest.suggestion import Suggestions

__version__ = "0.1.0"

__all__ = [
    "BatchEvaluator", "CaseChanges", "CaseError", "CheckResult", "CompiledModule", "Determination",
    "EvaluationError", "Explanation", "Exported", "FormattedFile", "HitPolicyError", "ImportedFile",
    "InputError", "MergeResult", "NewFile", "NotCompiled", "NotExported", "PayerPair", "Policy",
    "PolicyReference", "Renamed", "RuleReference", "Series", "SparkEvaluator", "Suggestions", "TableError",
    "TckRun", "VersionDifference", "WorkbookResult", "__version__", "batch_evaluator", "check", "compare",
    "compile", "diff", "diff_cases", "explain", "export", "format", "import_files", "load", "load_policy",
    "merge", "new_payer", "new_tables", "new_version", "page", "rename", "spark_evaluator", "suggest", "tck",
    "test",
]  # fmt: skip

_TYPES = {
    "batch.evaluator": ("BatchEvaluator",),
    "cases.sheet": ("WorkbookResult",),
    "checking": ("CheckResult",),
    "diff.case_counts": ("CaseChanges",),
    "diff.payers": ("PayerPair",),
    "diff.version_difference": ("VersionDifference",),
    "evaluate.determination": ("Determination", "PolicyReference", "RuleReference"),
    "merge.checked": ("MergeResult",),
    "runtime.errors": ("CaseError", "EvaluationError", "TableError"),
    "policy": ("Policy", "Series"),
    "evaluate.table_function": ("HitPolicyError",),
    "explain.explanation": ("Explanation",),
    "exporting": ("Exported", "NotExported"),
    "interchange.tck.run": ("TckRun",),
    "keeping.format": ("FormattedFile",),
    "keeping.new.file": ("NewFile",),
    "keeping.new.imported": ("ImportedFile",),
    "runtime.input_error": ("InputError",),
    "keeping.rename.data": ("Renamed",),
    "source.modules": ("CompiledModule", "NotCompiled"),
    "spark.evaluator": ("SparkEvaluator",),
    "suggest.suggestion": ("Suggestions",),
}
_HOMES = {name: module for module, names in _TYPES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'dmn_dli' has no attribute {name!r}")
    value: object = getattr(import_module(f"dmn_dli.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
