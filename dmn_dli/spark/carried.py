"""Payers' policies as plain bytes, which every process of a cluster is given, and back."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries, Version
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.artefact import FORMAT, dump, parse
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.plain import SHAPE

MADE_BY = hex_digest(repr((FORMAT, SHAPE)).encode())
"""Of which form compiled policies are in this version of the package."""


def carried(series: Mapping[str, KernelSeries]) -> bytes:
    """The series as bytes; the same policies give the same. Raises InputError for a DMN model's."""
    versions = [_plain(each) for payer in series for each in series[payer].versions]
    return MADE_BY.encode() + zlib.compress(marshal.dumps(versions, 2))


def rebuilt(data: bytes) -> dict[str, KernelSeries]:
    """The series that bytes of `carried` hold. Raises InputError where another version has made them."""
    made_by = data[: len(MADE_BY)]
    if made_by != MADE_BY.encode():
        raise InputError(
            "The policies were sent by another version of dmn-dli than this process has; "
            "install one version on the driver and on all workers."
        )
    by_payer: dict[str, list[Version]] = {}
    for entry in marshal.loads(zlib.decompress(data[len(MADE_BY) :])):  # noqa: S302 - the driver's own
        version = _version(*entry)
        by_payer.setdefault(version.payer, []).append(version)
    return {payer: KernelSeries(payer, versions) for payer, versions in by_payer.items()}


def _plain(version: Version) -> tuple[Any, ...]:
    if isinstance(version, BrokenVersion):
        dates = (version.effective_from, version.effective_to)
        return (b"", version.payer, version.workbook, *dates, list(version.problems), version.draft)
    if not isinstance(version, PolicyKernel) or version.of_model:
        raise InputError(
            f'"{version.workbook}" is a DMN model, which stays on one machine; '
            "make a workbook of it with `dmn-dli import`, and use that."
        )
    return (dump(version.compiled, MADE_BY),)


def _version(artefact: bytes, *broken: Any) -> Version:
    if broken:
        payer, workbook, effective_from, effective_to, problems, draft = broken
        found: Sequence[Any] = problems
        return BrokenVersion(payer, workbook, effective_from, effective_to, found, draft=draft)
    compiled = parse(artefact, MADE_BY)
    if compiled is None:
        raise InputError("The policies have not come through whole; run the job again.")
    return PolicyKernel(compiled)
