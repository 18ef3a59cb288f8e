"""Load policies ready to decide: from their artefacts where these exist, else from the workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries, Version
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store import artefact
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.folder import (
    COMPILED_FOLDER,
    bundled_tables,
    dictionary_file,
    find_workbooks,
    source_state,
)

if TYPE_CHECKING:
    from dmn_dli.model.finding import Finding
    from dmn_dli.tables.linked import LinkedPolicy


def load_versions(tables: Path) -> list[Version]:
    """Every policy version of a folder but drafts, or the one workbook that `tables` names.

    Raises FileNotFoundError where there is no such folder or file.
    """
    if not tables.is_dir():
        return [load_version(tables)]
    facts_digest = _digest(dictionary_file(tables))
    versions = [load_version(path, facts_digest) for path in find_workbooks(tables)]
    return [each for each in versions if not each.draft]


def load_version(path: Path, facts_digest: str | None = None) -> Version:
    """One workbook's policy: from its artefact, or compiled and kept as one.

    facts_digest: of the folder's dictionary, where it is known already. A
    workbook with errors gives a BrokenVersion. Raises FileNotFoundError.
    """
    workbook_digest = _digest(path)
    if facts_digest is None:
        facts_digest = _digest(dictionary_file(path.parent))
    name = artefact.key(path.name, workbook_digest, facts_digest, source_state())
    folders = [bundled_tables() / COMPILED_FOLDER]
    cache = artefact.cache_folder()
    if cache is not None:
        folders.append(cache)
    found = artefact.find(name, folders)
    if found is not None and found.policy.reference["sha256"] == workbook_digest:
        return PolicyKernel(found)
    from dmn_dli.store.compile import compile_linked, link_file

    linked = link_file(path)
    compiled, wrong = compile_linked(linked)
    if compiled is None:
        return _broken(linked, wrong)
    unchanged = compiled.policy.reference["sha256"] == workbook_digest  # while it was read
    if cache is not None and unchanged:
        artefact.save(name, compiled, cache)
    return PolicyKernel(compiled)


def load_some_versions(tables: Path) -> list[Version]:
    """As `load_versions`. Raises InputError where there are none or they cannot be read."""
    try:
        versions = load_versions(tables)
    except OSError as error:
        raise InputError(f'The tables in "{tables}" cannot be read: {why(error)}.') from error
    if not versions:
        raise InputError(f'There is no policy in "{tables}": no workbook, or drafts only.')
    return versions


def load_series(tables: Path) -> dict[str, KernelSeries]:
    """The payers' series of versions. Raises InputError where there are none or they cannot be read."""
    return group(load_some_versions(tables))


def group(versions: Iterable[Version]) -> dict[str, KernelSeries]:
    """The versions as a series for each payer, payers in alphabetical order."""
    by_payer: dict[str, list[Version]] = {}
    for version in versions:
        by_payer.setdefault(version.payer, []).append(version)
    return {payer: KernelSeries(payer, by_payer[payer]) for payer in sorted(by_payer)}


def _digest(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            return ""  # a pipe, which would be waited for: the reader will say so
        return hex_digest(path.read_bytes())
    except FileNotFoundError:
        if path.name == dictionary_file(path.parent).name:
            return ""
        raise
    except PermissionError:
        return ""  # another program holds the file: the reader will wait for it, and say so


def _broken(linked: LinkedPolicy, wrong: Iterable[Finding]) -> BrokenVersion:
    from dmn_dli.runtime.errors import problem

    workbook = linked.workbook
    fields = workbook.policy
    problems = [
        problem(
            f"{Path(finding.file).name}{', ' if finding.place else ''}{finding.place}: {finding.text}",
            decision=finding.decision or None,
            rules=finding.rules,
            cell=finding.place or None,
        )
        for finding in wrong
    ]
    payer = fields.payer or workbook.name.rpartition(".")[0]
    dated = workbook.name.rpartition(".")[0]
    if fields.payer is None and len(dated) > 11 and dated[-11] == "-" and dated[-10:].count("-") == 2:
        payer = dated[:-11]
    return BrokenVersion(
        payer,
        workbook.name,
        fields.effective_from.isoformat() if fields.effective_from else None,
        fields.effective_to.isoformat() if fields.effective_to else None,
        problems,
        draft=fields.draft,
    )
