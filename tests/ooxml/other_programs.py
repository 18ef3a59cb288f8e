"""The rich workbook as programs other than Excel write it."""

from __future__ import annotations

import posixpath
import re

from tests.ooxml.rich_books import HEAD, RELATED, content_types, relationships, rich_book, rich_parts
from tests.ooxml.zipped import zipped

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def libreoffice_book() -> bytes:
    """As LibreOffice: every attribute spelt out, booleans as words, no threads, no calculation chain.

    It drops what it does not know (custom XML, printer settings, x14 lists), and its formulas bear `aca`.
    """
    parts = _without("calcChain", "persons", "threadedComments", "customXml", "printerSettings")
    return _settled({name: _by_libreoffice(name, text) for name, text in parts.items()})


def _by_libreoffice(name: str, text: bytes | str) -> bytes | str:
    if isinstance(text, bytes):
        return text
    if name == "xl/workbook.xml":
        text = text.replace(
            "<definedName ", '<definedName function="false" hidden="false" vbProcedure="false" '
        )
        return re.sub(r'(<sheet name="[^"]*" sheetId="\d+")', r'\1 state="visible"', text)
    if name == "docProps/app.xml":
        return re.sub("<HeadingPairs>.*</TitlesOfParts>", "", text)
    if not name.startswith("xl/worksheets/sheet"):
        return text
    row = 'customFormat="false" ht="30" hidden="false" customHeight="true" outlineLevel="0" collapsed="false"'
    text = text.replace("<f>", '<f aca="false">').replace('tabSelected="1"', 'tabSelected="true"')
    text = re.sub(r' (?:x14ac:dyDescent|spans)="[^"]*"', "", text)
    text = re.sub(r'<row (r="\d+")[^>]*>', rf"<row \1 {row}>", text)
    text = re.sub(
        r'<col (min="\d+" max="\d+" width="[\d.]+")[^>]*/>',
        r'<col collapsed="false" customWidth="true" hidden="false" outlineLevel="0" \1/>',
        text,
    )
    if "dataValidations xmlns" in text:
        text = re.sub("<extLst>.*</extLst>", "", text)
    text = re.sub('<pageSetup [^>]*r:id="rId1"/>', '<pageSetup paperSize="9" scale="100"/>', text)
    return text.replace('allowBlank="1"', 'operator="equal" allowBlank="true"', 1)


def google_book() -> bytes:
    """As Google Sheets: parts in another order, no theme, no properties, no views, numbers with a point."""
    dropped = (
        "calcChain",
        "persons",
        "threadedComments",
        "customXml",
        "printerSettings",
        "theme",
        "docProps",
    )
    parts = {name: _by_google(name, text) for name, text in _without(*dropped).items()}
    return _settled({name: parts[name] for name in sorted(parts, key=lambda name: (-name.count("/"), name))})


def _by_google(name: str, text: bytes | str) -> bytes | str:
    if isinstance(text, bytes):
        return text
    if name == "xl/workbook.xml":
        text = re.sub("<fileVersion[^>]*/>|<bookViews>.*</bookViews>", "", text.removeprefix(HEAD))
        return re.sub("<(workbookPr|calcPr)[^>]*/>", r"<\1/>", text)
    if not name.startswith("xl/worksheets/sheet"):
        return text
    text = re.sub(r"(<c [^>t]*><v>\d+)(</v>)", r"\1.0\2", text.removeprefix(HEAD))
    text = re.sub(r' (?:x14ac:dyDescent|spans)="[^"]*"', "", text)
    return re.sub('<pageMargins[^>]*/>|<pageSetup [^>]*r:id="rId1"/>', "", text)


def prefixed_book() -> bytes:
    """As programs write it that use Microsoft's library for Open XML: all elements with a prefix."""
    return zipped({name: _with_prefix(text) for name, text in rich_parts().items()})


def _with_prefix(text: bytes | str) -> bytes | str:
    if isinstance(text, bytes) or _MAIN not in text:
        return text
    return re.sub(r"<(/?)(?=\w+[\s/>])", r"<\1x:", text.replace(_MAIN, _MAIN.replace("xmlns", "xmlns:x"), 1))


def _without(*dropped: str) -> dict[str, bytes | str]:
    """The rich parts but for some folders and files."""
    return {name: text for name, text in rich_parts().items() if not any(each in name for each in dropped)}


def _settled(parts: dict[str, bytes | str]) -> bytes:
    """The parts as a file; what refers to parts that were dropped goes too."""
    for source, relations in RELATED.items():
        folder, _, name = source.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if path in parts:
            parts[path] = relationships(
                [
                    each
                    for each in relations
                    if "://" in each[2] or posixpath.normpath(posixpath.join(folder, each[2])) in parts
                ]
            )
    parts["[Content_Types].xml"] = content_types([*parts])
    return zipped(parts)


RICH_BOOKS = {
    "Excel": rich_book(),
    "LibreOffice": libreoffice_book(),
    "Google": google_book(),
    "prefixed": prefixed_book(),
}
"""The rich workbook by the program that saved it."""
