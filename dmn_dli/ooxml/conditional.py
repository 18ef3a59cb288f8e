"""Conditional formats that a caller puts into a sheet, and knows again (ECMA-376 part 1, 18.3.1.18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.look import Highlight
from dmn_dli.ooxml.places import areas_of
from dmn_dli.ooxml.schema import SHEET_ORDER
from dmn_dli.ooxml.styles import Styles
from dmn_dli.ooxml.validations import remove_within


def set_highlights(root: Element, styles: Styles, marker: str, highlights: Sequence[Highlight]) -> None:
    """Make these the formats of a sheet that bear a marker, before all others."""
    mark = 'N("' + marker.replace('"', '""') + '")=0'
    wanted = [_made(root, styles, mark, place, each) for place, each in enumerate(highlights, 1)]
    present = [
        each
        for each in root.find_all("conditionalFormatting")
        if any(mark in formula.text for rule in each.find_all("cfRule") for formula in rule.elements)
    ]
    others = [rule for rule in _rules(root) if not any(rule in each.elements for each in present)]
    if list(map(_alike, present)) == list(map(_alike, wanted)) and all(
        _priority(rule) > len(wanted) for rule in others
    ):
        return
    for each in present:
        remove_within(root, each)
    more = len(wanted) + 1 - min(map(_priority, others), default=len(wanted) + 1)
    for rule in others if more > 0 else ():
        rule.set("priority", str(_priority(rule) + more))
    for made in reversed(wanted):
        root.put_in_order(made, SHEET_ORDER)


def _rules(root: Element) -> Iterator[Element]:
    """All rules of a sheet; those of extensions are counted with the others."""
    for each in root.elements:
        if each.local in ("conditionalFormatting", "extLst"):
            yield from (rule for rule in each.walk() if rule.local == "cfRule" and rule.get("priority"))


def _made(root: Element, styles: Styles, mark: str, priority: int, highlight: Highlight) -> Element:
    made = root.make("conditionalFormatting", {"sqref": " ".join(highlight.areas)})
    attributes = {"type": "expression", "dxfId": str(styles.dxf(highlight)), "priority": str(priority)}
    if highlight.stop:
        attributes["stopIfTrue"] = "1"
    rule = made.append(made.make("cfRule", attributes))
    formula = f"AND({mark},{highlight.formula})" if highlight.formula else mark
    rule.append(rule.make("formula", text=formula))
    return made


def _alike(format_: Element) -> tuple[object, ...]:
    """What two formats have in common that do the same."""
    rules = [
        (rule.get("type"), rule.get("dxfId"), rule.get("priority"), rule.get("stopIfTrue", "0"))
        for rule in format_.elements
    ]
    formulas = [each.text for rule in format_.elements for each in rule.elements]
    return (areas_of(format_.get("sqref")), rules, formulas)


def _priority(rule: Element) -> int:
    return int(rule.get("priority", "1"))
