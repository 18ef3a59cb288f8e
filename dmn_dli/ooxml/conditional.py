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
    # Excel puts rules of the same areas into one element, so that another's may stand beside ours.
    present = [
        (each, rule)
        for each in root.find_all("conditionalFormatting")
        for rule in each.find_all("cfRule")
        if any(mark in formula.text for formula in rule.elements)
    ]
    present.sort(key=lambda found: _priority(found[1]))
    others = [rule for rule in _rules(root) if not any(rule is own for _, own in present)]
    first = min(map(_priority, others), default=None)
    come_first = first is None or all(_priority(rule) < first for _, rule in present)
    if come_first and [_meant(styles, *each) for each in present] == [_wanted(mark, e) for e in highlights]:
        return
    for _, rule in present:
        remove_within(root, rule)
    more = 0 if first is None else len(highlights) + 1 - first
    for rule in others if more > 0 else ():
        rule.set("priority", str(_priority(rule) + more))
    for priority, highlight in reversed([*enumerate(highlights, 1)]):
        root.put_in_order(_made(root, styles, mark, priority, highlight), SHEET_ORDER)


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
    rule.append(rule.make("formula", text=_formula(mark, highlight)))
    return made


def _formula(mark: str, highlight: Highlight) -> str:
    return f"AND({mark},{highlight.formula})" if highlight.formula else mark


def _wanted(mark: str, highlight: Highlight) -> tuple[object, ...]:
    """What a highlight does; see `_meant`."""
    areas = areas_of(" ".join(highlight.areas))
    colours = (highlight.fill.upper(), (highlight.ink or "").upper())
    return areas, _formula(mark, highlight), highlight.stop, colours


def _meant(styles: Styles, format_: Element, rule: Element) -> tuple[object, ...]:
    """What a rule does, however the program that saved it last has written and numbered it."""
    formulas = ",".join(each.text for each in rule.find_all("formula"))
    stops = rule.get("stopIfTrue") in ("1", "true")
    return areas_of(format_.get("sqref")), formulas, stops, styles.painted(int(rule.get("dxfId") or -1))


def _priority(rule: Element) -> int:
    return int(rule.get("priority", "1"))
