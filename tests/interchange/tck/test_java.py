"""The functions of Java that the kit calls: what they give, and what they refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel.values import from_python
from dmn_dli.interchange.tck.java import java_functions

TEXT = "java.lang.String"


@pytest.mark.parametrize(
    ("class_name", "signature", "arguments", "expected"),
    [
        ("java.lang.Math", "cos(double)", [0], 1),
        ("java.lang.Math", "max(double, double)", [1, "2.5"], Decimal("2.5")),
        ("java.lang.Math", "max(float,float)", ["123.46", "456.78"], Decimal("456.78")),
        ("java.lang.Math", "max(int,int)", [1, 2], 2),
        ("java.lang.Math", "max(long,long)", [2**40, 2], 2**40),
        ("java.lang.Byte", "valueOf(byte)", [-128], -128),
        ("java.lang.Short", "valueOf(short)", [123], 123),
        ("java.lang.Integer", f"valueOf({TEXT})", ["-12"], -12),
        ("java.lang.Float", f"valueOf({TEXT})", ["1234.56"], Decimal("1234.56")),
        ("java.lang.Double", f"valueOf({TEXT})", ["1e2"], 100),
        (TEXT, "valueOf(char)", ["a"], "a"),
        (TEXT, f"format({TEXT}, [Ljava.lang.Object;)", ["foo %s 100%%", "bar"], "foo bar 100%"),
    ],
)
def test_functions(class_name: str, signature: str, arguments: list[object], expected: object) -> None:
    function = java_functions().find(class_name, signature)
    assert function is not None
    numbers = "java.lang.Math" in class_name or "valueOf(s" in signature or "valueOf(b" in signature
    given = [from_python(Decimal(str(each)) if numbers else each) for each in arguments]
    assert from_python(function(*given)) == from_python(expected)


@pytest.mark.parametrize(
    ("class_name", "signature", "argument"),
    [
        ("java.lang.Math", "cos(double)", "a"),
        ("java.lang.Byte", "valueOf(byte)", Decimal(128)),
        ("java.lang.Short", "valueOf(short)", Decimal("1.5")),
        ("java.lang.Integer", f"valueOf({TEXT})", "1.5"),
        ("java.lang.Integer", f"valueOf({TEXT})", "9999999999"),
        (TEXT, "valueOf(char)", "abc"),
        (TEXT, "valueOf(char)", Decimal(1)),
        (TEXT, f"format({TEXT},[Ljava.lang.Object;)", "%d"),
        (TEXT, f"format({TEXT},[Ljava.lang.Object;)", "%s"),
    ],
)
def test_what_java_refuses(class_name: str, signature: str, argument: object) -> None:
    function = java_functions().find(class_name, signature)
    assert function is not None
    with pytest.raises((LookupError, TypeError, ValueError)):
        function(argument)
