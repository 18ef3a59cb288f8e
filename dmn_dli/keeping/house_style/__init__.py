"""The house style: how our workbooks look, and the dictionary's words in them, brought into any workbook.

The look is a function of what the cells say, and of nothing else: so that it is the same whoever has edited
the file, and bringing it in twice is bringing it in once.
"""

from dmn_dli.keeping.house_style.restyle import (
    Restated,
    Restyled,
    in_house_style,
    restyled,
)
from dmn_dli.keeping.house_style.sheets import Left

__all__ = ["Left", "Restated", "Restyled", "in_house_style", "restyled"]
