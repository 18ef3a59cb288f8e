"""The namespaces of DMN's versions, and the names of FEEL as files write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.named_types import OWN_TYPES

MODEL_NAMESPACES: Final = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""Namespace of a model's elements to the version of the standard."""

LATER_MODELS: Final = "https://www.omg.org/spec/DMN/"
"""How the namespaces of later versions begin."""

DIAGRAM_NAMESPACES: Final = {
    "http://www.omg.org/spec/DMN/20180521/DMNDI/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/DMNDI/": "1.3",
    "https://www.omg.org/spec/DMN/20230324/DMNDI/": "1.5",
}
"""Namespace of pictures to the first version of the standard that has it."""

DI: Final = "http://www.omg.org/spec/DMN/20180521/DI/"
DC: Final = "http://www.omg.org/spec/DMN/20180521/DC/"

FEEL: Final = "https://www.omg.org/spec/DMN/20230324/FEEL/"
"""How FEEL is called in `language`, whatever a file calls it."""

FEEL_NAMESPACES: Final = frozenset(
    {
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "https://www.omg.org/spec/DMN/20211108/FEEL/",
        FEEL,
        "feel",
    }
)

DMN_IMPORT: Final = "https://www.omg.org/spec/DMN/20230324/MODEL/"
"""How the type of an import of another model is called, whatever version a file names."""

DROOLS: Final = frozenset(
    {
        "http://www.drools.org/kie/dmn/1.1",
        "http://www.drools.org/kie/dmn/1.2",
        "https://www.drools.org/kie-dmn",
    }
)
"""Where `kind` of a function stood before DMN 1.2 had it."""

TYPE_REFS: Final[Mapping[str, FeelType]] = {
    **{name: kind for name, kind in OWN_TYPES.items() if name != FeelType.NULL.value},
    "dateTime": FeelType.DATE_TIME,
    "dayTimeDuration": FeelType.DAYS_DURATION,
    "yearMonthDuration": FeelType.YEARS_DURATION,
}
"""FEEL's own types as `typeRef` names them (10.3.2.1); three have other names since DMN 1.2."""


def feel_or(language: str | None) -> str | None:
    """The expression language, FEEL by one name only."""
    return (
        FEEL
        if language is not None and (language in FEEL_NAMESPACES or language.lower() == "feel")
        else language
    )


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


def space(tag: str) -> str:
    """An element's namespace, "" for none."""
    return tag[1:].rpartition("}")[0] if tag.startswith("{") else ""
