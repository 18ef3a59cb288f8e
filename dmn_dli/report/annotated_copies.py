"""Writing annotated copies of workbooks into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dmn_dli.checking import CheckResult
from dmn_dli.excel.annotate import NotCopiedError, Remark, annotated
from dmn_dli.excel.seal import is_sealed
from dmn_dli.model.finding import Finding, Kind
from dmn_dli.model.workbook import Workbook
from dmn_dli.report.findings import summary
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.whole_files import write_whole
from dmn_dli.store.given import Given, files_read
from dmn_dli.waivers import as_it_stands


def write_copies(
    workbooks: Sequence[Given], result: CheckResult, folder: Path, *, force: bool
) -> tuple[str, ...]:
    """Write a copy of each workbook, with its findings, into the folder, which is made where it is missing.

    A file that stands there already is replaced if it is a copy that nobody has edited since, or by force;
    never the workbook itself. Gives the workbooks of which there is no copy, each with the reason. Raises
    InputError, before anything is written, for a file that must not be replaced, and where the folder
    cannot be written.
    """
    try:
        _look_before(workbooks, folder, force=force)
        folder.mkdir(parents=True, exist_ok=True)
        missing = [_write_copy(given, result, folder / given.path.name) for given in workbooks]
    except OSError as error:
        raise InputError(f'The copies cannot be written to "{folder}": {why(error)}.') from error
    return tuple(
        f"{given.shown} {reason}" for given, reason in zip(workbooks, missing, strict=True) if reason
    )


def _look_before(workbooks: Sequence[Given], folder: Path, *, force: bool) -> None:
    names: dict[str, Given] = {}
    for given in workbooks:
        other = names.setdefault(given.path.name.casefold(), given)
        if other is not given:
            raise InputError(
                f'"{other.shown}" and "{given.shown}" would have one copy; annotate one folder at a time.'
            )
        target = folder / given.path.name
        if not target.exists():
            continue
        for read in {path for each in workbooks for path in files_read(each.path) if path.exists()}:
            if target.samefile(read):
                itself = given.path.exists() and read.samefile(given.path)
                what = "the workbook itself" if itself else f'"{read}"'
                raise InputError(f'The copy of "{given.shown}" would replace {what}; name another folder.')
        if not force and not is_sealed(target.read_bytes()):
            raise InputError(
                f'"{target}" is no copy of ours, or has been edited since; it is replaced only with --force.'
            )


def _write_copy(given: Given, result: CheckResult, target: Path) -> str:
    """Write a workbook's copy; gives why there is none, else nothing."""
    try:
        copy = annotated_copy(given, result)
    except NotCopiedError as error:
        return str(error)
    write_whole(copy, target)
    return ""


def annotated_copy(given: Given, result: CheckResult) -> bytes:
    """A workbook's copy with what was found in it. Raises NotCopiedError where there can be none, OSError."""
    workbook = next((each for each in result.workbooks if each.file == given.shown), None)
    own = [finding for finding in result.findings if finding.file == given.shown]
    remarks = [_remark(finding, result, workbook) for finding in own]
    head = f"{given.path.name}: {summary(result, given.shown)}"
    return annotated(given.path.read_bytes(), remarks, head)


def _remark(finding: Finding, result: CheckResult, workbook: Workbook | None) -> Remark:
    acceptable = finding.code.kind is not Kind.LAYOUT and finding not in result.forbidding
    return Remark(
        "waived" if finding.waived else result.severity(finding).value,
        finding.code.code,
        finding.message,
        finding.remedy,
        finding.sheet,
        finding.cell,
        finding.rules,
        as_it_stands(finding, workbook) if workbook is not None and acceptable else "",
    )
