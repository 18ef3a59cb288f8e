"""`python -m dmn_dli` runs the command line."""

from __future__ import annotations

from importlib import import_module

import_module("dmn_dli_cli.main").run()
