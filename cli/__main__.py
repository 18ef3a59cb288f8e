"""`python -m` runs the same program as the installed command."""

from .main import run

run()
