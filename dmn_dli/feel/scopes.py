"""What the constructs of an expression bind, as translation to Python keeps it."""

from __future__ import annotations

from attrs import frozen


@frozen
class Binding:
    """What an inner construct binds: a name to a Python variable; with the name None, a filter's item."""

    name: str | None
    variable: str


Scope = tuple[Binding, ...]
"""What is bound at a place, outermost first."""
