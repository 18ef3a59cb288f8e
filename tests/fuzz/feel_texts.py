"""FEEL texts made by its grammar and then spoilt, put to the parser, the types, the compiler and the runtime.

    python -m tests.fuzz.feel_texts 100000 0

tries so many texts with that seed in this process alone, and tells what they took.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from dmn_dli.feel import (
    Environment,
    FeelLimit,
    compile_expression,
    compile_unary_tests,
    infer,
    parse_expression,
    parse_unary_tests,
    to_feel,
)
from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.feel.errors import FeelProblem
from dmn_dli.feel.reasons import Watched, gathered
from tests.fuzz.bounds import bounded, peak

MEGABYTES = 300
_FEEL = Path(__file__).resolve().parents[1] / "feel" / "expressions"
_TOKEN = re.compile(r'\s+|"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|\*\*|<=|>=|!=|\.\.|.', re.DOTALL)

_NAMES = ("n", "s", "b", "d", "l", "c", "f", "missing", "item", "partial", "i", "first name")
_LITERALS = (
    "0", "1", "-1", "2", "0.5", "1e6144", "1e-6176", "123456789012345678901234567890.5", "1000000000", '""',
    '"a"', '"\\u00e9\\uD83D\\uDE00"', '"(a|b)*c"', '"[a-z-[aeiou]]+"', '"\\\\p{Lu}"', "true", "false", "null",
    '@"2025-02-12"', '@"2024-02-29T23:59:59.999@Europe/Paris"', '@"PT36H"', '@"P1Y2M"', '@"12:00:00Z"',
    'date("9999-12-31")', '@"-P999999999Y"', "?",
)  # fmt: skip
_OPERATORS = ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or")
_TYPES = (
    "number", "string", "list<number>", "context<a: number>", "range<date>", "function<Any>->Any", "Any",
)  # fmt: skip
_EXTREMES = (
    "10**9", "1e30", "99999999999999999999", "1..10**9", "-1..-(10**9)", '"' + "ab" * 500 + '"', "[[[[[]]]]]",
)  # fmt: skip
_STEPS = ("f(f, n - 1)", "f(f, n + 1)", "[f(f, n - 1)]", "{a: f(f, n - 1)}", "f(f, n - 1) + f(f, n - 2)")
_MEMBERS = ("k", "a", "year", "start", "timezone", "first name")
_AROUND = (("(", ")"), ("[", "]"), ("{a: ", "}"), ("if b then ", " else 1"), ("-", ""))

SCOPE: dict[str, object] = {
    "n": Decimal(3),
    "s": "relapsed",
    "b": True,
    "l": [Decimal(1), Decimal(2), "a", None],
    "c": {"k": Decimal(1), "n": "x", "list": [{"k": Decimal(2)}]},
    "first name": "Ada",
}


@cache
def known() -> tuple[str, ...]:
    """The expressions of the tests of FEEL, each with a value."""
    lines = [line for path in sorted(_FEEL.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return tuple(line.rpartition(" => ")[0] for line in lines if line and not line.startswith("#"))


def made(chance: Random, depth: int) -> str:
    """A text of the grammar of expressions, at most so many constructs deep."""
    if depth <= 0 or chance.random() < 0.1:
        return chance.choice((chance.choice(_NAMES), chance.choice(_LITERALS), chance.choice(_LITERALS)))
    return chance.choice(_CONSTRUCTS)(chance, lambda: made(chance, depth - chance.randint(1, 2)))


_Inner = Callable[[], str]


def _call(chance: Random, inner: _Inner) -> str:
    builtin = REGISTRY[chance.choice(sorted(REGISTRY))]
    formals = chance.choice(builtin.overloads).formals
    if chance.random() < 0.2:
        return f"{builtin.name}({', '.join(f'{formal.name}: {inner()}' for formal in formals)})"
    return f"{builtin.name}({', '.join(inner() for _ in range(chance.choice((len(formals), 1, 2, 3))))})"


def _context(chance: Random, inner: _Inner) -> str:
    keys = [chance.choice(("a", "k", "n", '"a b"', "f")) for _ in range(chance.randint(0, 3))]
    return "{" + ", ".join(f"{key}: {inner()}" for key in keys) + "}"


def _recursion(chance: Random, inner: _Inner) -> str:
    then = inner() + chance.choice((" + ", " and ", " = ")) + chance.choice(_STEPS)
    times = chance.choice(("30", "n", "1e4"))
    return f"{{f: function(f, n) if n <= 0 then {inner()} else {then}, r: f(f, {times})}}.r"


_CONSTRUCTS: tuple[Callable[[Random, _Inner], str], ...] = (
    lambda chance, inner: f"{inner()} {chance.choice(_OPERATORS)} {inner()}",
    lambda chance, inner: f"({inner()}) {chance.choice(_OPERATORS)} ({inner()})",
    lambda _, inner: f"-({inner()})",
    lambda _, inner: f"{inner()} between {inner()} and {inner()}",
    lambda chance, inner: f"{inner()} in ({chance.choice(('', '<', '>=', 'not'))} {inner()}, {inner()})",
    lambda _, inner: f"if {inner()} then {inner()} else {inner()}",
    lambda chance, inner: f"{inner()} instance of {chance.choice(_TYPES)}",
    lambda _, inner: f"[{inner()}, {inner()}]",
    lambda chance, inner: f"{chance.choice('[(]')}{inner()}..{inner()}{chance.choice('])[')}",
    lambda chance, inner: f"({chance.choice(('<', '>=', '=', '!='))} {inner()})",
    lambda _, inner: f"{inner()}[{inner()}]",
    lambda chance, inner: f"({inner()}).{chance.choice(_MEMBERS)}",
    lambda _, inner: f"for i in {inner()} return {inner()}",
    lambda _, inner: f"for i in {inner()}..{inner()}, n in {inner()} return {inner()}",
    lambda chance, inner: f"{chance.choice(('some', 'every'))} i in {inner()} satisfies {inner()}",
    lambda chance, inner: f"(function(n, s: {chance.choice(_TYPES)}) {inner()})({inner()}, {inner()})",
    _call,
    _call,
    _call,
    _context,
    _recursion,
)


def spoilt(text: str, chance: Random, others: Sequence[str]) -> str:
    """The text with up to four changes to its tokens or characters."""
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 4))):
        tokens = _TOKEN.findall(text) or [""]
        at = chance.randrange(len(tokens))
        match chance.randrange(9):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, tokens[chance.randrange(len(tokens))])
            case 2:
                tokens[at] = chance.choice(_TOKEN.findall(chance.choice(others)) or [""])
            case 3:
                tokens[at] = chance.choice((*_EXTREMES, *_LITERALS))
            case 4:
                tokens[at : at + 1] = [tokens[at]] * chance.choice((2, 5, 60, 400))
            case 5:
                opening, closing = chance.choice(
                    ("()", "[]", ("{a: ", "}"), ("if b then ", " else 1"), ("-", ""))
                )
                times = chance.choice((1, 3, 40, 120, 300))
                tokens = [opening * times, *tokens, closing * times]
            case 6:
                join = chance.choice((" + ", " and ", ", ", ".k", "[1]", " ** "))
                tokens = [join.join([text] * chance.choice((2, 20, 150, 300)))]
            case 7:
                tokens.insert(at, chr(chance.choice((chance.randrange(128), chance.randrange(0x11000)))))
            case _:
                tokens = tokens[:at] + _TOKEN.findall(chance.choice(others))
        text = "".join(tokens)[:2_000]
    return text


def texts(chance: Random, count: int) -> list[str]:
    """So many texts; one half begins as an expression of the tests, the other as one of the grammar."""
    found = []
    for _ in range(count):
        text = chance.choice(known()) if chance.random() < 0.5 else made(chance, chance.randint(1, 5))
        found.append(spoilt(text, chance, known()))
    return found


def tried(text: str, cell: bool) -> str:
    """What becomes of a text as an expression or as an input cell: `value`, `null`, or what is refused.

    Whoever says no says why; every value can be written, and every null has words for why.
    """
    try:
        parse = parse_unary_tests if cell else parse_expression
        tree = parse(text, Environment.model({})).tree
        infer(tree, {})
        value: object
        with gathered() as reasons:
            if cell:
                value = compile_unary_tests(tree)("relapsed", Watched(SCOPE))
            else:
                value = compile_expression(tree)(Watched(SCOPE))
        assert all(reason.text for reason in reasons)
        to_feel(value)
    except (FeelProblem, FeelLimit) as refused:
        return type(refused).__name__ if refused.message else "refused without a word"
    return "null" if value is None else "value"


def _main(count: int, seed: int) -> None:
    ends: Counter[str] = Counter()
    worst = (0.0, "")
    chance = Random(seed)
    start = time.process_time()
    for _ in range(count):
        text = texts(chance, 1)[0]
        before = time.process_time()
        with bounded(text):
            ends[tried(text, cell=chance.random() < 0.3)] += 1
        worst = max(worst, (time.process_time() - before, text))
        assert peak() < MEGABYTES * 2**20, text
    print(f"{count} texts in {time.process_time() - start:.0f} s of CPU, {peak() / 2**20:.0f} MB")
    print(f"the slowest {worst[0]:.2f} s: {worst[1][:200]!r}")
    print(dict(ends))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
