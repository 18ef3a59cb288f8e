"""XML of anybody's, parsed without entities, network or document types, and within bounds.

The only file that parses XML with lxml. It raises `Unparsable` for whatever bytes it is given.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from dmn_dli.model.dmn_codes import DOCUMENT_TYPE, NOT_XML, TOO_LARGE_MODEL
from dmn_dli.model.finding import Code
from dmn_dli.runtime.bounded_files import MODEL_BYTES

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ELEMENTS: Final = 200_000
"""Elements that a file may have. One of a hundred decisions has about three thousand."""

MOST_DEEP: Final = 150
"""Elements within each other: readers call themselves for each, and Python's stack has an end."""

MOST_ATTRIBUTES: Final = 1_000
"""Attributes that an element may have: lxml's time for listing them grows with the square of their number."""


class Unparsable(Exception):
    """Why bytes give no tree: the code, what to say, and the line (0: the file as a whole)."""

    def __init__(self, code: Code, message: str, line: int = 0) -> None:
        """The reason is a whole sentence."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


def parsed(data: bytes) -> _Element:
    """The outermost element, without comments and processing instructions.

    Raises Unparsable where the bytes are no XML, too many, too deep, or declare a document type.
    """
    from lxml import etree

    if len(data) > MODEL_BYTES:
        message = f"The file has {len(data):,} bytes; at most {MODEL_BYTES:,} are read."
        raise Unparsable(TOO_LARGE_MODEL, message)
    if not data.strip():
        raise Unparsable(NOT_XML, "The file is empty.")
    if data.startswith(b"PK"):
        raise Unparsable(
            NOT_XML, "The file is an archive such as an Excel workbook (.xlsx), and no model in XML."
        )
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    elements = depth = 0
    root = None
    try:
        for event, element in events:
            if event == "end":
                depth -= 1
                continue
            elements += 1
            depth += 1
            if root is None:
                root = element
                if element.getroottree().docinfo.internalDTD is not None:
                    raise Unparsable(DOCUMENT_TYPE, "The file begins with a document type (<!DOCTYPE …>).", 1)
            _bounded(elements, depth, element)
    except etree.XMLSyntaxError as error:
        raise Unparsable(*_reason(error)) from None
    except (LookupError, UnicodeError, ValueError) as error:
        raise Unparsable(NOT_XML, f"The file cannot be read as XML: {error}.") from None
    if root is None:
        raise Unparsable(NOT_XML, "The file has no element.")
    return root


def _bounded(elements: int, depth: int, element: _Element) -> None:
    line = element.sourceline or 0
    if elements > MOST_ELEMENTS:
        raise Unparsable(TOO_LARGE_MODEL, f"The file has more than {MOST_ELEMENTS:,} elements.", line)
    if depth > MOST_DEEP:
        raise Unparsable(TOO_LARGE_MODEL, f"More than {MOST_DEEP} elements lie within each other.", line)
    if len(element.attrib) > MOST_ATTRIBUTES:
        raise Unparsable(TOO_LARGE_MODEL, f"An element has more than {MOST_ATTRIBUTES:,} attributes.", line)


def _reason(error: SyntaxError) -> tuple[Code, str, int]:
    """lxml's words without the place at their end, which is told apart."""
    words = (error.msg or "unknown reason").partition(", line ")[0].strip().rstrip(".")
    if "entity" in words.lower() and "defined" not in words.lower():
        return DOCUMENT_TYPE, f"The file cannot be read: {words}.", error.lineno or 0
    return NOT_XML, f"The file cannot be read as XML: {words}.", error.lineno or 0
