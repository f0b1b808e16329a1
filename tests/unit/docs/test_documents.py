"""What the documents say is what the code does: tables, commands, settings, examples and links."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from os2kb.cli.commands import app
from os2kb.documents.documents import FILES, ROOT, SCHEMAS, BadDocument, filled, schema_text
from os2kb.documents.keys_table import rows_of
from os2kb.documents.tables import BLOCKS, POLICY, _table, metrics_table
from os2kb.forges.github.app.permissions import PERMISSIONS
from os2kb.policy.load import check_policy
from os2kb.policy.schema import schema_of
from os2kb.products.products import load_products
from os2kb.scenarios.scenario import Scenario
from os2kb.scenarios.subject import Person
from os2kb.settings import PREFIX, Settings

HAND_WRITTEN = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "samples/README.md")
DOCUMENTS = tuple(
    dict.fromkeys(
        (
            *FILES,
            *HAND_WRITTEN,
            *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").glob("*.md"))),
        )
    )
)
FOR_BOTH = pytest.mark.parametrize("name", DOCUMENTS)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def tokens(name: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(read(name))


def fenced(name: str, language: str) -> Iterator[str]:
    """The code blocks of a language."""
    yield from (one.content for one in tokens(name) if one.type == "fence" and one.info == language)


def links(name: str) -> Iterator[str]:
    for token in tokens(name):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrGet("href"))


def anchors(file: Path) -> set[str]:
    """What GitHub calls a document's headings."""
    headings = re.findall(r"^#{1,6} (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", FILES)
def test_generated_parts_say_what_the_code_says_now(name: str):
    assert filled(read(name)) == read(name), f"{name} is stale: run make docs"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_package_say_what_the_code_says_now(name: str):
    assert read(name) == schema_text(name), "run make docs"


def test_every_generated_part_stands_in_a_document():
    written = "".join(map(read, FILES))
    assert [name for name in BLOCKS if f"<!-- generated: {name} -->" not in written] == []


def test_a_stale_part_is_written_anew_and_the_text_around_it_stays():
    stale = "above\n<!-- generated: events -->\nold\n<!-- end -->\nbelow\n"
    assert filled(stale) == (
        "above\n<!-- generated: events -->\n- Issues\n- Issue comment\n- Pull request\n"
        "- Pull request review\n- Pull request review thread\n- Check run\n- Push\n"
        "- Repository\n<!-- end -->\nbelow\n"
    )


def test_a_part_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(BadDocument, match=r"no part 'rulez'; there are .*rules"):
        filled("<!-- generated: rulez -->\n<!-- end -->\n")


def test_a_cell_cannot_break_its_table():
    table = _table("A", iter([("one | two\nthree",)]))
    assert table == "| A |\n| --- |\n| one \\| two three |\n"


def test_every_key_of_the_policy_and_every_option_of_a_rule_is_explained():
    keys = {key: meaning for key, _, _, meaning in rows_of(POLICY)}
    elsewhere = re.compile(r"commands\.|guidelines\.rules\.[a-z-]+\.level$")
    assert [key for key, said in keys.items() if not said and not elsewhere.match(key)] == []


def test_every_key_of_a_scenario_is_explained():
    rows = (*rows_of(schema_of(Scenario)), *rows_of(schema_of(Person)))
    assert [key for key, _, _, meaning in rows if not meaning] == []


def test_the_permissions_shown_are_those_the_doctor_asks_for():
    table = re.search(
        r"generated: permissions -->\n(.*?)<!-- end", read("docs/github-app.md"), re.DOTALL
    )
    assert table is not None
    rows = [row.split(" | ")[:2] for row in table[1].splitlines()[2:]]
    asked = {
        one.name: "Read and write" if one.access == "write" else "Read-only" for one in PERMISSIONS
    }
    assert {name.strip("| ").lower().replace(" ", "_"): to for name, to in rows} == asked


@FOR_BOTH
def test_every_link_inside_the_project_leads_somewhere(name: str):
    folder, lost = (ROOT / name).parent, []
    for href in links(name):
        if re.match(r"[a-z]+:", href):
            continue
        path, _, anchor = href.partition("#")
        target = (folder / path).resolve() if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(href)
    assert lost == []


@FOR_BOTH
def test_every_command_shown_exists_with_its_options(name: str):
    shown = [
        words
        for block in fenced(name, "sh")
        for line in block.splitlines()
        if (words := shlex.split(line, comments=True)) and words[0].endswith("os2kb")
    ]
    assert [words for words in shown if not exists(words[1:])] == []


def exists(words: list[str]) -> bool:
    command: Any = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    options = {option for parameter in command.params for option in parameter.opts}
    valued = {
        option
        for parameter in command.params
        for option in parameter.opts
        if parameter.param_type_name == "option" and not parameter.is_flag
    }
    # A value belongs to the option before it.
    words = [
        word for before, word in zip(["", *words], words, strict=False) if before not in valued
    ]
    takes = any(parameter.param_type_name == "argument" for parameter in command.params)
    return (
        not hasattr(command, "commands")
        and all(word in options for word in words if word.startswith("--"))
        and (takes or all(word.startswith("--") for word in words))
    )


def test_a_command_that_does_not_exist_would_be_found():
    assert exists(["plan", "os2demo/os2demo#1", "--json"])
    assert not exists(["plan", "os2demo/os2demo#1", "--jsn"])
    assert not exists(["decisions", "vote"])
    assert not exists(["serve", "now"])
    assert exists(["answers", "list", "--since", "2026-01-01"])
    assert not exists(["answers", "list", "2026-01-01"])
    assert not exists(["answers", "list", "--abstained", "2026-01-01"])


@FOR_BOTH
def test_every_setting_named_exists(name: str):
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    # `OS2KB_…` and `OS2KB_JIRA_…` name several.
    named = set(re.findall(r"\bOS2KB_[A-Z_]*[A-Z](?![A-Z_…])", read(name)))
    assert named - known == set()


@FOR_BOTH
def test_every_make_target_named_exists(name: str):
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", read(name), re.MULTILINE)) <= targets


def test_every_metric_named_is_exported():
    exported = set(re.findall(r"`(os2kb_[a-z_]+)` \|", metrics_table()))
    assert exported
    assert set(re.findall(r"`(os2kb_[a-z_]+)\{", read("docs/operations.md"))) <= exported


def test_the_first_policy_of_the_readme_can_be_used():
    (policy,) = (block for block in fenced("README.md", "yaml") if block.startswith("version"))
    assert check_policy(policy) == ()
    assert len(policy.splitlines()) <= 10


def test_the_products_file_of_the_readme_can_be_used(tmp_path: Path):
    (block,) = (block for block in fenced("README.md", "yaml") if block.startswith("products"))
    file = tmp_path / "products.yml"
    file.write_text(block, "utf-8")
    products = load_products(file)
    assert set(products.entries) == set(yaml.safe_load(block)["products"])
    assert [source.visibility for source in products.sources] == ["public", "internal"]


@pytest.mark.parametrize(
    "policy",
    [
        block
        for name in ("docs/escalation.md", "docs/jira.md")
        for block in fenced(name, "yaml")
        if "escalation:" in block or "jira:" in block
    ],
)
def test_the_policies_shown_can_be_used(policy: str):
    assert check_policy(policy) == ()
