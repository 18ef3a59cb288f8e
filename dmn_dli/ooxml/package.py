"""The parts of an xlsx file: read when asked for, and written so that the others stay as they were."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from attrs import frozen

from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.ooxml.exact import Document, Element, parse

TYPES = "[Content_Types].xml"

_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of parts that are new, so that the same change gives the same bytes."""

_UNIX = 3
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_SPOILT = {
    "_xmlsignatures/": "a digital signature",
    "xl/revisions/": "the tracked changes of a shared workbook",
}
"""Folders of parts that say something of all others, and do so no longer once one of these is changed."""

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_OF_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@frozen
class Relation:
    """What a part says of another.

    kind: the last word of its type: `worksheet`, `comments`. target: the part's name; where `external` the
    address of what lies outside.
    """

    id: str
    kind: str
    target: str
    external: bool = False


class Package:
    """The parts of a file by name, without a leading slash; names are looked up without letter case."""

    def __init__(self, data: bytes) -> None:
        """Raises BrokenBookError where this is no archive, LostPartsError for what would be spoilt."""
        self._original = data
        self._kept: dict[str, bytes] = {}
        self._infos: dict[str, zipfile.ZipInfo] = {}
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for info in archive.infolist():
                    self._kept[info.filename] = archive.read(info)
                    self._infos[info.filename] = info
        except _BROKEN_ARCHIVE as error:
            raise BrokenBookError(f"The file is no readable archive: {error}.") from error
        self._refuse_what_would_be_spoilt()
        self._names = {name.lower(): name for name in self._kept}
        self._changed: dict[str, bytes | None] = {}
        self._documents: dict[str, Document] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The parts that there are, in their order in the file; new ones last."""
        return tuple(self._names.values())

    def find(self, name: str) -> str | None:
        """The part of that name, as the file spells it."""
        return self._names.get(name.lower())

    def read(self, name: str) -> bytes:
        """A part's bytes at present. Raises BrokenBookError where there is no such part."""
        spelt = self._spelt(name)
        if spelt in self._documents:
            return self._documents[spelt].data()
        changed = self._changed.get(spelt)
        return self._kept[spelt] if changed is None else changed

    def was(self, name: str) -> bytes | None:
        """A part's bytes as the file was given; None where it is new."""
        return self._kept.get(name)

    def document(self, name: str) -> Document:
        """A part as a tree: the same tree each time, and what is changed there is written.

        Raises BrokenBookError where there is no such part or it is not well-formed.
        """
        known = self._documents.get(name)
        if known is not None:
            return known
        spelt = self._spelt(name)
        if spelt not in self._documents:
            self._documents[spelt] = parse(self.read(spelt), spelt)
        return self._documents[spelt]

    def mentions(self, name: str, word: bytes) -> bool:
        """Whether a part may hold these bytes; one that is being changed always may."""
        spelt = self._spelt(name)
        return spelt in self._documents or word in self.read(spelt)

    def root(self, name: str) -> Element:
        """The root element of a part's tree."""
        return self.document(name).root

    def put(self, name: str, data: bytes) -> None:
        """Add a part, or give one other bytes."""
        spelt = self._names.setdefault(name.lower(), name)
        self._documents.pop(spelt, None)
        self._changed[spelt] = data

    def remove(self, name: str) -> None:
        """Take a part out, and its own relations with it; who speaks of it is the caller's to tell."""
        spelt = self._spelt(name)
        del self._names[spelt.lower()]
        self._documents.pop(spelt, None)
        self._changed[spelt] = None
        self._drop_type(spelt)
        own = self.find(relations_part(spelt))
        if own is not None:
            self.remove(own)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has; `{}` in the pattern is a number from 1 on."""
        return next(
            name for name in map(pattern.format, range(1, len(self._names) + 2)) if not self.find(name)
        )

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part ("" for the file itself) says of others, in the order of its relations."""
        own = self.find(relations_part(part))
        if own is None:
            return ()
        return tuple(_relation(part, each) for each in self.root(own).find_all("Relationship"))

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts of a kind that a part speaks of, those that the file really holds."""
        targets = (each.target for each in self.relations(part) if each.kind == kind and not each.external)
        return tuple(name for name in map(self.find, targets) if name is not None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part speak of another; the new relation's id. kind: a word, or a type's whole address."""
        name = relations_part(part)
        if self.find(name) is None:
            self.put(name, f'{DECLARATION}<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.root(name)
        taken = {each.get("Id") for each in root.elements}
        fresh = next(
            each for each in (f"rId{number}" for number in range(1, len(taken) + 2)) if each not in taken
        )
        address = kind if "/" in kind else _TYPES_OF_RELATIONS + kind
        root.append(root.make("Relationship", {"Id": fresh, "Type": address, "Target": f"/{target}"}))
        return fresh

    def unrelate(self, part: str, target: str) -> None:
        """Take out what a part says of another part."""
        own = self.find(relations_part(part))
        if own is None:
            return
        root = self.root(own)
        for each in root.find_all("Relationship"):
            relation = _relation(part, each)
            if not relation.external and relation.target.lower() == target.lower():
                root.remove(each)

    def set_type(self, part: str, content_type: str) -> None:
        """Say what a part is; where its extension says so already, nothing is added."""
        root = self.root(TYPES)
        extension = part.rpartition(".")[2].lower()
        for each in root.find_all("Default"):
            if (each.get("Extension").lower(), each.get("ContentType")) == (extension, content_type):
                return
        for each in root.find_all("Override"):
            if each.get("PartName").lower() == f"/{part}".lower():
                each.set("ContentType", content_type)
                return
        root.append(root.make("Override", {"PartName": f"/{part}", "ContentType": content_type}))

    def set_default_type(self, extension: str, content_type: str) -> None:
        """Say what parts of an extension are, where nothing is said of them yet."""
        root = self.root(TYPES)
        defaults = root.find_all("Default")
        if not any(each.get("Extension").lower() == extension for each in defaults):
            made = root.make("Default", {"Extension": extension, "ContentType": content_type})
            root.put_before(made, root.elements[0] if root.elements else None)

    def data(self) -> bytes:
        """The file's bytes: the very bytes that were given where no part is other than it was."""
        now = {name: self.read(name) for name in self._names.values()}
        if now == self._kept and list(now) == list(self._kept):
            return self._original
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in now.items():
                archive.writestr(self._entry(name), content)
        return stream.getvalue()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        """The entry of a part in the archive: as it was, but for what is reckoned from its content."""
        entry, was = bare_entry(name), self._infos.get(name)
        if was is not None:
            if was.compress_type == zipfile.ZIP_STORED:
                entry.compress_type = zipfile.ZIP_STORED
            entry.date_time = was.date_time
            entry.create_system, entry.external_attr = was.create_system, was.external_attr
        return entry

    def _refuse_what_would_be_spoilt(self) -> None:
        folders = {word: [name for name in self._kept if name.lower().startswith(word)] for word in _SPOILT}
        spoilt = tuple(f"{_SPOILT[word]} ({names[0]})" for word, names in folders.items() if names)
        if spoilt:
            raise LostPartsError(spoilt)

    def _spelt(self, name: str) -> str:
        spelt = self.find(name)
        if spelt is None:
            raise BrokenBookError(f"The file lacks the part {name}.")
        return spelt

    def _drop_type(self, part: str) -> None:
        if self.find(TYPES) is None:
            return
        root = self.root(TYPES)
        for each in root.find_all("Override"):
            if each.get("PartName").lower() == f"/{part}".lower():
                root.remove(each)


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How a part begins that is written anew."""


def bare_entry(name: str) -> zipfile.ZipInfo:
    """The entry of a new part in an archive, in which nothing depends on the day or the machine."""
    entry = zipfile.ZipInfo(name, _ANY_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    return entry


def relations_part(part: str) -> str:
    """The name of the part that holds a part's relations; of the file itself for ""."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(part: str, element: Element) -> Relation:
    target = element.get("Target")
    kind = element.get("Type").rpartition("/")[2]
    if element.get("TargetMode") == "External":
        return Relation(element.get("Id"), kind, target, external=True)
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    return Relation(element.get("Id"), kind, path)
