"""The notes of a sheet (ECMA-376 part 1, 18.7): what they say, and the boxes in which they say it."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.ooxml.contents import MAIN_SPACE, Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.package import DECLARATION, relations_part
from dmn_dli.ooxml.places import cell_place, reference_of
from dmn_dli.ooxml.schema import SHEET_ORDER, related_id, set_related_id
from dmn_dli.ooxml.shifting import Place
from dmn_dli.ooxml.texts import item_text, set_item_text
from dmn_dli.ooxml.vml import BARE_DRAWING, add_box, boxes, drawing_root, resize_box

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BARE_COMMENTS = f'<comments xmlns="{MAIN_SPACE}"><authors/><commentList/></comments>'

_PIXELS_A_CHARACTER = 7.5
_PIXELS_A_LINE, _FRAME, _TALLEST = 17, 30, 500


class Notes:
    """The notes of one worksheet."""

    def __init__(self, contents: Contents, sheet: str) -> None:
        """sheet: the part of the worksheet."""
        self._contents, self._package, self._sheet = contents, contents.package, sheet

    def text(self, place: Place) -> str | None:
        """What a cell's note says; None where it has none."""
        found = self._find(place)
        return None if found is None else _text(found)

    def texts(self) -> dict[Place, str]:
        """What all notes say, by their cells, in the order of the part."""
        return {place: _text(found) for place, found in self._comments()}

    def is_threaded(self, place: Place) -> bool:
        """Whether people answer each other on a cell; the note is then but a copy of what they say."""
        reference = reference_of(*place)
        return any(
            each.get("ref") == reference
            for part in self._package.related(self._sheet, "threadedComment")
            for each in self._package.root(part).elements
        )

    def put(self, place: Place, text: str, author: str, width: int) -> None:
        """Let a cell's note say this, in a box of this width and fitting height; it keeps its author."""
        if self.text(place) == text:
            return
        root = self._settle_comments()
        found = self._find(place) or self._add(root, place, author)
        set_item_text(found.settle("text", ("text", "commentPr")), text)
        drawing = self._settle_drawing()
        height = min(_FRAME + _PIXELS_A_LINE * _lines(text, width), _TALLEST)
        box = dict(boxes(drawing)).get(place)
        if box is None:
            add_box(drawing, place, width, height)
        else:
            resize_box(box, width, height)

    def remove(self, place: Place) -> None:
        """Take a cell's note away with its box; with the last one go the parts that held them."""
        found = self._find(place)
        if found is None:
            return
        part = self._package.related(self._sheet, "comments")[0]
        listed = self._package.root(part).find("commentList")
        assert listed is not None
        listed.remove(found)
        drawing = self._drawing()
        root = None if drawing is None else drawing_root(self._package, drawing)
        for at, box in [] if root is None else list(boxes(root)):
            if at == place and root is not None:
                root.remove(box)
        if not listed.elements:
            self._drop(part)
            if drawing is not None and root is not None and not _has_shapes(root):
                self._drop(drawing)
                legacy = self._root.find("legacyDrawing")
                assert legacy is not None
                self._root.remove(legacy)

    @property
    def _root(self) -> Element:
        return self._package.root(self._sheet)

    def _comments(self) -> Iterator[tuple[Place, Element]]:
        for part in self._package.related(self._sheet, "comments"):
            listed = self._package.root(part).find("commentList")
            for each in [] if listed is None else listed.find_all("comment"):
                place = cell_place(each.get("ref"))
                if place is not None:
                    yield place, each

    def _find(self, place: Place) -> Element | None:
        return next((found for at, found in self._comments() if at == place), None)

    def _add(self, root: Element, place: Place, author: str) -> Element:
        authors = root.settle("authors", ("authors", "commentList"))
        names = [each.text for each in authors.find_all("author")]
        if author not in names:
            names.append(author)
            authors.append(authors.make("author", text=author))
        listed = root.settle("commentList", ("commentList", "extLst"))
        made = listed.make(
            "comment", {"ref": reference_of(*place), "authorId": str(names.index(author)), "shapeId": "0"}
        )
        return listed.put_before(made, next((each for at, each in self._comments() if at > place), None))

    def _settle_comments(self) -> Element:
        parts = self._package.related(self._sheet, "comments")
        if parts:
            return self._package.root(parts[0])
        name = self._package.free_name("xl/comments{}.xml")
        self._package.put(name, (DECLARATION + _BARE_COMMENTS).encode())
        self._package.set_type(name, _COMMENTS_TYPE)
        self._package.relate(self._sheet, "comments", name)
        return self._package.root(name)

    def _drawing(self) -> str | None:
        """The part of the sheet's old drawing, of which headers may have another."""
        legacy = self._root.find("legacyDrawing")
        wanted = "" if legacy is None else related_id(legacy)
        targets = (each.target for each in self._package.relations(self._sheet) if each.id == wanted)
        return next((name for name in map(self._package.find, targets) if name is not None), None)

    def _settle_drawing(self) -> Element:
        present = self._drawing()
        if present is not None:
            return drawing_root(self._package, present)
        name = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        self._package.put(name, BARE_DRAWING.encode())
        self._package.set_default_type("vml", _DRAWING_TYPE)
        self._package.set_type(name, _DRAWING_TYPE)
        legacy = self._root.settle("legacyDrawing", SHEET_ORDER)
        set_related_id(legacy, self._package.relate(self._sheet, "vmlDrawing", name))
        return self._package.root(name)

    def _drop(self, part: str) -> None:
        self._package.unrelate(self._sheet, part)
        self._package.remove(part)
        own = self._package.find(relations_part(self._sheet))
        if own is not None and not self._package.root(own).elements:
            self._package.remove(own)


def _text(comment: Element) -> str:
    text = comment.find("text")
    return "" if text is None else item_text(text)


def _has_shapes(root: Element) -> bool:
    return any(each.local not in ("shapelayout", "shapetype") for each in root.elements)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a box so many pixels wide."""
    fitting = max(1, int(width / _PIXELS_A_CHARACTER))
    return sum(1 + len(line) // fitting for line in text.splitlines())
