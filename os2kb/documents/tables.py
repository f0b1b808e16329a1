"""The tables and lists that the documents show, each from the code that it tells of."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import typer
from prometheus_client import REGISTRY as METRICS

import os2kb.trackers.jira.transport  # noqa: F401 - likewise, though few services have a Jira
import webhooks.app  # noqa: F401 - importing the service registers its metrics
from os2kb.cli.commands import app
from os2kb.documents.keys_table import code, rows_of
from os2kb.forges.github.app.permissions import EVENTS, PERMISSIONS
from os2kb.governance.commands.given.known import KNOWN
from os2kb.governance.findings import NOTHING, VERDICTS, Finding
from os2kb.governance.rules import REGISTRY as RULES
from os2kb.governance.wording.wordings import WORDINGS
from os2kb.policy.policy import Policy
from os2kb.policy.rules import Rules
from os2kb.policy.schema import schema_of
from os2kb.policy.sections.commands import Commands
from os2kb.scenarios.scenario import Scenario
from os2kb.scenarios.subject import Person
from os2kb.settings import PREFIX, Settings

POLICY = schema_of(Policy)
_MOST_ITEMS = 5  # of a list, in a table that has much else to say
_ACCESS = {"read": "Read-only", "write": "Read and write"}  # the words of GitHub's form


def _table(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A table; the header's cells stand between bars."""
    cells = header.split(" | ")
    lines = [cells, ["---"] * len(cells), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def settings_table() -> str:
    """Every OS2KB_ variable."""
    rows = (
        (code(f"{PREFIX}{name.upper()}"), _as_written(field.get_default()), field.description or "")
        for name, field in Settings.model_fields.items()
    )
    return _table("Variable | Default | Meaning", rows)


def _as_written(default: object) -> str:
    """A default as it would be written in a variable; nothing where it says nothing."""
    listed = default if isinstance(default, tuple) else (default,)
    written = ",".join(str(part) for part in listed if part not in (None, ""))
    return code(written) if written else ""


def permissions_table() -> str:
    """The permissions of the GitHub App, in the words of GitHub's form."""
    rows = (
        (one.name.replace("_", " ").capitalize(), _ACCESS[one.access], one.reason)
        for one in PERMISSIONS
    )
    return _table("Permission | Access | Why", rows)


def events_list() -> str:
    """The events the App subscribes to, in the words of GitHub's form."""
    return "".join(f"- {event.replace('_', ' ').capitalize()}\n" for event in EVENTS)


def commands_table() -> str:
    """Every command of the command line."""
    root: Any = typer.main.get_command(app)
    rows = ((code(usage), meaning) for usage, meaning in _leaves(root, "os2kb"))
    return _table("Command | What it does", rows)


def _leaves(command: Any, path: str) -> Iterator[tuple[str, str]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield from _leaves(inner, f"{path} {name}")
    if not hasattr(command, "commands"):
        yield " ".join((path, *_arguments(command))), command.help.partition("\n")[0]


def _arguments(command: Any) -> Iterator[str]:
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name.upper()).strip("[]…")
            many = f"{name}…" if parameter.nargs == -1 else name
            yield many if parameter.required else f"[{many}]"


def rules_table() -> str:
    """Every rule: what it asks, of what, how strictly by default, and what it rests on."""
    rows = (
        (
            code(rule.id),
            _purpose(rule.check),
            " and ".join(f"{kind.replace('_', ' ')}s" for kind in sorted(rule.applies_to)),
            code(rule.default),
            "<br>".join(f"{code(key)}: {_few(said)}" for key, _, said, _ in _options(rule.id)),
            ", ".join(sorted(rule.needs | rule.options_need(Rules()))),
            ", ".join(map(code, sorted(rule.events))),
        )
        for rule in RULES
    )
    header = "Rule | Asks that | Of | Default | Options | Also reads | Looked at again on"
    return _table(header, rows)


def rule_options_table() -> str:
    """Every option of a rule but its level."""
    rows = (
        (code(f"{rule.id}.{key}"), value, default, meaning)
        for rule in RULES
        for key, value, default, meaning in _options(rule.id)
    )
    return _table("Option | Value | Default | Meaning", rows)


def _purpose(check: Callable[..., Any]) -> str:
    """What the rule's file says of itself: its first sentence, after `Purpose:`."""
    text = sys.modules[check.__module__].__doc__ or ""
    return text.partition("\n\n")[0].removeprefix("Purpose:").strip()


def _few(listed: str) -> str:
    """The beginning of a long list, which stands in full where its option is explained."""
    items = listed.split(", ")
    return listed if len(items) <= _MOST_ITEMS else ", ".join((*items[:_MOST_ITEMS], "…"))


def _options(rule: str) -> Iterator[tuple[str, str, str, str]]:
    for key, value, default, meaning in rows_of(POLICY, ("guidelines", "rules", rule)):
        if key != "level":
            yield key, value, default or "none", meaning


def wordings_table() -> str:
    """Every text that a product may say in its own words."""
    rows = (
        (
            code(f"{one.name}.md"),
            one.when,
            "; ".join(
                f"{code(f'{{{{ {each.name} }}}}')}{' (needed)' if each.needed else ''} {each.means}"
                for each in one.placeholders
            )
            or "none",
        )
        for one in WORDINGS.values()
    )
    return _table("File | Shown when | Placeholders", rows)


def verdicts_table() -> str:
    """Every verdict, and how it is said to people."""
    advised = Finding("x", "fail", NOTHING, required=False).verdict_in_words
    words = (*VERDICTS.items(), ("fail (advice)", advised))
    rows = ((code(verdict), said.da, said.en) for verdict, said in words)
    return _table("Verdict | In Danish | In English", rows)


def policy_commands_table() -> str:
    """Every command in a comment: who may give it by default, and what it does."""
    rows = (
        (
            code(f"/os2 {name} {KNOWN[name].takes.en if name in KNOWN else ''}".rstrip()),
            ", ".join(field.default) or "nobody, until the Policy names them",
            KNOWN[name].does.en if name in KNOWN else "not in this version",
        )
        for name, field in Commands.model_fields.items()
    )
    return _table("Command | By default for | What it does", rows)


def policy_keys_table() -> str:
    """Every key of the Policy but the rules and the commands."""
    keys = ("guidelines.rules", "commands")
    rows = (
        (code(key), value, default, meaning)
        for key, value, default, meaning in rows_of(POLICY)
        if not key.startswith(keys)
    )
    elsewhere = (
        ("`guidelines.rules`", "one entry a rule", "", "see [Rules](#rules)"),
        ("`commands`", "one entry a command", "", "see [Commands](#commands)"),
    )
    return _table("Key | Value | Default | Meaning", (*rows, *elsewhere))


def scenario_keys_table() -> str:
    """Every key of a scenario file."""
    rows = (
        (code(key), value, default, meaning)
        for key, value, default, meaning in rows_of(schema_of(Scenario))
    )
    people = (
        (code(f"PERSON.{key}"), value, default, meaning)
        for key, value, default, meaning in rows_of(schema_of(Person))
    )
    cases = ("`cases`", "list of scenarios", "", "each laid over what stands beside `cases`")
    return _table("Key | Value | Default | Meaning", (*rows, *people, cases))


def metrics_table() -> str:
    """Every metric of our own, as it is scraped."""
    ours = sorted((one for one in METRICS.collect() if one.name.startswith("os2kb_")), key=_name)
    rows = ((_name(one), one.type, one.documentation) for one in ours)
    return _table("Metric | Type | Meaning", rows)


def _name(metric: Any) -> str:
    return code(f"{metric.name}_total" if metric.type == "counter" else metric.name)


BLOCKS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "permissions": permissions_table,
    "events": events_list,
    "commands": commands_table,
    "rules": rules_table,
    "rule-options": rule_options_table,
    "policy-commands": policy_commands_table,
    "policy-keys": policy_keys_table,
    "scenario-keys": scenario_keys_table,
    "metrics": metrics_table,
    "wordings": wordings_table,
    "verdicts": verdicts_table,
}
"""The name of each generated part, and what writes it."""
