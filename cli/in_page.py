"""The program as the page's engine runs it for the page's scripts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dmn_dli.store.folder import COMPILED_FOLDER, bundled_tables

from .process import Finished, run_to_end
from .tables import HERE


def run(arguments: Iterable[str], stdin: bytes) -> Finished:
    """Run a command in a new working folder, in which the page's tables lie as `./tables`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(bundled_tables(), folder / HERE, ignore=shutil.ignore_patterns(COMPILED_FOLDER))
        return run_to_end([*arguments], bytes(stdin), folder)
