"""Which issues a pull request names."""

import re

from os2kb.governance.reading.prose import link_targets, prose

MOST = 20
"""No more are read: a list of releases is no link."""

MOST_LOOKED_UP = 5
"""Of those, whether they exist, and with which labels."""

_MAYBE = re.compile(r"[#&]|gh|/issues/", re.IGNORECASE)  # reading Markdown costs far more
_BRANCH = re.compile(r"(?:^|/)(?:issue|gh|os2)?[-_]?(\d{1,9})(?=$|[-_/])", re.IGNORECASE)
_TITLE = re.compile(r"^\s*\[\s*#?(\d{1,9})\s*\]")


def named_issues(title: str, body: str, branch: str, repository: str) -> tuple[int, ...]:
    """Numbers of this repository's issues that a pull request names, in the order found.

    Read are `[12]: …` and `#12` in the title, `#12`, `GH-12`, `owner/repo#12` and issue addresses
    in the body's prose, and branches such as `feature/12-kort-navn`. Whether an issue of that
    number exists is for the forge to say.
    """
    named = [*_TITLE.findall(title), *_in_text(title, repository)]
    if _MAYBE.search(body):
        named += _in_text("\n".join([prose(body), *link_targets(body)]), repository)
    if not branch.startswith("release/"):  # release/2-0 is a version
        named += _BRANCH.findall(branch)
    numbers = dict.fromkeys(int(number) for number in named)
    return tuple(number for number in numbers if number > 0)[:MOST]


def _in_text(text: str, repository: str) -> list[str]:
    name = re.escape(repository)
    found = re.finditer(
        rf"(?<![\w/.-])(?:{name})?#(?P<short>\d{{1,9}})\b"
        r"|(?<![\w-])GH-(?P<old>\d{1,9})\b"
        rf"|https?://[\w.:-]+/{name}/issues/(?P<address>\d{{1,9}})\b",
        text,
        re.IGNORECASE | re.ASCII,
    )
    return [match["short"] or match["old"] or match["address"] for match in found]
