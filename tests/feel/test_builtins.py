"""Built-in functions take as many arguments as their signatures say."""

from __future__ import annotations

import inspect

import pytest

from dmn_dli.feel.builtins import REGISTRY


@pytest.mark.parametrize("name", REGISTRY)
def test_a_body_takes_every_number_of_arguments_that_the_signature_admits(name: str) -> None:
    for overload in REGISTRY[name].overloads:
        signature = inspect.signature(overload.body)
        for count in range(len(overload.formals) + 4):
            if overload.admits(count):
                signature.bind(*[None] * count)
