"""XML that is read and written again is the same, but for what was changed."""

from __future__ import annotations

import pytest

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.exact import parse

ODD = (
    b"\xef\xbb\xbf<?xml version='1.0' encoding=\"UTF-8\" ?>\r\n<!-- a > b --><?pi <x> ?>\n"
    b"<x:a  xmlns:x='u' xmlns='v' q='1\">' >\n <x:b/><b\t></b ><![CDATA[<&>]]>&amp;&#65;\xc3\xa9"
    b"<x:b r:id = \"7\" xmlns:r='w'/></x:a>\n<!--z-->"
)


def test_what_nobody_touches_is_written_as_it_was_read() -> None:
    assert parse(ODD, "part").data() == ODD


def test_namespaces_are_told_apart_whatever_the_prefixes() -> None:
    root = parse(ODD, "part").root
    assert [each.space for each in root.elements] == ["u", "v", "u"]
    assert len(root.find_all("b")) == 2
    assert root.find_all("b")[1].get_in("w", "id") == "7"
    assert root.text == "\n <&>&Aé"


def test_an_attribute_is_changed_where_it_stands() -> None:
    document = parse(b"<a q=\" r='1'\" r='2' s=\"3\"/>", "part")
    document.root.set("r", '4"<&\n')
    document.root.set("t", "5")
    document.root.set("s", None)
    assert document.data() == b'<a q=" r=\'1\'" r="4&quot;&lt;&amp;&#10;" t="5"/>'
    assert parse(document.data(), "part").root.get("r") == '4"<&\n'


def test_new_elements_bear_their_parents_prefix() -> None:
    document = parse(b'<x:a xmlns:x="u"><x:c/></x:a>', "part")
    document.root.settle("b", ("b", "c")).append(document.root.make("d", {"e": "1"}, text="<\r"))
    assert document.data() == b'<x:a xmlns:x="u"><x:b><x:d e="1">&lt;&#13;</x:d></x:b><x:c/></x:a>'


def test_a_copy_is_changed_alone() -> None:
    root = parse(b"<a><b c='1'>d</b></a>", "part").root
    copy = root.copy()
    copy.elements[0].set("c", "2")
    copy.elements[0].set_text("e")
    assert (root.xml(), copy.xml()) == ("<a><b c='1'>d</b></a>", '<a><b c="2">e</b></a>')


def test_other_encodings_are_kept() -> None:
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="é">é</a>'.encode("latin-1")
    document = parse(latin, "part")
    assert document.data() == latin
    document.root.set_text("é–")
    assert parse(document.data(), "part").root.text == "é–"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a><b></a>",
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b"<a>" * 1000 + b"</a>" * 1000,
    ],
)
def test_what_is_not_well_formed_is_refused_with_the_parts_name(data: bytes) -> None:
    with pytest.raises(BrokenBookError, match=r"part\.xml"):
        parse(data, "part.xml")
