"""The functions of Java that cases of the kit call by name: those that `0076-feel-external-java` has.

They are registered when the kit is run and at no other time: no model ever calls what is outside of FEEL.
"""

from __future__ import annotations

import math
import re
import struct
from decimal import Decimal

from dmn_dli.feel.foreign import ForeignFunctions

_BYTE, _SHORT, _INT, _LONG = 8, 16, 32, 64


def java_functions() -> ForeignFunctions:
    """`java.lang.Math`, `String` and the boxes of numbers, as far as the kit asks for them.

    An argument that Java's own conversion does not admit is refused, so that the call is null.
    """
    numbers = "java.lang.Math"
    text = "java.lang.String"
    return ForeignFunctions(
        {
            (numbers, "cos(double)"): lambda angle: math.cos(_double(angle)),
            (numbers, "max(double,double)"): lambda a, b: max(_double(a), _double(b)),
            (numbers, "max(float,float)"): lambda a, b: max(_float(a), _float(b)),
            (numbers, "max(int,int)"): lambda a, b: max(_whole(a, _INT), _whole(b, _INT)),
            (numbers, "max(long,long)"): lambda a, b: max(_whole(a, _LONG), _whole(b, _LONG)),
            ("java.lang.Byte", "valueOf(byte)"): lambda value: _whole(value, _BYTE),
            ("java.lang.Short", "valueOf(short)"): lambda value: _whole(value, _SHORT),
            ("java.lang.Integer", f"valueOf({text})"): lambda digits: _parsed_int(_string(digits)),
            ("java.lang.Float", f"valueOf({text})"): lambda digits: _single(float(_string(digits))),
            ("java.lang.Double", f"valueOf({text})"): lambda digits: float(_string(digits)),
            (text, "valueOf(char)"): _char,
            (text, f"format({text},[Ljava.lang.Object;)"): _format,
        }
    )


def _double(value: object) -> float:
    if not isinstance(value, Decimal):
        raise TypeError("a double is a number")
    return float(value)


def _float(value: object) -> float:
    return _single(_double(value))


def _single(value: float) -> float:
    """The nearest number that a float of 32 bits holds, by its shortest text as Java prints it."""
    held = _packed(value)
    return next(
        (short for digits in range(1, 10) if _packed(short := float(f"{held:.{digits}g}")) == held), held
    )


def _packed(value: float) -> float:
    held: float = struct.unpack("f", struct.pack("f", value))[0]
    return held


def _whole(value: object, bits: int) -> int:
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        raise TypeError("a whole number is due")
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise ValueError(f"the number has more than {bits} bits")
    return int(value)


def _parsed_int(digits: str) -> int:
    if re.fullmatch(r"[+-]?[0-9]{1,19}", digits) is None:
        raise ValueError("the text is no whole number")
    return _whole(Decimal(digits), _INT)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a String is a text")
    return value


def _char(value: object) -> str:
    text = _string(value)
    if len(text) != 1:
        raise ValueError("a char is one character")
    return text


def _format(pattern: object, *values: object) -> str:
    """Java's `%s` and `%%`; other conversions are refused."""
    waiting = list(values)

    def put(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[0] != "%s":
            raise ValueError(f"the conversion {found[0]} is not known")
        return str(waiting.pop(0))

    return re.sub(r"%.?", put, _string(pattern))
