"""What theories find of a policy, kept for the policies that are made of it for single cases, too."""

from __future__ import annotations

from typing import Any

from dmn_dli.tables.linked import LinkedPolicy


def memory_of(policy: LinkedPolicy) -> dict[object, Any]:
    """The memory of a policy, each kind of finding under a key of its own."""
    found: dict[object, Any] = policy.known.setdefault(memory_of, {})
    return found


def pass_on(policy: LinkedPolicy, made: LinkedPolicy) -> None:
    """Let a policy that was made of another have the other's memory."""
    made.known[memory_of] = memory_of(policy)
