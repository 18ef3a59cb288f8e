"""The properties that a file has beside those of every document (ECMA-376 part 1, 22.3)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from dmn_dli.ooxml.contents import Contents
from dmn_dli.ooxml.exact import parse
from dmn_dli.ooxml.package import DECLARATION

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VALUES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_BARE = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    f'xmlns:vt="{_VALUES_SPACE}"/>'
)
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_NUMBER = 2
"""Numbers below are taken by the format."""


def set_property(contents: Contents, name: str, text: str) -> None:
    """Let a file have a property of its own of this name and text; a property that has it so stays."""
    package = contents.package
    parts = package.related("", "custom-properties")
    part = parts[0] if parts else "docProps/custom.xml"
    if not parts:
        package.put(part, (DECLARATION + _BARE).encode())
        package.set_type(part, _TYPE)
        package.relate("", "custom-properties", part)
    root = package.root(part)
    number = 1 + max([_FIRST_NUMBER - 1, *(int(each.get("pid", "0")) for each in root.elements)])
    for each in root.elements:
        if each.get("name") == name:
            number = int(each.get("pid", str(number)))
            root.remove(each)
    written = (
        f'<property xmlns="{root.space}" xmlns:vt="{_VALUES_SPACE}" fmtid="{_FORMAT}" pid="{number}" '
        f"name={quoteattr(name)}><vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
    )
    root.append(parse(written.encode(), part).root)
