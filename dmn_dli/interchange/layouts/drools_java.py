"""The snippets of Java in Drools spreadsheets, as far as they are comparisons and assignments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from dmn_dli.feel.text import to_feel
from dmn_dli.interchange.layouts.operands import NUMBER, Operand, operand, parts_of
from dmn_dli.model.repair import trim

_PATH = r"[$\w]+(?:\(\))?(?:\.[$\w]+(?:\(\))?)*"
_COMPARED = re.compile(rf"({_PATH})\s*(==|!=|>=|<=|>|<)\s*(.+)", re.DOTALL)
_LISTED = re.compile(rf"({_PATH})\s+(not\s+)?in\s*\((.+)\)", re.DOTALL)
_EQUALS = re.compile(rf"({_PATH})\.equals\((.+)\)", re.DOTALL)
_BARE = re.compile(rf"({_PATH})")
_OPEN = re.compile(rf"({_PATH})\s+(?:\$param|\$1)")
_PATTERN = re.compile(r"(?:(\$?\w+)\s*:\s*)?([A-Z\w][\w.]*)\s*(?:\((.*)\))?", re.DOTALL)
_PATTERNS = re.compile(r"(?:\$?\w+\s*:\s*)?[\w.]+\s*(?:\([^()]*\))?")
_SET = re.compile(rf"(?:({_PATH})\.)?set([A-Z_\w]\w*)\((.*)\)", re.DOTALL)
_ASSIGNED = re.compile(rf"({_PATH})\.(\w+)\s*=(?!=)\s*(.+)", re.DOTALL)
_MODIFIED = re.compile(r"modify\s*\(\s*([$\w]+)\s*\)\s*\{(.*)\}", re.DOTALL)
_PARAMETER = re.compile(r"\$(param|\d{1,2})")


@frozen
class Pattern:
    """What an object row says: the variable that is bound, the type, and constraints in brackets."""

    variable: str
    type: str
    inner: str = ""


@frozen
class Constraint:
    """A comparison: the path of a field, the sign, and the right side with its parameters.

    sign `in` and `not in` mean one of a list, `?` that the cell holds the sign itself.
    """

    path: str
    sign: str
    right: str


@frozen
class Assignment:
    """A value that an action sets: the variable, the field, and the right side."""

    variable: str
    name: str
    right: str


def pattern(text: str) -> Pattern | None:
    """The pattern of an object row; the last where there are several. None where it is no pattern."""
    text = trim(text)
    found = _PATTERN.fullmatch(text)
    if found is None:
        several = _PATTERNS.findall(text)
        found = (
            _PATTERN.fullmatch(trim(several[-1]))
            if several and "".join(text.split()) == "".join("".join(each.split()) for each in several)
            else None
        )
    if found is None:
        return None
    return Pattern(found[1] or "", found[2].rsplit(".", 1)[-1], trim(found[3] or ""))


def constraints(text: str) -> tuple[Constraint, ...] | None:
    """The comparisons that a snippet joins by `,` or `&&`; None where it is anything else."""
    found: list[Constraint] = []
    for part in parts_of(text.replace("&&", ",")):
        one = _constraint(trim(part))
        if one is None:
            return None
        found.append(one)
    return tuple(found)


def _constraint(text: str) -> Constraint | None:
    if (found := _BARE.fullmatch(text)) is not None:
        return None if "$param" in text or "$1" in text else Constraint(field(text), "==", "$param")
    if (found := _OPEN.fullmatch(text)) is not None:
        return Constraint(field(found[1]), "?", "$param")
    if (found := _EQUALS.fullmatch(text)) is not None:
        return Constraint(field(found[1]), "==", trim(found[2]))
    if (found := _LISTED.fullmatch(text)) is not None:
        return Constraint(field(found[1]), "not in" if found[2] else "in", trim(found[3]))
    found = _COMPARED.fullmatch(text)
    if found is None or _PARAMETER.search(found[1]) or not _is_value(trim(found[3])):
        return None
    return Constraint(field(found[1]), found[2], trim(found[3]))


def _is_value(right: str) -> bool:
    """Whether a right side is a parameter, in quotes or not, or a literal; no sum, call or field."""
    bare = right.strip("\"'")
    return bool(_PARAMETER.fullmatch(bare)) or right[:1] in "\"'" or _literal(right)


def _literal(right: str) -> bool:
    return (
        right in ("true", "false", "null")
        or operand(right).kind == NUMBER
        or bool(re.fullmatch(r"[A-Z]\w*\.[A-Z_0-9]+", right))
    )


def field(path: str) -> str:
    """A path as fields: `myObject.getColour()` is `myObject.colour`."""
    parts = []
    for part in path.replace("()", "").split("."):
        name = re.fullmatch(r"(?:get|is)([A-Z]\w*)", part)
        parts.append(name[1][0].lower() + name[1][1:] if name else part.lstrip("$"))
    return ".".join(parts)


def assignments(text: str, owner: str) -> tuple[tuple[Assignment, ...], tuple[str, ...]]:
    """What an action's statements set, and the other statements; owner: the variable of the object row."""
    found: list[Assignment] = []
    rest: list[str] = []
    for statement in (trim(each) for each in parts_of(text, ";")):
        changed = _MODIFIED.fullmatch(statement)
        pieces = [trim(each) for each in parts_of(changed[2])] if changed is not None else [statement]
        for piece in pieces:
            one = _assignment(piece, changed[1] if changed is not None else owner)
            if one is not None:
                found.append(one)
            elif piece:
                rest.append(piece)
    return tuple(found), tuple(rest)


