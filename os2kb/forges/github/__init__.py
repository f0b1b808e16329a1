"""GitHub as a forge, over PyGithub."""

from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.connect import connect

__all__ = ["GitHub", "connect"]
