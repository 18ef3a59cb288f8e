"""Files that are read once, so that what is decided and the digest that names it are of the same bytes."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.folder import dictionary_file, dictionary_objection

if TYPE_CHECKING:
    from dmn_dli.model.facts import Dictionary
    from dmn_dli.model.finding import Finding


class FirstLook:
    """A file's bytes as they are found, and their digest.

    data: None where it cannot be read, perhaps because another program holds it: the reader will say so.
    """

    def __init__(self, path: Path) -> None:
        """Read the file. Raises FileNotFoundError."""
        try:
            self.data: bytes | None = read_within(path, WORKBOOK_BYTES)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not path.is_symlink():
                raise
            self.data = None
        self.digest = "" if self.data is None else hex_digest(self.data)


class SharedDictionary:
    """The dictionary that the workbooks of a folder share, read once for all of them.

    data: the file's bytes; None where there is no such file or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        """Look at the file in the folder, else at the bundled one; there may be none at all."""
        self._folder = folder
        self.data: bytes | None = None
        self.digest = ""
        if dictionary_objection(folder) is None:
            with suppress(FileNotFoundError):
                look = FirstLook(dictionary_file(folder))
                self.data, self.digest = look.data, look.digest

    @cached_property
    def read(self) -> tuple[Dictionary | None, tuple[Finding, ...]]:
        """The dictionary and what is wrong with it. Raises FileNotFoundError."""
        # Loaded here, since whoever finds artefacts reads no dictionary and needs no openpyxl.
        from dmn_dli.store.shared_facts import read_shared_dictionary

        return read_shared_dictionary(self._folder, self.data)
