"""The versions of a folder as modules, each with its name, or with why there is none of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, Version
from dmn_dli.source.module import NotCompilable, file_name, module_source

_WORKBOOKS_ONLY = "Modules are made of workbooks alone; `dmn-dli import` makes a workbook of a model."


@frozen
class CompiledModule:
    """A policy version as Python source, and the file's name that it goes by."""

    workbook: str
    name: str
    source: str


@frozen
class NotCompiled:
    """A policy version of which there is no module: `what` is said of it, and the reasons."""

    workbook: str
    what: str
    reasons: tuple[str, ...]


def compile_versions(versions: Iterable[Version]) -> Iterator[CompiledModule | NotCompiled]:
    """Each version in turn; one whose module would have the name of an earlier one is left out."""
    taken: dict[str, str] = {}
    for version in versions:
        found = _compiled(version)
        if isinstance(found, CompiledModule):
            first = taken.setdefault(found.name, found.workbook)
            if first != found.workbook:
                reason = f"{found.name} is that of {first}."
                found = NotCompiled(found.workbook, "is left out", (reason,))
        yield found


def _compiled(version: Version) -> CompiledModule | NotCompiled:
    if isinstance(version, BrokenVersion):
        reasons = tuple(problem["reason"] for problem in version.problems)
        return NotCompiled(version.workbook, "has errors", reasons)
    assert isinstance(version, PolicyKernel), "a version decides, or is broken"
    if version.of_model:
        return NotCompiled(version.workbook, "is a DMN model", (_WORKBOOKS_ONLY,))
    try:
        return CompiledModule(version.workbook, file_name(version), module_source(version))
    except NotCompilable as refusal:
        return NotCompiled(version.workbook, "cannot be compiled", refusal.reasons)
