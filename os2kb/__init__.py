"""os2kb: the colleague who never forgets the rules of an OS2 product."""
