"""Commands: `/os2 …` in a conversation comment. Read, permitted, carried out, answered."""
