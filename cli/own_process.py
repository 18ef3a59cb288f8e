"""What the program may do to its process where nothing else runs in it."""

from __future__ import annotations

import click


def do_without_pandas() -> None:
    """Keep Arrow from loading pandas, where this process is the program's own. Needs the extra `batch`."""
    context = click.get_current_context(silent=True)
    if context is not None and context.find_root().obj:
        from dmn_dli.streaming import without_pandas

        without_pandas.do_without_pandas()
