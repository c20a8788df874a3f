"""Texts in files that a spreadsheet opens."""

# A spreadsheet takes a cell that begins so for a formula; with East Asian settings full-width signs too.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before a dangerous first sign."""
    return f"'{text}" if text.startswith(_FORMULA) else text
