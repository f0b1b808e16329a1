"""`python -m os2kb.cli` is the `os2kb` command."""

from os2kb.cli import main

main()
