"""Load policies ready to decide: from their artefacts where these exist, else from the workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries, Version
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.artefact import Origin
from dmn_dli.store.cache import find, save
from dmn_dli.store.folder import find_tables, is_model, source_state
from dmn_dli.store.shared import FirstLook, SharedDictionary

if TYPE_CHECKING:
    from dmn_dli.model.finding import Finding
    from dmn_dli.tables.linked import LinkedPolicy


def load_versions(tables: Path, decisions: Sequence[str] = ()) -> list[Version]:
    """Every policy version of a folder but those set aside, or the one workbook or model that `tables` names.

    decisions: those of the models whose values are the answer. Raises FileNotFoundError where there is no
    such folder or file, InputError for a decision that is none.
    """
    if not tables.is_dir():
        return [load_version(tables, decisions=decisions)]
    shared = SharedDictionary(tables)
    versions = [load_version(path, shared, decisions=decisions) for path in find_tables(tables)]
    return [each for each in versions if not each.draft]


def load_version(
    path: Path,
    shared: SharedDictionary | None = None,
    *,
    linked: LinkedPolicy | None = None,
    decisions: Sequence[str] = (),
) -> Version:
    """One workbook's policy: from its artefact, or compiled and kept as one. A DMN model's: compiled.

    shared: the folder's dictionary, where it has been read already. linked: the workbook with it, where it
    has been linked; it counts as long as the file is still the same. decisions: those of a model whose values
    are the answer. A workbook or a model with errors gives a BrokenVersion. Raises FileNotFoundError,
    InputError for a decision that is none, and where decisions of a workbook are asked for.
    """
    if is_model(path.name):
        return _load_model(path, decisions)
    if decisions:
        raise InputError(
            f'"{path.name}" is a workbook, whose final decision is the answer; --decision is for DMN models. '
            "Its other decisions stand beside the answer, under `decisions`."
        )
    look = FirstLook(path)
    shared = shared or SharedDictionary(path.parent)
    origin = Origin(path.name, look.digest, shared.digest, source_state())
    found = find(origin)
    if found is not None:
        return PolicyKernel(found)
    from dmn_dli.store.compile import compile_linked, link_file

    if linked is None or linked.workbook.sha256 != look.digest:
        linked = link_file(path, first=look.data, shared=shared)
    compiled, wrong = compile_linked(linked)
    if compiled is None:
        return _broken(linked, wrong)
    save(origin, compiled)
    return PolicyKernel(compiled)


def load_some_versions(tables: Path, decisions: Sequence[str] = ()) -> list[Version]:
    """As `load_versions`. Raises InputError where there are none or they cannot be read."""
    try:
        versions = load_versions(tables, decisions)
    except OSError as error:
        raise InputError(f'The tables in "{tables}" cannot be read: {why(error)}.') from error
    if not versions:
        raise InputError(
            f'There is no policy in "{tables}": no workbook or DMN model, or only drafts and withdrawn ones.'
        )
    return versions


def load_series(tables: Path, decisions: Sequence[str] = ()) -> dict[str, KernelSeries]:
    """The payers' series of versions. Raises InputError where there are none or they cannot be read."""
    return group(load_some_versions(tables, decisions))


def group(versions: Iterable[Version]) -> dict[str, KernelSeries]:
    """The versions as a series for each payer, payers in alphabetical order."""
    by_payer: dict[str, list[Version]] = {}
    for version in versions:
        by_payer.setdefault(version.payer, []).append(version)
    return {payer: KernelSeries(payer, by_payer[payer]) for payer in sorted(by_payer)}


def _load_model(path: Path, decisions: Sequence[str]) -> Version:
    from dmn_dli.model.finding import errors
    from dmn_dli.store.models import kernel_of, link_model

    policy = link_model(path, asked=decisions)
    kernel = kernel_of(policy)
    if kernel is not None:
        return kernel
    wrong = errors(policy.findings)
    # What only serves others that import it is no policy of a folder, as a draft is none.
    return _broken(policy, wrong or policy.findings, policy.payer, set_aside=not wrong)


def _broken(
    linked: LinkedPolicy, wrong: Iterable[Finding], name: str = "", *, set_aside: bool = False
) -> BrokenVersion:
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
    payer = fields.payer or name or workbook.name.rpartition(".")[0]
    dated = workbook.name.rpartition(".")[0]
    if not (fields.payer or name) and len(dated) > 11 and dated[-11] == "-" and dated[-10:].count("-") == 2:
        payer = dated[:-11]
    return BrokenVersion(
        payer,
        workbook.name,
        fields.effective_from.isoformat() if fields.effective_from else None,
        fields.effective_to.isoformat() if fields.effective_to else None,
        problems,
        draft=fields.draft or set_aside,
    )
