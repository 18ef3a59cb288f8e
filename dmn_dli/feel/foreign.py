"""Functions in other languages that FEEL may call: a registry, empty unless the caller fills it.

`function(a, b) external {java: {class: "…", method signature: "…"}}` (DMN 1.5, section 10.3.2.13.3) looks
for its class and signature here when it is called. Nothing is ever loaded or found by name elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from dmn_dli.feel.reasons import Verbatim, note
from dmn_dli.feel.values import from_python

ForeignFunction = Callable[..., object]


@frozen
class ForeignFunctions:
    """What `external` functions may call.

    functions: (class, method signature without blanks), as in `("java.lang.Math", "cos(double)")`, to a
        function of FEEL values that gives a FEEL value, or whatever `from_python` makes one of.
    """

    functions: Mapping[tuple[str, str], ForeignFunction] = field(factory=dict)

    def find(self, class_name: str, signature: str) -> ForeignFunction | None:
        """The function of that class and signature; blanks in the signature do not count."""
        return self.functions.get((class_name, "".join(signature.split())))


def external(functions: ForeignFunctions, mapping: object) -> ForeignFunction:
    """The body of an `external` function: what its mapping information names, or null whenever it is called.

    mapping: the context `{java: {class: …, method signature: …}}`.
    """
    java = mapping.get("java") if isinstance(mapping, dict) else None
    class_name, signature = (
        (java.get("class"), java.get("method signature")) if isinstance(java, dict) else (None, None)
    )

    def body(*arguments: object) -> object:
        if not isinstance(class_name, str) or not isinstance(signature, str):
            note("an external function names its `class` and its `method signature` in `java`")
            return None
        function = functions.find(class_name, signature)
        if function is None:
            note("no function {} of {} is registered here", Verbatim(signature), Verbatim(class_name))
            return None
        try:
            return from_python(function(*arguments))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # What a foreign function refuses has no value (DMN 1.5, section 10.3.2.13.3).
            note("the function {} of {} refuses its arguments", Verbatim(signature), Verbatim(class_name))
            return None

    return body
