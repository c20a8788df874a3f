"""The inventory workbook: the template that a factory fills in, read and written.

`template` gives the file to fill in, `load` reads it with every mistake at its cell, `dump` writes a
study so that it reads back to the same study. What a sheet holds is data in `excel_schema` and
`excel_form`.
"""

from zuji.formats.excel_read import load
from zuji.formats.excel_write import dump, template

__all__ = ["dump", "load", "template"]
