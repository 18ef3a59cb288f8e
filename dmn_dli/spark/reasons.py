"""Why Spark has stopped, in a line: what it says itself is a page of two languages' call stacks."""

from __future__ import annotations

import re

_WORKER = re.compile(r"^dmn_dli\.runtime\.input_error\.InputError: (.+)", re.MULTILINE)
_PACKAGE = re.compile(r"^ModuleNotFoundError: No module named '([\w.]+)'", re.MULTILINE)
_CAUSE = re.compile(r"^Caused by: (.+)", re.MULTILINE)
_STATE = re.compile(r"\s*SQLSTATE: \w+")
_CONDITION = re.compile(r"^\[[A-Z_.]+\] ")
_RAISED = re.compile(r"^(?:: )?(?:[\w$]+\.)*((?:[\w$]+(?:Exception|Error): )*)")
"""The exceptions by which a line begins, and before them what Java calls their place."""

_HEADED = "An error occurred while calling"
"""How py4j begins what it tells of Java."""


def reason_of_worker(text: str) -> str | None:
    """What a Python process of a worker lacks, with the remedy; None where it met a defect of ours."""
    if found := _WORKER.search(text):
        return found[1]
    if found := _PACKAGE.search(text):
        return (
            f'The workers\' Python does not find the package "{found[1]}": give them one that has dmn-dli '
            "with its extra spark, by spark.archives or PYSPARK_PYTHON; docs/spark.md says how."
        )
    return None


def reason_of_spark(text: str) -> str:
    """The line of an exception of Spark that says what was wrong: the innermost cause."""
    causes = _CAUSE.findall(text)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(_HEADED)]
    line = causes[-1] if causes else lines[0] if lines else "it does not say why"
    plain = _STATE.sub("", _CONDITION.sub("", _RAISED.sub("", line))).strip().rstrip(".")
    # A word alone, such as a host's name, says nothing without what is wrong with it.
    return plain if " " in plain else _RAISED.sub(r"\1", line).strip()
