"""Compile a workbook from its bytes: read, link, build; or say what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy, dictionary_facts
from dmn_dli.excel import read_workbook
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding, errors
from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.facts import FactReader
from dmn_dli.store.shared import SharedDictionary
from dmn_dli.tables.linked import LinkedPolicy


def link_file(
    path: Path,
    as_given: str | None = None,
    *,
    first: bytes | None = None,
    shared: SharedDictionary | None = None,
) -> LinkedPolicy:
    """Read and link a workbook with its dictionary; all problems are findings of the result.

    The dictionary is the workbook's own, else the one in its folder, else the
    bundled one. Problems of a shared dictionary are among the findings too.
    first, shared: the workbook's bytes and the folder's dictionary where they have
    been read already. Raises FileNotFoundError.
    """
    workbook = read_workbook(path, as_given, first)
    if workbook.dictionary is not None:
        return link(workbook, workbook.dictionary)
    dictionary, findings = (shared or SharedDictionary(path.parent)).read
    linked = link(workbook, dictionary or Dictionary(()))
    # Without a dictionary nothing that is said of names and values can be right.
    own = linked.findings if dictionary is not None else workbook.findings
    return evolve(linked, findings=(*findings, *own))


def compile_linked(policy: LinkedPolicy) -> tuple[CompiledPolicy | None, tuple[Finding, ...]]:
    """A linked policy compiled, or None where findings forbid evaluation."""
    wrong = errors(policy.findings)
    if wrong:
        return None, wrong
    return compile_policy(build(policy)), ()


def fact_readers(policy: LinkedPolicy) -> dict[str, FactReader]:
    """What reads a case's values of each fact, by the dictionary alone: also where tables have errors."""
    return {fact.name: FactReader(fact) for fact in dictionary_facts(policy)}
