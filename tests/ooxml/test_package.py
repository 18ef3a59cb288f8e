"""Parts that nobody changes stay byte for byte, in their order and with their dates."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.ooxml.package import Package
from tests.excel.build import make_workbook


def archive(**parts: bytes) -> bytes:
    """A zip of parts, `_` in whose names stands for a dot."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name.replace("_", "."), (2001, 2, 3, 4, 5, 6)), content)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a") as made:
        made.writestr(name, content)
    return stream.getvalue()


def test_a_file_that_is_not_changed_is_the_very_file() -> None:
    data = make_workbook()
    book = EditedBook(data)
    for name in book.sheet_names:
        assert book.sheet(name).last_row > 0
    assert book.data() is data


def test_changed_parts_keep_their_place_and_date_and_new_ones_come_last() -> None:
    package = Package(archive(b_xml=b"<b/>", a_xml=b"<a/>", c_xml=b"<c/>"))
    package.root("A.xml").set("x", "1")
    package.remove("c.xml")
    package.put("0.xml", b"new")
    with zipfile.ZipFile(BytesIO(package.data())) as made:
        assert [(each.filename, each.date_time[0]) for each in made.infolist()] == [
            ("b.xml", 2001),
            ("a.xml", 2001),
            ("0.xml", 1980),
        ]
        assert made.read("a.xml") == b'<a x="1"/>'


def test_the_same_change_gives_the_same_bytes() -> None:
    data = make_workbook()
    first, second = EditedBook(data), EditedBook(data)
    for book in (first, second):
        book.sheet("Scope").put((5, 2), "other")
    assert first.data() == second.data() == first.data()


def test_relations_are_read_whether_relative_or_absolute() -> None:
    package = Package(make_workbook())
    assert package.related("", "officeDocument") == ("xl/workbook.xml",)
    assert "xl/worksheets/sheet1.xml" in package.related("xl/workbook.xml", "worksheet")


def test_relations_and_types_are_added_once_and_go_with_their_part() -> None:
    package = Package(make_workbook())
    package.put("xl/comments1.xml", b"<comments/>")
    fresh = package.relate("xl/worksheets/sheet1.xml", "comments", "xl/comments1.xml")
    package.set_type("xl/comments1.xml", "comments")
    package.set_type("xl/comments1.xml", "comments")
    assert fresh == "rId1"
    again = Package(package.data())
    assert again.related("xl/worksheets/sheet1.xml", "comments") == ("xl/comments1.xml",)
    assert again.read("[Content_Types].xml").count(b"/xl/comments1.xml") == 1
    again.unrelate("xl/worksheets/sheet1.xml", "xl/comments1.xml")
    again.remove("xl/comments1.xml")
    assert again.related("xl/worksheets/sheet1.xml", "comments") == ()
    assert b"comments1" not in again.read("[Content_Types].xml")


@pytest.mark.parametrize("name", ["_xmlsignatures/origin.sigs", "xl/revisions/revisionHeaders.xml"])
def test_what_a_change_would_spoil_is_refused_by_name(name: str) -> None:
    with pytest.raises(LostPartsError, match=name):
        EditedBook(with_part(make_workbook(), name))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", archive(a_xml=b"<a/>")])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenBookError):
        EditedBook(data)


def test_a_part_that_is_missing_or_broken_is_named() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(make_workbook())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                new.writestr(name, b"<worksheet>")
            elif name != "xl/worksheets/sheet2.xml":
                new.writestr(name, old.read(name))
    book = EditedBook(stream.getvalue())
    with pytest.raises(BrokenBookError, match=r"sheet1\.xml"):
        _ = book.sheet("Policy").last_row
    with pytest.raises(BrokenBookError, match='"Scope"'):
        _ = book.sheet("Scope").last_row
