"""dmn-js, the viewer that many tools embed: which files of it the tests use, and that they are as published.

`python -m tests.interchange.dmn.dmn_js FOLDER` says whether a folder holds them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

PACKAGE = "dmn-js@17.10.2"
"""The npm package, with its version."""

FOLDER = Path(__file__).resolve().parents[3] / "build" / "dmn-js"
"""Where `make dmn-js` puts it."""

VIEWER = "dist/dmn-navigated-viewer.production.min.js"

DIGESTS: Mapping[str, str] = {
    VIEWER: "2ea036914d0a29924fd9ce6fdb0039c9bd33af092a0c9c1a3452d27517aa7c94",
    "dist/assets/diagram-js.css": "0c3370103aa50018f79edf3fc219f383091b5f51eb54d8f49e73ce4b0f756f80",
    "dist/assets/dmn-js-boxed-expression.css": (
        "5ce6840cb715531e22bfa6cca1bdc57e52a3b8847e167295c9725d5645d02e0d"
    ),
    "dist/assets/dmn-js-decision-table.css": (
        "1ad25e3fdbe140797411310da4d0bfeb269bfca3c101119e289b58933b541e9b"
    ),
    "dist/assets/dmn-js-drd.css": "6f377e1fa6d05cd2ef1de9b6dc7a171937f39f322e5f6fb61454d6360ecf36bd",
    "dist/assets/dmn-js-shared.css": "caefeb3c19d943d3785370eb21b50b8d5169c915ee000d8e9ba680fd8aa8605f",
}
"""Each file that is used, and its SHA-256."""


def missing(folder: Path) -> str:
    """What is wrong with the folder, in a sentence; "" where it holds all files as they were published."""
    for name, digest in DIGESTS.items():
        file = folder / name
        if not file.is_file():
            return f"{file} is missing: `make dmn-js` fetches {PACKAGE}, and these tests run."
        if sha256(file.read_bytes()).hexdigest() != digest:
            return f"{file} is not the file of that name in {PACKAGE}: `make dmn-js` fetches it."
    return ""


if __name__ == "__main__":
    wrong = missing(Path(sys.argv[1]))
    if wrong:
        sys.exit(wrong)
    sys.stdout.write(f"{sys.argv[1]} holds {PACKAGE}, as it was published.\n")
