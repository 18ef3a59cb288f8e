"""Walking over the elements of a model's file: what was asked for is known, all else is told or kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from dmn_dli.interchange.dmn.expressions import Attributes, Extension, Place
from dmn_dli.interchange.dmn.names import local, space
from dmn_dli.model.dmn_codes import BAD_VALUE, FOREIGN, MISSING, UNKNOWN_ELEMENT
from dmn_dli.model.finding import Code, Finding

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_TOLD: Final = 100
"""How many findings of one code are told one by one."""

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA_LOCATION: Final = f"{{{XSI}}}schemaLocation"
_COMMON: Final = frozenset({"id", "name", "label"})


class Told:
    """The findings about one file, in the order in which they were met."""

    def __init__(self, file: str) -> None:
        """Nothing is told yet."""
        self.file = file
        self._findings: list[Finding] = []
        self._counts: Counter[Code] = Counter()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them; of many of one code the first, and how many more there are."""
        more = [
            Finding(code, f"There are {count - MOST_TOLD:,} more of this kind.", code.remedy, file=self.file)
            for code, count in self._counts.items()
            if count > MOST_TOLD
        ]
        return (*self._findings, *more)

    def tell(self, code: Code, place: Place, message: str, decision: str = "") -> None:
        """One finding more; the place begins the message, since a cell is no place in a model's file."""
        self._counts[code] += 1
        if self._counts[code] > MOST_TOLD:
            return
        line = f"Line {place.line}" if place.line else ""
        where = ", ".join(part for part in (line, place.path) if part)
        text = f"{where}: {message}" if where else message
        self._findings.append(Finding(code, text, code.remedy, file=self.file, decision=decision))


class Cursor:
    """One element of the model: its children and attributes by name.

    Whatever nobody asked for by the time `rest` is called is told (DMN's own) or kept (of other namespaces).
    """

    def __init__(self, element: _Element, told: Told, path: str = "", decision: str = "") -> None:
        """path: the place in words, of this element."""
        self.element = element
        self.told = told
        self.path = path
        self.decision = decision
        self._children = tuple(_elements(element))
        self._own: dict[str, list[_Element]] = {}
        self._foreign: list[_Element] = []
        self._namespace = space(_tag(element))
        for child in self._children:
            tag = _tag(child)
            if space(tag) == self._namespace:
                self._own.setdefault(local(tag), []).append(child)
            else:
                self._foreign.append(child)
        self._known = {"description", "extensionElements"}
        self._asked = set(_COMMON)

    @property
    def name(self) -> str:
        """The element's name, without its namespace."""
        return local(_tag(self.element))

    @property
    def place(self) -> Place:
        """Where the element begins."""
        return Place(self.element.sourceline or 0, self.path)

    def tell(self, code: Code, message: str) -> None:
        """A finding at this element."""
        self.told.tell(code, self.place, message, self.decision)

    def within(self, element: _Element, words: str | None = None) -> Cursor:
        """A cursor on a child. words: what to call it; by default by its name, where it has one."""
        if words is None:
            named = element.get("name")
            words = f'{local(_tag(element))} "{named}"' if named else ""
        path = ", ".join(part for part in (self.path, words) if part)
        return Cursor(element, self.told, path, self.decision)

    def all(self, *names: str) -> list[_Element]:
        """The children of these names, in order."""
        self._known.update(names)
        found = [self._own[name] for name in names if name in self._own]
        if len(found) < 2:
            return found[0] if found else []
        sought = {each for some in found for each in some}
        return [each for each in self._children if each in sought]

    def one(self, name: str) -> _Element | None:
        """The child of a name; of several the first, and the others are told."""
        found = self.all(name)
        for more in found[1:]:
            self.within(more).tell(UNKNOWN_ELEMENT, f"A second `{name}` stands here.")
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The text of a child, "" where there is none."""
        found = self.one(name)
        return _text(found) if found is not None else ""

    def get(self, name: str) -> str | None:
        """An attribute; None where it is absent."""
        self._asked.add(name)
        return self.element.get(name)

    def due(self, name: str) -> str:
        """An attribute that must be there; "" and a finding where it is not."""
        value = self.get(name)
        if value is None:
            self.tell(MISSING, f"`{self.name}` has no `{name}`.")
        return value or ""

    def choice(self, name: str, values: tuple[str, ...], default: str) -> str:
        """An attribute with few values; a finding where it is another one."""
        value = self.get(name)
        if value is None:
            return default
        if value not in values:
            listed = ", ".join(f"`{each}`" for each in values)
            self.tell(BAD_VALUE, f"`{name}` of `{self.name}` is `{value}`; it may be {listed}.")
            return default
        return value

    def flag(self, name: str) -> bool:
        """A truth value as XML writes it, false where it is absent."""
        return self.choice(name, ("true", "false", "1", "0"), "false") in ("true", "1")

    def hrefs(self, name: str) -> tuple[str, ...]:
        """The hrefs of the children of a name."""
        return tuple(self.href(each) for each in self.all(name))

    def href(self, element: _Element) -> str:
        """What a reference refers to; all that it may have is its href."""
        reference = self.within(element, "")
        target = reference.due("href")
        reference.rest()
        return target.strip()

    def rest(self) -> dict[str, Any]:
        """What every element may have, for the constructor of `Element`; tells what was not asked for."""
        description = self.text("description")
        extensions = [
            extension(child) for holder in self.all("extensionElements") for child in _elements(holder)
        ]
        for child in self._foreign:
            tag = _tag(child)
            self.within(child, "").tell(FOREIGN, f"`{local(tag)}` of {space(tag) or 'no namespace'} is kept.")
            extensions.append(extension(child))
        for name in sorted(self._own.keys() - self._known):
            for child in self._own[name]:
                self.within(child).tell(UNKNOWN_ELEMENT, f"`{self.name}` has a `{name}`, which is not read.")
        return {
            "id": self.element.get("id", ""),
            "name": self.element.get("name", ""),
            "label": self.element.get("label", ""),
            "description": description,
            "extensions": tuple(extensions),
            "attributes": self._attributes(),
            "place": self.place,
        }

    def _attributes(self) -> Attributes:
        kept = []
        for key, value in sorted((str(k), str(v)) for k, v in self.element.attrib.items()):
            if space(key) and space(key) != self._namespace:
                if key != _SCHEMA_LOCATION:
                    kept.append((key, value))
            elif local(key) not in self._asked:
                self.tell(
                    UNKNOWN_ELEMENT, f"`{self.name}` has an attribute `{local(key)}`, which is not read."
                )
        return tuple(kept)


def extension(element: _Element) -> Extension:
    """An element that is no DMN, as it stands; blanks between elements are nobody's."""
    children = tuple(extension(child) for child in _elements(element))
    text = element.text or ""
    tail = element.tail or ""
    return Extension(
        _tag(element),
        tuple(sorted((str(key), str(value)) for key, value in element.attrib.items())),
        text if text.strip() or not children else "",
        children,
        tail if tail.strip() else "",
    )


def _elements(element: _Element) -> Iterator[_Element]:
    """The children that are elements: the parser leaves out all else, but for what it could not resolve."""
    return (child for child in element if isinstance(child.tag, str))


def _text(element: _Element) -> str:
    return element.text or ""


def _tag(element: _Element) -> str:
    return str(element.tag)
