"""XML that is written as it was read, but for what has been changed: a tree that keeps each tag's characters.

A part is read once by expat, which says where each element begins and ends. What nobody touches is written
from the very characters that were read, with their quotes, blanks, prefixes, comments and sections of CDATA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.parsers import expat
from xml.sax.saxutils import escape

from attrs import define, field

from dmn_dli.ooxml.errors import BrokenBookError

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(r"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']""")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_DEPTH_LIMIT = 200
"""Elements within each other. A sheet has about ten."""

_WHOLE = True
"""To expat: nothing more follows."""

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, escaped neither."""

_IN_TEXT = {"\r": "&#13;"}
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@define(eq=False)
class Element:
    """An element as it is written.

    name: with its prefix. space: its namespace. attributes: by their names as written, decoded; `set` changes
    them.
    namespaces: by prefix, those in force here. head, tail: the tags' characters; the tail of an element that
    closes itself is "". inside: elements, and between them characters as written, comments among them.
    local: the name without its prefix.
    """

    name: str
    space: str
    attributes: dict[str, str]
    namespaces: Mapping[str, str]
    head: str
    inside: list[str | Element] = field(factory=list)
    tail: str = ""
    local: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        # Asked for far more often than elements are made.
        self.local = self.name.rpartition(":")[2]

    @property
    def elements(self) -> list[Element]:
        """The elements directly within."""
        return [each for each in self.inside if isinstance(each, Element)]

    @property
    def text(self) -> str:
        """The characters directly within, decoded; those of elements are not among them."""
        raw = "".join(each for each in self.inside if isinstance(each, str))
        return raw if "&" not in raw and "<" not in raw and "\r" not in raw else _decoded(raw)

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value, by its name as written."""
        return self.attributes.get(name, default)

    def get_in(self, space: str, local: str) -> str:
        """The value of an attribute of a namespace, whatever its prefix; "" where there is none."""
        for name, value in self.attributes.items():
            prefix, _, rest = name.rpartition(":")
            if rest == local and prefix and self.namespaces.get(prefix) == space:
                return value
        return ""

    def find(self, local: str) -> Element | None:
        """The first element directly within of that name and of this element's namespace."""
        for each in self.inside:
            if isinstance(each, Element) and each.local == local and each.space == self.space:
                return each
        return None

    def find_all(self, local: str) -> list[Element]:
        """As `find`, all of them."""
        return [each for each in self.elements if each.local == local and each.space == self.space]

    def settle(self, local: str, order: Sequence[str]) -> Element:
        """The first element directly within of that name; where there is none one is made, in its place.

        order: the names in the order in which the schema wants them.
        """
        found = self.find(local)
        if found is not None:
            return found
        return self.put_in_order(self.make(local), order)

    def put_in_order(self, child: Element, order: Sequence[str]) -> Element:
        """Put an element where its name belongs; before those of the same name."""
        later = set(order[order.index(child.local) :])
        return self.put_before(child, next((each for each in self.elements if each.local in later), None))

    def walk(self) -> Iterator[Element]:
        """This element and all within it, in the order of the text."""
        yield self
        for each in self.elements:
            yield from each.walk()

    def set(self, name: str, value: str | None) -> None:
        """Give an attribute a value, or take it away; its neighbours stay as they are written.

        Raises ValueError for a character that XML cannot hold, as all do that write.
        """
        if self.attributes.get(name) == value:
            return
        found = next((each for each in _ATTRIBUTE.finditer(self.head) if each[1] == name), None)
        written = "" if value is None else f' {name}="{_escaped(value, _QUOTED)}"'
        if found is not None:
            self.head = self.head[: found.start()] + written + self.head[found.end() :]
        else:
            end = re.search(r"\s*/?>\Z", self.head)
            assert end is not None
            self.head = self.head[: end.start()] + written + self.head[end.start() :]
        if value is None:
            del self.attributes[name]
        else:
            self.attributes[name] = value

    def set_text(self, text: str) -> None:
        """Let these characters be all that is within."""
        self._open()
        self.inside = [_escaped(text, _IN_TEXT)]

    def make(self, local: str, attributes: Mapping[str, str] | None = None, *, text: str = "") -> Element:
        """A new element of this one's namespace, and with its prefix, to be put into it."""
        prefix = self.name.rpartition(":")[0]
        name = f"{prefix}:{local}" if prefix else local
        given = dict(attributes or {})
        written = "".join(f' {key}="{_escaped(value, _QUOTED)}"' for key, value in given.items())
        made = Element(name, self.space, given, self.namespaces, f"<{name}{written}/>")
        if text:
            made.set_text(text)
        return made

    def append(self, child: Element) -> Element:
        """Put an element at the end of what is within."""
        self._open()
        self.inside.append(child)
        return child

    def put_before(self, child: Element, other: Element | None) -> Element:
        """Put an element before another one within; None: at the end."""
        if other is None:
            return self.append(child)
        self.inside.insert(self._index(other), child)
        return child

    def replace(self, child: Element, *others: Element) -> None:
        """Put elements, or nothing, in the place of one within."""
        at = self._index(child)
        self.inside[at : at + 1] = others

    def remove(self, child: Element) -> None:
        """Take out an element within."""
        self.replace(child)

    def hold(self, children: Sequence[Element]) -> None:
        """Let these elements be all that is within."""
        self._open()
        self.inside = [*children]

    def reorder(self, before: Sequence[Element], now: Sequence[Element]) -> None:
        """Put elements within into the places of others, which are the same ones in another order."""
        places = iter(now)
        moved = {id(each) for each in before}
        self.inside = [next(places) if id(each) in moved else each for each in self.inside]

    def copy(self) -> Element:
        """An element of its own that is written in the same way."""
        inside = [each if isinstance(each, str) else each.copy() for each in self.inside]
        return Element(
            self.name, self.space, dict(self.attributes), self.namespaces, self.head, inside, self.tail
        )

    def xml(self) -> str:
        """The element as it is written."""
        pieces: list[str] = []
        self._write(pieces)
        return "".join(pieces)

    def _write(self, pieces: list[str]) -> None:
        pieces.append(self.head)
        for each in self.inside:
            if isinstance(each, str):
                pieces.append(each)
            else:
                each._write(pieces)
        pieces.append(self.tail)

    def _open(self) -> None:
        if not self.tail:
            self.head = self.head[:-2].rstrip() + ">"
            self.tail = f"</{self.name}>"

    def _index(self, child: Element) -> int:
        return next(at for at, each in enumerate(self.inside) if each is child)


