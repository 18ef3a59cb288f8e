"""Constants of a Python expression that no literal of Python writes, by the names that it has for them."""

from __future__ import annotations

import ast
import re
from decimal import Decimal

from attrs import define, field

from dmn_dli.feel.python_nodes import name_of


@define
class NamedConstants:
    """The values by name; FEEL values that are alike have one name."""

    values: dict[str, object] = field(factory=dict)
    _names: dict[tuple[type, str], str] = field(factory=dict)

    def feel_value(self, value: object) -> ast.expr:
        """A value of FEEL, as a literal where Python has one."""
        if value is None or isinstance(value, bool | str):
            return ast.Constant(value)
        key = type(value), repr(value)
        if key in self._names:
            return name_of(self._names[key])
        words = re.sub(r"[^0-9A-Za-z]+", "_", str(value)) if isinstance(value, Decimal) else ""
        name = f"{type(value).__name__.lower()}_{words.strip('_') or len(self.values)}"
        name = name if name not in self.values else f"{name}_{len(self.values)}"
        self.values[name] = value
        self._names[key] = name
        return name_of(name)

    def named(self, kind: str, value: object) -> ast.expr:
        """Any other value (a type, the clock), under a name that begins with what kind it is."""
        name = f"{kind}_{len(self.values)}"
        self.values[name] = value
        return name_of(name)
