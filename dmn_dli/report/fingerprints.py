"""What a scanner knows a finding by, from one run to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from dmn_dli.model.finding import Finding


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """A fingerprint for each finding, which no other of them has.

    It is made from the code, the workbook's name, the sheet, the decision and the rules' ids, not from the
    cell or the message: it stays when rows move and when messages are worded anew. Those that share all of
    these are numbered.
    """
    met: Counter[str] = Counter()
    found = []
    for finding in findings:
        name = PurePath(finding.file).name
        parts = (finding.code.code, name, finding.sheet, finding.decision, *finding.rules)
        digest = sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        met[digest] += 1
        found.append(f"{digest}:{met[digest]}")
    return tuple(found)
