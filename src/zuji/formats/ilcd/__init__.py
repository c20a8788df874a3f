"""ILCD 1.1 and eILCD: packages of XML data sets, read, written and checked against the schema.

    load    zip, folder or single data set -> package and ledger
    dump    package -> zip, valid against the schema, the same bytes every time
    check   what the schema says of a package; a report, never a gate

ILCD in other notations reads and writes single data sets through `datasets`, many through `collection`.
"""

from zuji.formats.ilcd.package import load
from zuji.formats.ilcd.schema import check
from zuji.formats.ilcd.writing import dump

__all__ = ["check", "dump", "load"]
