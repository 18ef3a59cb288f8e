"""Parts of one file that another takes over, with the parts to which they refer."""

from __future__ import annotations

import re

from attrs import define, field

from dmn_dli.ooxml.package import TYPES, Package, relations_part

LEFT_OUT = frozenset({"pivotTable", "slicer", "timeline", "queryTable"})
"""Kinds of parts that hang on what belongs to the whole workbook. The cells say what they show."""

_NUMBERED = re.compile(r"\d*(?=\.\w+$)")


@define
class PartCopies:
    """What has been copied from one file into another.

    names: the copies by the names that the parts have in the source. left_behind: the ids of relations that
    were not taken over.
    """

    source: Package
    target: Package
    names: dict[str, str] = field(factory=dict)
    left_behind: set[str] = field(factory=set)

    def copy_related(self, part: str, copy: str) -> None:
        """Copy what a part refers to, and let its copy refer to the copies, by the same ids."""
        own = self.source.find(relations_part(part))
        if own is None:
            return
        relations = {each.id: each for each in self.source.relations(part)}
        document = self.source.document(own)
        written = document.root.copy()
        for each in written.find_all("Relationship"):
            relation = relations[each.get("Id")]
            target = self.source.find(relation.target)
            if relation.external:
                continue
            if target is None or relation.kind in LEFT_OUT:
                self.left_behind.add(relation.id)
                written.remove(each)
            else:
                each.set("Target", f"/{self.copy(target)}")
        if written.elements:
            self.target.put(relations_part(copy), (document.before + written.xml()).encode())

    def copy(self, part: str) -> str:
        """The name of a part's copy, which is made where there is none yet."""
        if part not in self.names:
            pattern = _NUMBERED.sub("{}", part.replace("{", "").replace("}", ""), count=1)
            copy = part if self.target.find(part) is None else self.target.free_name(pattern)
            self.names[part] = copy
            self.target.put(copy, self.source.read(part))
            _copy_type(self.source, self.target, part, copy)
            self.copy_related(part, copy)
        return self.names[part]


def _copy_type(source: Package, target: Package, part: str, copy: str) -> None:
    """Say in the target of a copy what the source says of the part."""
    extension = part.rpartition(".")[2].lower()
    root = source.root(TYPES)
    for each in root.find_all("Override"):
        if each.get("PartName").lower() == f"/{part}".lower():
            target.set_type(copy, each.get("ContentType"))
            return
    for each in root.find_all("Default"):
        if each.get("Extension").lower() == extension:
            target.set_default_type(extension, each.get("ContentType"))
            target.set_type(copy, each.get("ContentType"))
