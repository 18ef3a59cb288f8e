"""Artefacts: compiled policies as bytes, under a key of the content that they were made from.

An artefact is `MAGIC`, a seal over its key and what follows, and plain data. The
key is a hash of the workbook's and the dictionary's bytes, so that a changed
workbook never meets an old artefact. A damaged or foreign file is as good as none.
"""

from __future__ import annotations

import marshal
from typing import NamedTuple

from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.store.digest import SEAL_BYTES, hex_digest, seal
from dmn_dli.store.plain import SHAPE, from_plain, to_plain

FORMAT = 12
"""Raise it whenever the compiled policy's content or meaning changes; tests/store guards that.

A change of its shape alone, a field more or less, needs no new number.
"""

MAGIC = b"dmn-dli artefact\n"
SUFFIX = ".artefact"

_NO_POLICY = (
    ValueError,
    EOFError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)
"""What plain data raises that is no policy's."""


class Origin(NamedTuple):
    """What an artefact is made from; `source` is the state of a checkout's code, "" where it is installed."""

    workbook: str
    sha256: str
    facts_sha256: str
    source: str = ""

    @property
    def key(self) -> str:
        """The name under which the artefact is kept."""
        parts = (str(FORMAT), str(SHAPE), self.workbook, self.sha256, self.facts_sha256, self.source)
        return hex_digest("\n".join(parts).encode("utf-8", "surrogatepass"))[:40]

    def made(self, policy: CompiledPolicy) -> bool:
        """Whether a policy is of this very workbook and this very dictionary.

        A workbook with a sheet Facts is its own dictionary, whatever lies beside it.
        """
        reference = policy.policy.reference
        dictionaries = (self.facts_sha256, self.sha256)
        return (
            reference["workbook"] == self.workbook
            and reference["sha256"] == self.sha256
            and reference["facts_sha256"] in dictionaries
        )


def origin_of(policy: CompiledPolicy) -> Origin:
    """What the artefact of an installed package's workbook is made from."""
    reference = policy.policy.reference
    return Origin(reference["workbook"], reference["sha256"], reference["facts_sha256"])


def dump(policy: CompiledPolicy, key: str = "", secret: bytes = b"") -> bytes:
    """An artefact's bytes; the same policy gives the same bytes.

    key: that of its origin. secret: the cache's; without one the seal is a checksum, which tells damage and
    not malice, as is enough for files of an installed package.
    """
    # Version 2 of the format writes no references, which would depend on reference counts.
    data = marshal.dumps(to_plain(policy), 2)
    return MAGIC + seal(key.encode() + data, secret) + data


def parse(data: bytes, key: str = "", secret: bytes = b"") -> CompiledPolicy | None:
    """The policy in an artefact's bytes; None where they are not whole, or not sealed under this key."""
    start = len(MAGIC) + SEAL_BYTES
    content = data[start:]
    if not data.startswith(MAGIC) or seal(key.encode() + content, secret) != data[len(MAGIC) : start]:
        return None
    try:
        return from_plain(marshal.loads(content))  # noqa: S302 - plain data, whole as it was written
    except _NO_POLICY:
        return None
