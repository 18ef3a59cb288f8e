"""Each model of the standard's suite: read without objection, written validly, read again as the same."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model, read_model_file
from dmn_dli.interchange.dmn.write import model_xml
from tests.interchange.dmn.suite import suite

CONTAINERS = {"extensionElements", "extension", "type"}
"""Elements that say nothing where they are empty, and are not written then."""


@cache
def models() -> tuple[tuple[Path, Definitions], ...]:
    read = []
    for path in sorted(suite().rglob("*.dmn")):
        definitions, findings = read_model_file(path)
        assert definitions is not None
        assert findings == ()
        read.append((path, definitions))
    return tuple(read)


@cache
def schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(suite() / f"DMN{version.replace('.', '')}.xsd"))


def counted(root: etree._Element) -> Counter[str]:
    """How many elements of each name, and attributes with each value, but for empty containers."""
    found: Counter[str] = Counter()
    for each in root.iter(etree.Element):
        if (
            len(each)
            or each.attrib
            or (each.text or "").strip()
            or etree.QName(each).localname not in CONTAINERS
        ):
            found[str(each.tag)] += 1
        for key, value in each.attrib.items():
            if "schemaLocation" not in str(key):
                found[f"{each.tag!s} {key!s}={_plain(str(value))}"] += 1
        found[f"{each.tag!s} text {(each.text or '').strip()}"] += 1
    return found


def _plain(value: str) -> str:
    """A number without zeros that say nothing."""
    return value.rstrip("0").removesuffix(".") if re.fullmatch(r"-?\d+\.\d+", value) else value


def test_there_are_all_models() -> None:
    assert len(models()) == 154


@pytest.mark.parametrize("version", ["1.3", "1.5"])
def test_what_is_written_is_valid(version: str) -> None:
    for path, definitions in models():
        schema(version).assertValid(etree.fromstring(model_xml(definitions, version)))
        assert path


def test_what_was_written_reads_as_the_same() -> None:
    for path, definitions in models():
        again, findings = read_model(model_xml(definitions), str(path))
        assert again is not None
        assert findings == ()
        assert again == definitions
        assert (again.diagrams, again.styles) == (definitions.diagrams, definitions.styles)
        assert set(again.namespaces) <= set(definitions.namespaces)


def test_nothing_of_a_file_is_lost() -> None:
    """Element by element, attribute by attribute, text by text; defaults that were written out may go."""
    for path, definitions in models():
        before = counted(etree.parse(path).getroot())
        after = counted(etree.fromstring(model_xml(definitions)))
        lost = [each for each in before - after if not _says_the_default(each)]
        assert lost == [], path


def _says_the_default(entry: str) -> bool:
    return entry.endswith(
        (
            "isCollection=false",
            "kind=FEEL",
            "preferredOrientation=Rule-as-Row",
            "isCollapsed=false",
            "locationURI=",
            " text ",
        )
    )


def test_as_dmn_1_3_the_rest_reads_as_the_same() -> None:
    for path, definitions in models():
        later = {"conditional", "filter", "for", "some", "every"}
        names = {etree.QName(each).localname for each in etree.parse(path).getroot().iter(etree.Element)}
        if later & names:
            continue
        again, _ = read_model(model_xml(definitions, "1.3"), str(path))
        assert again is not None
        assert evolve(again, version="1.5") == definitions
