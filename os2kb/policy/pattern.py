"""Regular expressions that a Policy may hold.

Anyone who may edit a Policy chooses the pattern, and anyone at all chooses the text it meets, so
the engine is RE2: linear in the text, whatever the pattern (https://github.com/google/re2/wiki/WhyRE2).
Refusing nested quantifiers under Python's own engine was the alternative; it misses `(a|a)*$`.
"""

from functools import lru_cache
from typing import Annotated, Protocol, cast

import re2  # type: ignore[import-untyped, unused-ignore]
from pydantic import AfterValidator, Field

from os2kb.policy.problem import Unacceptable

_MAX_MEMORY = 1 << 20  # bytes for a compiled pattern; ordinary ones take a few thousand


class _Compiled(Protocol):
    def search(self, text: str) -> object | None: ...


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> _Compiled:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    return cast("_Compiled", re2.compile(pattern, options=options))


def found(pattern: str, text: str) -> bool:
    """Whether a valid pattern is found anywhere in the text. Takes time linear in the text."""
    return _compiled(pattern).search(text.encode("utf-8", "replace").decode()) is not None


def _compiles(pattern: str) -> str:
    try:
        _compiled(pattern)
    except (re2.error, UnicodeEncodeError) as reason:
        said = reason.args[0] if reason.args else ""
        detail = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise Unacceptable(
            f"Mønstret kan ikke bruges ({detail}). Skriv det i RE2's form: uden lookahead og "
            "tilbagehenvisninger, og uden meget store gentagelser.",
            f"The pattern cannot be used ({detail}). Write it as RE2 does: no lookaround or "
            "backreferences, and no very large repetitions.",
        ) from None
    return pattern


Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_compiles)]
"""A regular expression in RE2's syntax (https://github.com/google/re2/wiki/Syntax)."""
