"""Writes the generated parts of the documents anew."""

from os2kb.documents.documents import main

main()
