"""`python -m dmn_dli.page.engine FOLDER`: is it the engine, as it was published?"""

from __future__ import annotations

import sys
from pathlib import Path

from dmn_dli.page.engine.files import PACKAGE, read_engine
from dmn_dli.runtime.input_error import InputError

if __name__ == "__main__":
    try:
        read_engine(Path(sys.argv[1]))
    except InputError as error:
        sys.exit(str(error))
    sys.stdout.write(f"{sys.argv[1]} holds the engine, {PACKAGE}, as it was published.\n")
