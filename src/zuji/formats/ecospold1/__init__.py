"""EcoSpold 1 (ecoinvent 1 and 2, USLCI): many data sets in a file, names and units instead of ids.

`load` reads leniently and tells what became of everything; `dump` writes what the schema calls valid. What
no noun holds travels as extras, and what the schema cannot hold in a note at the end of its data set.
"""

from zuji.formats.ecospold1.reading import load
from zuji.formats.ecospold1.writing import dump

__all__ = ["dump", "load"]
