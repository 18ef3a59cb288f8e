"""FEEL, the expression language of DMN 1.5 (chapter 10): parser, values, types, translation to Python.

The names below are loaded when they are first used: who only evaluates
compiled tables never loads the parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmn_dli.feel.budget import FeelLimit
    from dmn_dli.feel.coercion import coerced
    from dmn_dli.feel.comparison import (
        feel_compare,
        feel_equal,
        feel_greater,
        feel_greater_or_equal,
        feel_less,
        feel_less_or_equal,
        feel_not_equal,
    )
    from dmn_dli.feel.compiled import (
        compile_expression,
        compile_unary_tests,
        constant_value,
        takes_work,
        try_constants,
    )
    from dmn_dli.feel.constants import is_plain, plain_value
    from dmn_dli.feel.environment import STRICT, Clock, Environment
    from dmn_dli.feel.errors import FeelSyntaxError, FeelUnsupported
    from dmn_dli.feel.foreign import ForeignFunctions
    from dmn_dli.feel.inference import Inference, TypeProblem, UnknownName, infer
    from dmn_dli.feel.item_types import ItemType
    from dmn_dli.feel.parser import Parsed, parse_expression, parse_unary_tests
    from dmn_dli.feel.reader import Repair
    from dmn_dli.feel.temporal_values import (
        DateTimeValue,
        DateValue,
        DaysTimeDuration,
        TimeValue,
        YearsMonthsDuration,
    )
    from dmn_dli.feel.text import to_feel
    from dmn_dli.feel.translate import Translation, to_python
    from dmn_dli.feel.value_types import FeelType, type_of
    from dmn_dli.feel.values import FunctionValue, RangeValue, from_python
    from dmn_dli.feel.walk import children, free_names, is_constant, mentions_input

__all__ = [
    "STRICT",
    "Clock",
    "DateTimeValue",
    "DateValue",
    "DaysTimeDuration",
    "Environment",
    "FeelLimit",
    "FeelSyntaxError",
    "FeelType",
    "FeelUnsupported",
    "ForeignFunctions",
    "FunctionValue",
    "Inference",
    "ItemType",
    "Parsed",
    "RangeValue",
    "Repair",
    "TimeValue",
    "Translation",
    "TypeProblem",
    "UnknownName",
    "YearsMonthsDuration",
    "children",
    "coerced",
    "compile_expression",
    "compile_unary_tests",
    "constant_value",
    "feel_compare",
    "feel_equal",
    "feel_greater",
    "feel_greater_or_equal",
    "feel_less",
    "feel_less_or_equal",
    "feel_not_equal",
    "free_names",
    "from_python",
    "infer",
    "is_constant",
    "is_plain",
    "mentions_input",
    "parse_expression",
    "parse_unary_tests",
    "plain_value",
    "takes_work",
    "to_feel",
    "to_python",
    "try_constants",
    "type_of",
]  # fmt: skip

_NAMES_OF_MODULE = {
    "budget": ("FeelLimit",),
    "coercion": ("coerced",),
    "comparison": ("feel_compare", "feel_equal", "feel_greater", "feel_greater_or_equal", "feel_less",
        "feel_less_or_equal", "feel_not_equal"),
    "compiled": ("compile_expression", "compile_unary_tests", "constant_value", "takes_work",
        "try_constants"),
    "constants": ("is_plain", "plain_value"),
    "environment": ("STRICT", "Clock", "Environment"),
    "errors": ("FeelSyntaxError", "FeelUnsupported"),
    "foreign": ("ForeignFunctions",),
    "inference": ("Inference", "TypeProblem", "UnknownName", "infer"),
    "item_types": ("ItemType",),
    "parser": ("Parsed", "parse_expression", "parse_unary_tests"),
    "reader": ("Repair",),
    "temporal_values": ("DateTimeValue", "DateValue", "DaysTimeDuration", "TimeValue",
        "YearsMonthsDuration"),
    "text": ("to_feel",),
    "translate": ("Translation", "to_python"),
    "value_types": ("FeelType", "type_of"),
    "values": ("FunctionValue", "RangeValue", "from_python"),
    "walk": ("children", "free_names", "is_constant", "mentions_input"),
}  # fmt: skip
_MODULE_OF_NAME = {name: module for module, names in _NAMES_OF_MODULE.items() for name in names}


def __getattr__(name: str) -> object:
    """A name of `__all__`, from the module where it lives; for every other name AttributeError."""
    if name not in _MODULE_OF_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULE_OF_NAME[name]}"), name)
    globals()[name] = found
    return found
