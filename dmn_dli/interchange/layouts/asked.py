"""What the person who imports says of a file, where the file does not."""

from __future__ import annotations

from attrs import frozen


@frozen
class Asked:
    """outputs: headings of the columns that are outputs. hit_policy: of tables that state none."""

    outputs: tuple[str, ...] = ()
    hit_policy: str = ""
