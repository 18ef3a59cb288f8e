"""The room's door: every name it promises is there, and loading it loads no parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dmn_dli.feel as feel


@pytest.mark.parametrize("name", feel.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(feel, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'parse_everything'"):
        feel.parse_everything  # noqa: B018 - the access is the test


def test_running_compiled_tables_loads_no_parser() -> None:
    script = (
        "import sys, dmn_dli.feel.runtime; from dmn_dli.feel import from_python, to_feel;"
        "print([name for name in ('parser', 'syntax', 'translate') if f'dmn_dli.feel.{name}' in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