def _assignment(text: str, owner: str) -> Assignment | None:
    if (found := _SET.fullmatch(text)) is not None and len(parts_of(found[3])) == 1:
        name = found[2][0].lower() + found[2][1:]
        right = trim(found[3])
    elif (found := _ASSIGNED.fullmatch(text)) is not None:
        name, right = found[2], trim(found[3])
    else:
        return None
    if not _is_value(right):
        return None
    return Assignment((found[1] or owner).lstrip("$"), name, right)


def parameters(text: str) -> bool:
    """Whether a snippet takes anything from the cell."""
    return _PARAMETER.search(text) is not None


def filled_in(right: str, cell: str) -> str | None:
    """The right side with the cell's values; None where the cell has too few of them."""
    values = [trim(each) for each in parts_of(cell)]
    bare = right.strip("\"'")
    name = _PARAMETER.fullmatch(bare)
    if name is None:
        return bare if right[:1] in "\"'" else right
    if name[1] == "param":
        return trim(cell)
    number = int(name[1])
    return values[number - 1] if 0 < number <= len(values) else None


def in_feel(right: str, cell: str) -> str | None:
    """The same as a value in FEEL: text in quotes unless it is a number, true, false or null."""
    text = filled_in(right, cell)
    if text is None:
        return None
    value = operand(text)
    if right[:1] in "\"'" or value.kind in ("word", "string", "other", "date"):
        typed = value.kind in ("string", "date") and text[:1] != '"'
        return value.feel if typed else to_feel(text.strip('"'))
    return value.feel


def as_test(conditions: Sequence[Constraint], cell: str) -> str | None:
    """What comparisons of one field ask of it, as a FEEL test; None where they are none."""
    tests = [_test(each, cell) for each in conditions]
    if any(each is None for each in tests):
        return None
    if len(tests) == 1:
        return tests[0]
    lower = next((each for each in conditions if each.sign in (">", ">=")), None)
    upper = next((each for each in conditions if each.sign in ("<", "<=")), None)
    if len(tests) != 2 or lower is None or upper is None:
        return None
    low, high = in_feel(lower.right, cell), in_feel(upper.right, cell)
    return f"{'[' if lower.sign == '>=' else '('}{low}..{high}{']' if upper.sign == '<=' else ')'}"


def _test(condition: Constraint, cell: str) -> str | None:
    if condition.sign == "?":
        return trim(cell)
    if condition.sign in ("in", "not in"):
        text = cell if parameters(condition.right) else condition.right
        listed = ", ".join(in_feel("$param", each) or "" for each in parts_of(text.strip("()")))
        return f"not({listed})" if condition.sign == "not in" else listed
    value = in_feel(condition.right, cell)
    if value is None:
        return None
    if condition.sign == "==":
        return value
    return f"not({value})" if condition.sign == "!=" else f"{condition.sign} {value}"


def value(right: str, cell: str) -> Operand | None:
    """What an action sets for a cell."""
    text = in_feel(right, cell)
    return None if text is None else operand(text)
