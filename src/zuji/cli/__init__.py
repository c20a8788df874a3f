"""The command line: one module a command, heavy imports inside the functions.

Exit codes: 0 done, 1 mistakes in the input, 2 wrong usage, 3 a file cannot be written.
"""

import sys


def main() -> None:
    """The console script `zuji`."""
    from zuji.cli.program import app

    for stream in (sys.stdout, sys.stderr):
        # a terminal that lacks a character shows a question mark rather than an error
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="zuji")
