"""The names of types as files write them: plain names, and the qualified names of DMN 1.1."""

from __future__ import annotations

from dmn_dli.interchange.dmn.cursor import Cursor
from dmn_dli.interchange.dmn.names import FEEL_NAMESPACES


def type_ref(cursor: Cursor, attribute: str = "typeRef") -> str | None:
    """The type that an element's attribute names; None where it names none."""
    return resolved(cursor, cursor.get(attribute))


def resolved(cursor: Cursor, written: str | None) -> str | None:
    """A type's name as DMN 1.2 and later write it.

    A prefix stands for a namespace: FEEL's own and the model's fall away (`feel:number` is `number`); that of
    an import becomes the import's name (`ns.tPerson`), or its prefix where it has no name (DMN 1.1).
    """
    name = (written or "").strip()
    if not name:
        return None
    prefix, colon, own = name.partition(":")
    namespace = cursor.element.nsmap.get(prefix) if colon else None
    if namespace is None:
        return name
    root = cursor.element.getroottree().getroot()
    if namespace in FEEL_NAMESPACES or namespace == root.get("namespace"):
        return own
    for each in root:
        if each.get("namespace") == namespace and str(each.tag).endswith("}import"):
            return f"{each.get('name') or prefix}.{own}"
    return own
