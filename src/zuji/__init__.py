"""Product carbon footprints: exact, explained, fast.

The functional core. It never knows that the web exists, opens no network connection and reads
no clock that it was not given.
"""

__version__ = "0.1.0"
