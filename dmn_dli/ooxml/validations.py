"""Lists of words that cells offer (data validation, ECMA-376 part 1, 18.3.1.32; MS-XLSX 2.6.9 for x14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmn_dli.model.area import Area
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.formulas import seen_from
from dmn_dli.ooxml.look import Dropdown
from dmn_dli.ooxml.places import areas_of, without, written_areas
from dmn_dli.ooxml.schema import SHEET_ORDER
from dmn_dli.ooxml.texts import written_text

_LONGEST_LIST = 255
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
"""Characters that Excel takes; a file with more of them it would not open."""

_TEXTS = ("errorTitle", "error", "promptTitle", "prompt")
_USUAL_STYLE = "stop"


def set_dropdowns(root: Element, area: Area, dropdowns: Sequence[Dropdown]) -> None:
    """Make these the only lists within an area of a sheet, of its cells that are not validated otherwise.

    Raises ValueError for words that a list cannot hold.
    """
    others = [each for each in _main(root) if each.get("type") not in ("", "none", "list")]
    taken = [found for each in others for found in _areas(each)]
    wanted = []
    for dropdown in dropdowns:
        free = without(areas_of(" ".join(dropdown.areas)), taken)
        if free:
            wanted.append(_made(root, dropdown, free))
    missing = list(wanted)
    for present in [*_main(root), *_extended(root)]:
        if present.get("type") != "list" or not any(area.meets(each) for each in _areas(present)):
            continue
        same = next((each for each in missing if _alike(each) == _alike(present)), None)
        if same is not None:
            missing.remove(same)
        else:
            _clip(root, present, area)
    if missing:
        holder = root.settle("dataValidations", SHEET_ORDER)
        for each in missing:
            holder.append(each)
        holder.set("count", str(len(holder.elements)))


def _main(root: Element) -> list[Element]:
    holder = root.find("dataValidations")
    return [] if holder is None else holder.find_all("dataValidation")


def _extended(root: Element) -> list[Element]:
    """The validations that stand in an extension, since their lists are on other sheets."""
    holder = root.find("extLst")
    found = [] if holder is None else holder.walk()
    return [each for each in found if each.local == "dataValidation"]


def _sqref(validation: Element) -> Element | None:
    return next((each for each in validation.elements if each.local == "sqref"), None)


def _areas(validation: Element) -> tuple[Area, ...]:
    holder = _sqref(validation)
    return areas_of(validation.get("sqref") if holder is None else holder.text)


def _made(root: Element, dropdown: Dropdown, areas: Iterable[Area]) -> Element:
    offered = ",".join(dropdown.words)
    if any("," in word for word in dropdown.words) or not dropdown.words or len(offered) > _LONGEST_LIST:
        raise ValueError(f"A list cannot offer the words {', '.join(dropdown.words)}.")
    texts = (dropdown.error_title, dropdown.error, dropdown.prompt_title, dropdown.prompt)
    attributes = {"type": "list"}
    if dropdown.style != _USUAL_STYLE:
        attributes["errorStyle"] = dropdown.style
    attributes |= {"allowBlank": "1", "showInputMessage": "1", "showErrorMessage": "1"}
    for name, text in zip(_TEXTS, texts, strict=True):
        if text:
            attributes[name] = _cut(written_text(text), name)
    made = root.make("dataValidation", {**attributes, "sqref": written_areas(areas)})
    made.append(made.make("formula1", text='"' + offered.replace('"', '""') + '"'))
    return made


def _cut(text: str, name: str) -> str:
    most = _LONGEST_TITLE if name.endswith("Title") else _LONGEST_TEXT
    return text if len(text) <= most else text[: most - 1] + "…"


def _alike(validation: Element) -> tuple[object, ...]:
    """What two validations have in common that do the same."""
    formula = validation.find("formula1")
    return (
        frozenset(_areas(validation)),
        "" if formula is None else formula.text,
        *_said(validation, "showErrorMessage", ("errorStyle", "errorTitle", "error")),
        *_said(validation, "showInputMessage", ("promptTitle", "prompt")),
    )


def _said(validation: Element, switch: str, names: Sequence[str]) -> list[str]:
    """What Excel says of an entry, or of the cell; nothing where that is switched off."""
    usual = {"errorStyle": _USUAL_STYLE}
    said = [validation.get(name, usual.get(name, "")) for name in names]
    return said if _is_on(validation, switch) else [""] * len(said)


def _is_on(validation: Element, switch: str) -> bool:
    return validation.get(switch) in ("1", "true")


def _clip(root: Element, validation: Element, area: Area) -> None:
    """Take an area out of those of a validation, and the validation where it has no other."""
    before = _areas(validation)
    left = without(before, [area])
    if not left:
        remove_within(root, validation)
        return
    corners = (before[0].top, before[0].left), (left[0].top, left[0].left)
    for each in validation.walk():
        if each.local in ("formula1", "formula2", "f") and not each.elements:
            formula = seen_from(each.text, *corners)
            if formula != each.text:
                each.set_text(formula)
    holder = _sqref(validation)
    if holder is None:
        validation.set("sqref", written_areas(left))
    else:
        holder.set_text(written_areas(left))


def remove_within(root: Element, element: Element) -> None:
    """Take an element out, wherever within the root it stands, and what then holds nothing."""
    parent = next(each for each in root.walk() if any(child is element for child in each.elements))
    parent.remove(element)
    if not parent.elements and parent is not root:
        remove_within(root, parent)
    elif parent.get("count"):
        parent.set("count", str(len(parent.elements)))