@define(eq=False)
class Document:
    """A part that is XML: what stands before its root element, the root, and what stands after."""

    before: str
    root: Element
    after: str
    encoding: str = "utf-8"

    def data(self) -> bytes:
        """The part's bytes."""
        return (self.before + self.root.xml() + self.after).encode(self.encoding, "xmlcharrefreplace")


def parse(data: bytes, part: str) -> Document:
    """A part as a tree. Raises BrokenBookError, which names the part, where it is not well-formed."""
    declared = _ENCODING.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    try:
        # expat counts bytes of what it is given.
        raw = data if encoding in _UTF8 else data.decode(encoding).encode()
        raw.decode()
        reader = _Reader(raw, part)
        reader.read()
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise BrokenBookError(f"The part {part} is not well-formed: {error}.") from error
    assert reader.root is not None
    return Document(
        reader.before,
        reader.root,
        raw[reader.position :].decode(),
        "utf-8" if encoding in _UTF8 else encoding,
    )


class _Reader:
    """Takes what expat finds, with the characters of each tag."""

    def __init__(self, raw: bytes, part: str) -> None:
        self.raw, self.part = raw, part
        self.position = 0
        self.before = ""
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def read(self) -> None:
        self.parser.Parse(self.raw, _WHOLE)

    def doctype(self, *_: object) -> None:
        raise BrokenBookError(f"The part {self.part} has a document type, which no program writes there.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        head = _TAG.match(self.raw, at)
        assert head is not None
        if len(self.open) > _DEPTH_LIMIT:
            raise BrokenBookError(f"The part {self.part} has elements too deep within each other.")
        parent = self.open[-1] if self.open else None
        namespaces: Mapping[str, str] = {} if parent is None else parent.namespaces
        if b"xmlns" in head[0]:
            own = {
                each[6:]: value
                for each, value in attributes.items()
                if each == "xmlns" or each.startswith("xmlns:")
            }
            namespaces = {**namespaces, **own}
        prefix = name.rpartition(":")[0]
        element = Element(name, namespaces.get(prefix, ""), attributes, namespaces, head[0].decode())
        if parent is None:
            self.before, self.root = self.raw[:at].decode(), element
        else:
            self._piece(at)
            parent.inside.append(element)
        self.open.append(element)
        self.position = head.end()

    def end(self, _: str) -> None:
        at = self.parser.CurrentByteIndex
        element = self.open[-1]
        if not element.head.endswith("/>"):
            self._piece(at)
            self.position = self.raw.index(b">", at) + 1
            element.tail = self.raw[at : self.position].decode()
        self.open.pop()

    def _piece(self, until: int) -> None:
        """Keep the characters between the last tag and this one."""
        if until > self.position:
            self.open[-1].inside.append(self.raw[self.position : until].decode())


def _escaped(text: str, entities: Mapping[str, str]) -> str:
    if text.isalnum():
        return text
    found = NOT_IN_XML.search(text)
    if found is not None:
        raise ValueError(f"XML cannot hold the character {found[0]!r}.")
    return escape(text, dict(entities))


def _decoded(raw: str) -> str:
    """What characters as written stand for."""
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.CharacterDataHandler = found.append
    parser.Parse(f"<t>{raw}</t>".encode(), _WHOLE)
    return "".join(found)
