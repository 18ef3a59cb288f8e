"""Why a workbook cannot be changed in place."""

from __future__ import annotations


class BrokenBookError(Exception):
    """A file that is no xlsx, or in which a part is not as it must be; the message names the part."""


class LostPartsError(Exception):
    """A file that holds what a change would spoil, such as a digital signature; `parts` are their names."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__(f"The file holds {', '.join(parts)}, which a change would spoil.")
        self.parts = parts
