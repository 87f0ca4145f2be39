"""Rules-based advice on what to do with the time that AI sets free.

Importing this package loads nothing else, so that the command line starts at once.
"""

__version__ = "0.1.0"
