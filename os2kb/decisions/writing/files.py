"""A file for each decision: the default, which just-the-docs shows with its front matter."""

import yaml

from os2kb.decisions.decision import Decision
from os2kb.decisions.guard import guarded_line
from os2kb.decisions.reading.headings import Heading
from os2kb.decisions.writing.parts import document, key_lines, sections, title_line

PARENT = "Beslutninger"


def written_file(decision: Decision) -> str:
    """A decision's file, which stands under the site's page of decisions."""
    before = f"[{decision.type}] " if decision.type else ""
    expected = Heading(decision.title, "", decision.type)
    return document(
        [
            front_matter(decision),
            "# " + title_line(before, decision, expected),
            "\n".join(key_lines(decision)),
            *sections(decision, 2),
        ]
    )


def front_matter(decision: Decision) -> str:
    """What the site reads: the newest comes first in its navigation."""
    stated: dict[str, object] = {"title": guarded_line(decision.title), "parent": PARENT}
    if decision.date:
        stated["nav_order"] = -int(f"{decision.date:%Y%m%d}")
    if decision.status != "unknown":
        stated["status"] = decision.status
    written = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---"
