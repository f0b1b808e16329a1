"""os2kb: the colleague who never forgets the rules of an OS2 product."""

from importlib.metadata import version

__version__ = version("os2kb")
