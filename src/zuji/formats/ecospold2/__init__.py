"""EcoSpold 2 (ecoinvent 3, USLCI): activity data sets, master data, impact results.

`load` reads leniently and tells what became of everything; `dump` writes what the schema calls valid. What
no noun holds travels as extras, and what the schema cannot hold in a note at the end of its data set.
"""

from zuji.formats.ecospold2.reading import load
from zuji.formats.ecospold2.writing import dump

__all__ = ["dump", "load"]
