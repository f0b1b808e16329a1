"""`os2kb doctor`: try every part for real."""

from typing import Annotated

import typer
from rich.console import Console

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language
from os2kb.phrases import Phrase
from os2kb.settings import load_settings

_STYLES = {"ok": "green", "off": "dim", "wrong": "red"}
_VERDICTS = {
    "ok": Phrase("ok", "ok"),
    "off": Phrase("fra", "off"),
    "wrong": Phrase("fejl", "wrong"),
}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Check the settings for real: store, index, GitHub, Jira, Zulip, mail, LLM.

    Exit 1 if any is wrong.
    """
    from os2kb.doctor import examine

    shown_in = language(english=english)
    checks = list(examine(load_settings()))
    if as_json:
        items = [
            {
                "part": check.name.en,
                "verdict": check.verdict,
                "detail": check.detail.in_language(shown_in),
                "cure": check.cure.in_language(shown_in),
            }
            for check in checks
        ]
        print_json({"items": items})
    else:
        # Left to the terminal to wrap: a name of a setting that was cut could not be copied.
        console = Console(markup=False, highlight=False, soft_wrap=True)
        for check in checks:
            verdict = _VERDICTS[check.verdict].in_language(shown_in)
            name, detail = (one.in_language(shown_in) for one in (check.name, check.detail))
            line = f"{verdict:5}  {name}: {detail}"
            console.print(line, style=_STYLES[check.verdict])
            if check.verdict == "wrong" and (cure := check.cure.in_language(shown_in)):
                console.print(f"       → {cure}")
    if any(check.verdict == "wrong" for check in checks):
        raise typer.Exit(1)
