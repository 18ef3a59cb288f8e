"""Context functions (DMN 1.5, section 10.3.4.10)."""

from __future__ import annotations

from dmn_dli.feel.builtins.registry import builtin


@builtin("get value", "m: context, key: string", "Any")
def get_value(entries: dict[str, object], key: str) -> object:
    """The entry of that key, or null."""
    return entries.get(key)


@builtin("get entries", "m: context", "list")
def get_entries(entries: dict[str, object]) -> list[object]:
    """The entries, each as a context with `key` and `value`."""
    return [{"key": key, "value": value} for key, value in entries.items()]


@builtin("context", "entries: list", "context")
def context(entries: list[object]) -> dict[str, object] | None:
    """The context of such entries; null where one has no key or value, or a key comes twice."""
    made: dict[str, object] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@builtin("context put", "context: context, key: string, value: Any", "context")
def context_put(entries: dict[str, object], key: str, value: object) -> dict[str, object]:
    """The context with that entry added, or changed."""
    return {**entries, key: value}


@builtin("context put", "context: context, keys: list, value: Any", "context")
def context_put_at(entries: dict[str, object], keys: list[object], value: object) -> dict[str, object] | None:
    """As `context put`, down a path of keys through contexts inside contexts."""
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return {**entries, keys[0]: value}
    inner = entries.get(keys[0])
    if not isinstance(inner, dict):
        return None
    changed = context_put_at(inner, keys[1:], value)
    return None if changed is None else {**entries, keys[0]: changed}


@builtin("context merge", "contexts: list", "context")
def context_merge(contexts: list[object]) -> dict[str, object] | None:
    """All contexts in one; of entries with the same key the last holds."""
    merged: dict[str, object] = {}
    for entries in contexts:
        if not isinstance(entries, dict):
            return None
        merged |= entries
    return merged
