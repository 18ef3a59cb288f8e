"""Spark at hand: a session, or in words how to get what it lacks."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.runtime.input_error import InputError, further_package

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JAVA = (
    "Spark runs on Java 17 or later, and none is found: install it (on Debian and Ubuntu "
    "`apt-get install default-jre-headless`), or let JAVA_HOME name its folder."
)


def need_packages() -> None:
    """Raise InputError, with the remedy, where pyspark and what it needs are not installed."""
    try:
        import pandas  # noqa: F401 - mapInArrow asks for it
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        raise InputError(f"Spark {further_package('spark')} ({error.name} is missing).") from error


def need_spark() -> None:
    """Raise InputError, with the remedy, where Spark cannot run: without its packages, or without Java."""
    need_packages()
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home, "bin", "java")) if home else "java") is None:
        raise InputError(_JAVA)


def _settings() -> dict[str, str]:
    return {
        "spark.app.name": "dmn-dli evaluate",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.sql.session.timeZone": "UTC",
        # What the names of folders say is text: 007 is not 7.
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    }


def new_session() -> SparkSession:
    """A session as the environment configures it, on this machine's cores where it says nothing.

    Times are those of UTC, as in files of cases. Raises InputError where Spark cannot be had.
    """
    need_spark()
    # The workers of this machine run the Python, and see the packages, that this process does.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        session = SparkSession.builder.config(map=_settings()).getOrCreate()
    except PySparkException as error:
        raise InputError(f"Spark cannot be started: {error}. What it wrote above says why.") from error
    # Else what one line tells stands at the end of pages of call stacks.
    session.sparkContext.setLogLevel("WARN" if os.environ.get("DMN_DLI_DEBUG") == "1" else "FATAL")
    return session
