"""Is a changed file one that Excel opens without a word? What it would have to repair, so far as we know."""

from __future__ import annotations

import posixpath
import re
from xml.etree import ElementTree

from tests.ooxml.zipped import parts_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def is_whole(data: bytes) -> None:
    """Fail unless all parts are well-formed and of a known type, and what refers to others finds them."""
    parts = parts_of(data)
    roots = {
        name: ElementTree.fromstring(part)  # noqa: S314 - made by ourselves
        for name, part in parts.items()
        if name.endswith((".xml", ".rels", ".vml"))
    }
    _types(parts, roots["[Content_Types].xml"])
    _relations(parts, roots)
    _workbook(roots)
    _styles(roots)
    _tables(roots)


def _types(parts: dict[str, bytes], types: ElementTree.Element) -> None:
    overrides = [each.get("PartName", "")[1:] for each in types if each.tag.endswith("Override")]
    ends = {each.get("Extension", "").lower() for each in types if each.tag.endswith("Default")}
    assert len(set(overrides)) == len(overrides)
    assert set(overrides) <= parts.keys()
    untold = [name for name in parts if name not in overrides and name.rpartition(".")[2].lower() not in ends]
    assert untold == ["[Content_Types].xml"] or untold == []


def _relations(parts: dict[str, bytes], roots: dict[str, ElementTree.Element]) -> None:
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        assert source in parts or source == ""
        ids = [each.get("Id") for each in root]
        assert len(set(ids)) == len(ids)
        for each in root:
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                assert target[1:] in parts, (name, target)
        if source.endswith(".xml"):
            used = {
                value for each in roots[source].iter() for key, value in each.items() if key.startswith(_R)
            }
            assert used <= set(ids), (source, used)


def _workbook(roots: dict[str, ElementTree.Element]) -> None:
    root = roots["xl/workbook.xml"]
    sheets = root.findall(f"{_MAIN}sheets/{_MAIN}sheet")
    for key in ("name", "sheetId", f"{_R}id"):
        values = [each.get(key, "").casefold() for each in sheets]
        assert len(set(values)) == len(values)
    names = [(each.get("name"), each.get("localSheetId")) for each in root.iter(f"{_MAIN}definedName")]
    assert len(set(names)) == len(names)
    assert all(int(local) < len(sheets) for _, local in names if local is not None)
    for view in root.iter(f"{_MAIN}workbookView"):
        assert max(int(view.get(key, "0")) for key in ("activeTab", "firstSheet")) < len(sheets)
    assert all(len(each) for each in root.findall(f"{_MAIN}definedNames"))


def _styles(roots: dict[str, ElementTree.Element]) -> None:
    styles = roots.get("xl/styles.xml")
    if styles is None:
        return
    numbers = {}
    for holder in styles:
        count = holder.get("count")
        numbers[holder.tag.removeprefix(_MAIN)] = len(holder)
        assert count is None or int(count) == len(holder), holder.tag
    for xf in styles.iter(f"{_MAIN}xf"):
        for key, kind in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            assert int(xf.get(key, "0")) < numbers[kind]
    for name, root in roots.items():
        if re.match(r"xl/worksheets/[^/]+\.xml$", name):
            used = [
                int(each.get("s", "0")) for each in root.iter() if each.tag in (f"{_MAIN}c", f"{_MAIN}row")
            ]
            assert max([0, *used]) < numbers["cellXfs"]
            formats = [
                int(each.get("dxfId", "0")) for each in root.iter(f"{_MAIN}cfRule") if each.get("dxfId")
            ]
            assert max([-1, *formats]) < numbers.get("dxfs", 0)


def _tables(roots: dict[str, ElementTree.Element]) -> None:
    tables = [root for root in roots.values() if root.tag == f"{_MAIN}table"]
    for key in ("id", "displayName"):
        values = [each.get(key, "").casefold() for each in tables]
        assert len(set(values)) == len(values)
