"""Artefacts for a whole folder, as they are shipped with its workbooks."""

from __future__ import annotations

from pathlib import Path

from dmn_dli.model.finding import Finding
from dmn_dli.runtime.whole_files import write_whole
from dmn_dli.store import artefact
from dmn_dli.store.compile import compile_linked, link_file
from dmn_dli.store.folder import find_workbooks


class BundleError(Exception):
    """A workbook of the folder has errors; `findings` say which."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """List the findings in the message."""
        super().__init__("\n".join(f"{found.file} {found.place}: {found.text}" for found in findings))
        self.findings = findings


def compile_folder(folder: Path, target: Path) -> list[Path]:
    """Write the artefact of every workbook of `folder` into `target`; the files written, by workbook.

    Raises BundleError for a workbook with errors, OSError where nothing can be written.
    """
    written = []
    for path in find_workbooks(folder):
        compiled, wrong = compile_linked(link_file(path))
        if compiled is None:
            raise BundleError(wrong)
        key = artefact.origin_of(compiled).key
        file = target / (key + artefact.SUFFIX)
        write_whole(artefact.dump(compiled, key), file)
        written.append(file)
    return written
