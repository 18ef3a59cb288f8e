"""The part of SARIF 2.1.0 that `check` writes, as the standard's schema has it: nothing else may stand there.

From the OASIS standard: sections 3.13 (log), 3.14 (run), 3.18 and 3.19 (tool), 3.27 (result),
3.28 (location), 3.29 (physical location), 3.33 (logical location), 3.35 (suppression), 3.49 (rule).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

Faults = Iterator[str]
Check = Callable[[Any, str], Faults]


def text(value: Any, path: str) -> Faults:
    """A string that is not empty."""
    if not isinstance(value, str) or not value:
        yield f"{path}: a text is due"


def uri_reference(value: Any, path: str) -> Faults:
    """A relative or absolute URI, in which blanks and backslashes are escaped."""
    yield from text(value, path)
    if (
        not value
        or set(str(value)) & set(' \\<>"{}|^`')
        or urlsplit(str(value)).scheme not in ("", "file", "https")
    ):
        yield f"{path}: a URI is due"


def whole_number(least: int) -> Check:
    """An integer from this number on."""

    def check(value: Any, path: str) -> Faults:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            yield f"{path}: a whole number from {least} on is due"

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, path: str) -> Faults:
        if value not in values:
            yield f"{path}: one of {values} is due"

    return check


def list_of(item: Check, least: int = 0) -> Check:
    """A list with at least so many items."""

    def check(value: Any, path: str) -> Faults:
        if not isinstance(value, list) or len(value) < least:
            yield f"{path}: a list of {least} or more is due"
            return
        for position, each in enumerate(value):
            yield from item(each, f"{path}[{position}]")

    return check


def bag(value: Any, path: str) -> Faults:
    """Properties of the writer's own (section 3.8)."""
    if not isinstance(value, dict):
        yield f"{path}: an object is due"


@frozen
class Structure:
    """An object with these properties and no others."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(factory=dict)

    def __call__(self, value: Any, path: str) -> Faults:
        """What is wrong with a value."""
        if not isinstance(value, dict):
            yield f"{path}: an object is due"
            return
        known = {**self.required, **self.optional}
        yield from (f"{path}: {name} is missing" for name in self.required if name not in value)
        for name, each in value.items():
            if name in known:
                yield from known[name](each, f"{path}.{name}")
            else:
                yield f"{path}: {name} is not known"


_LEVEL = one_of("none", "note", "warning", "error")
_MESSAGE = Structure({"text": text})
_RULE = Structure(
    {"id": text},
    {
        "name": text,
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": Structure({"text": text}, {"markdown": text}),
        "defaultConfiguration": Structure({}, {"level": _LEVEL}),
    },
)
_LOCATION = Structure(
    {
        "physicalLocation": Structure(
            {"artifactLocation": Structure({"uri": uri_reference})},
            {"region": Structure({"startLine": whole_number(1)})},
        )
    },
    {"logicalLocations": list_of(Structure({"name": text, "fullyQualifiedName": text, "kind": text}))},
)
_RESULT = Structure(
    {"message": _MESSAGE, "ruleId": text, "ruleIndex": whole_number(0)},
    {
        "level": _LEVEL,
        "locations": list_of(_LOCATION),
        "partialFingerprints": bag,
        "suppressions": list_of(Structure({"kind": one_of("inSource", "external")}), 1),
        "properties": bag,
    },
)
_RUN = Structure(
    {"tool": Structure({"driver": Structure({"name": text}, {"version": text, "rules": list_of(_RULE)})})},
    {
        "columnKind": one_of("utf16CodeUnits", "unicodeCodePoints"),
        "results": list_of(_RESULT),
    },
)
LOG = Structure({"version": one_of("2.1.0"), "runs": list_of(_RUN)}, {"$schema": uri_reference})


def faults(document: Any) -> list[str]:
    """All that is wrong with a SARIF log, references between its parts included."""
    found = list(LOG(document, "log"))
    if found:
        return found
    for run in document["runs"]:
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        found += [f"rule {each} stands there twice" for each in set(ids) if ids.count(each) > 1]
        for result in run["results"]:
            index = result["ruleIndex"]
            if index >= len(ids) or ids[index] != result["ruleId"]:
                found.append(f"result {result['ruleId']}: its ruleIndex {index} is another rule's")
    return found
