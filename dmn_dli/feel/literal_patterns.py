"""Regular expressions that stand in a text as literals: what is wrong with them is known before any case."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.feel import syntax
from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.builtins.patterns import REPLACEMENT_IS, checked, replacement
from dmn_dli.feel.patterns.errors import PatternError

_PARAMETERS = {
    "matches": ("input", "pattern", "flags"),
    "replace": ("input", "pattern", "replacement", "flags"),
    "split": ("string", "delimiter"),
}


def pattern_problem(node: syntax.Invocation) -> str | None:
    """Why a call of `matches`, `replace` or `split` works on no text at all; None where it may work."""
    name = node.function.name if isinstance(node.function, syntax.Name) else ""
    if name not in _PARAMETERS:
        return None
    given = dict(node.named) or dict(zip(_PARAMETERS[name], node.arguments, strict=False))
    pattern = _literal(given, "delimiter" if name == "split" else "pattern")
    flags = "" if "flags" not in given else _literal(given, "flags")
    if pattern is None or flags is None:
        return None
    written = f"`{pattern}` is no regular expression that `{name}` can use"
    try:
        expression = checked(pattern, flags)
        if name != "matches" and expression.occurs(""):
            return f"{written}: it finds the empty text everywhere"
    except (PatternError, FeelLimit) as error:
        return f"{written}: {error.message}"
    by = _literal(given, "replacement")
    if by is None or replacement(by, expression.groups, literal="q" in flags) is not None:
        return None
    return f"`{by}` cannot replace anything: {REPLACEMENT_IS}"


def _literal(given: Mapping[str, syntax.Node], name: str) -> str | None:
    """The text that is given for a parameter, where it stands there as a literal; null flags are none."""
    node = given.get(name)
    if isinstance(node, syntax.NullLiteral):
        return "" if name == "flags" else None
    return node.value if isinstance(node, syntax.StringLiteral) else None
