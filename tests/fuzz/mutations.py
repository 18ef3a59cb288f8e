"""Texts as people, programs and enemies spoil them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

_CORPUS = Path(__file__).parent / "corpus"


def corpus(name: str) -> list[str]:
    """The texts that are kept: one a line, as JSON strings, since they hold what no line should."""
    lines = (_CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


_PIECES = corpus("pieces")


def mutated(text: str, chance: Random, others: Sequence[str]) -> str:
    """The text with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(text))
        match chance.randrange(7):
            case 0:
                text = text[:at] + chance.choice(_PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 5) :]
            case 2:
                text = text[:at] + chance.choice(others)
            case 3:
                text = chance.choice(others)[: chance.randint(0, 12)] + text[at:]
            case 4:
                text = text[:at] + text[at : at + 4] * chance.choice((2, 3, 30)) + text[at:]
            case 5:
                text = chance.choice(_PIECES)
            case _:
                text = (
                    text[:at]
                    + chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x3000))))
                    + text[at:]
                )
    return text[:400]
