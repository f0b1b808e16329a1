"""A public and an internal decision log, and how pages of them are read."""

import re

from sqlalchemy import Engine

from os2kb.decisions.reading.read import read_file
from os2kb.store.decisions import DecisionLog, keep_log

OPEN = DecisionLog("github:7:beslutninger", "os2demo", public=True, repository=7, commit="a1")
CLOSED = DecisionLog("github:8:beslutninger", "os2demo", public=False, repository=8)
ATOM = "{http://www.w3.org/2005/Atom}"


def written(title: str, day: str = "4/6 2026", status: str = "Accepteret", more: str = "") -> str:
    return (
        f"# [SDR] {title}\n\n- **Dato**: {day}\n- **Status**: {status}\n"
        f"- **Beslutningstagere**: Styregruppen\n\n## Beslutning\n\n{more or 'Sådan bliver det.'}\n"
    )


FILES = {
    "2026-06-04-ny.md": written("To skal godkende"),
    "2025-01-02-gammel.md": written(
        "Én skal godkende", "2/1 2025", "Erstattet af [To](2026-06-04-ny.md)"
    ),
    "2024-03-01-fri.md": written("Fri software", "1/3 2024", "Forslag"),
    "angreb.md": written(
        "<script>alert('titel')</script> \x00\u202e\ud83d\ude00 &amp; \"'",
        more="<img src=x onerror=alert(1)> [her](javascript:alert(2)) {{ 7*7 }} {% raw %}",
    ).replace("Styregruppen", '"><svg onload=alert(3)>'),
    "udateret.md": written("Uden dag", "ved lejlighed"),
}


def fill(store: Engine, log: DecisionLog, files: dict[str, str]) -> None:
    entries = [entry for path, text in files.items() for entry in read_file(path, text)]
    keep_log(store, log, entries, lambda one: f"https://example.org/log/{one.path}")


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def titles(page: str) -> list[str]:
    return re.findall(r'<h3 lang="[a-z]+"><a href="[^"]+">([^<]+)</a></h3>', page)
