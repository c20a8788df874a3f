"""The inventory workbook: the template that a factory fills in, read and written.

`template` gives the file to fill in, `load` reads it with every mistake at its cell, `dump` writes a
study so that it reads back to the same study. What a sheet holds is data in `schema` and
`form`.
"""

from zuji.formats.excel.read import load
from zuji.formats.excel.write import dump, template

__all__ = ["dump", "load", "template"]
