"""TIDAS packages: ILCD data sets as JSON (engines.md 11.2), read and written through the ILCD mapping.

load(Path("package.zip")).package      every data set, and in `.ledger` how it was read
dump(package).content                  a zip that the JSON schemas of TIDAS accept, as far as they can be met
"""

from zuji.formats.tidas.reading import load
from zuji.formats.tidas.writing import dump

__all__ = ["dump", "load"]
