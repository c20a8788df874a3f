"""SimaPro CSV: `load` and `dump`.

    load(Path("export.csv")).package       processes, flows, units, methods, parameters
    dump(package).content                  the same as one CSV file

SimaPro knows everything by name. The name of a product is its identity and links whoever uses it to the
process that makes it; elementary flows are told apart by compartment, sub-compartment, name and what they are
measured in. Ids are UUIDs of these names, so the same names from two files are the same flow.
"""

from zuji.formats.simapro.reader import load
from zuji.formats.simapro.spreading import spread_factors
from zuji.formats.simapro.writer import dump

__all__ = ["dump", "load", "spread_factors"]
