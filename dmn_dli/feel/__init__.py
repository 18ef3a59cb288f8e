"""FEEL, the expression language of DMN 1.5 (chapter 10): parser, values, types, translation to Python."""

from __future__ import annotations

from dmn_dli.feel.comparison import (
    feel_compare,
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
    feel_not_equal,
)
from dmn_dli.feel.compiled import compile_expression, compile_unary_tests
from dmn_dli.feel.errors import FeelSyntaxError, FeelUnsupported
from dmn_dli.feel.inference import Inference, TypeProblem, UnknownName, infer
from dmn_dli.feel.parser import Parsed, parse_expression, parse_unary_tests
from dmn_dli.feel.reader import Repair
from dmn_dli.feel.text import to_feel
from dmn_dli.feel.translate import Translation, to_python
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.values import FunctionValue, RangeValue, YearsMonthsDuration, from_python
from dmn_dli.feel.vocabulary import STRICT, Vocabulary
from dmn_dli.feel.walk import free_names, is_constant, mentions_input

__all__ = [
    "STRICT", "FeelSyntaxError", "FeelType", "FeelUnsupported", "FunctionValue", "Inference", "Parsed",
    "RangeValue", "Repair", "Translation", "TypeProblem", "UnknownName", "Vocabulary",
    "YearsMonthsDuration", "compile_expression", "compile_unary_tests",
    "feel_compare", "feel_equal", "feel_greater", "feel_greater_or_equal", "feel_less", "feel_less_or_equal",
    "feel_not_equal", "free_names", "from_python", "infer", "is_constant", "mentions_input", "parse_expression",
    "parse_unary_tests", "to_feel", "to_python", "type_of",
]  # fmt: skip
