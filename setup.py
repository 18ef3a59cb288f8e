"""Builds the wheel: packages, compiled tables, so that an installed dmn-dli starts quickly; the engine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithTables(build_py):
    """Bundles the workbooks, each compiled; an editable install uses those of the checkout."""

    def run(self) -> None:
        """Build; stops where a table has errors."""
        super().run()
        if self.editable_mode:
            return
        sys.path.insert(0, str(ROOT))
        from dmn_dli.store.bundle import compile_folder
        from dmn_dli.store.folder import INSTALLED_FOLDER

        target = Path(self.build_lib) / "dmn_dli" / INSTALLED_FOLDER
        compiled = target / "compiled"
        shutil.rmtree(target, ignore_errors=True)
        compiled.mkdir(parents=True)
        for workbook in sorted((ROOT / "tables").glob("*.xlsx")):
            shutil.copyfile(workbook, target / workbook.name)
        compile_folder(ROOT / "tables", compiled)
        licence = Path(self.build_lib) / "dmn_dli" / "page" / "engine" / "licences" / "dmn-dli.txt"
        shutil.copyfile(ROOT / "LICENSE", licence)
        self.bundle_engine()

    def bundle_engine(self) -> None:
        """Bundle the engine of the page where `make engine` has fetched it; stops where it is not itself."""
        from dmn_dli.page.engine.files import CHECKOUT_FOLDER, INSTALLED_FOLDER, read_engine

        target = Path(self.build_lib) / "dmn_dli" / "page" / "engine" / INSTALLED_FOLDER
        shutil.rmtree(target, ignore_errors=True)
        if CHECKOUT_FOLDER.is_dir():
            target.mkdir(parents=True)
            for name, data in read_engine(CHECKOUT_FOLDER).items():
                (target / name).write_bytes(data)


setup(
    packages=[*find_packages(include=["dmn_dli", "dmn_dli.*"]), "dmn_dli_cli"],
    package_data={"dmn_dli": ["py.typed", "report/examples.json", "page/assets/*", "page/engine/licences/*"]},
    cmdclass={"build_py": BuildWithTables},
)
