"""A product says things in its own words: placeholders, and nothing that could do harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.passages import Language
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.governance.wording.check import LANGUAGES, wording_problems
from os2kb.governance.wording.worded import ours, worded
from os2kb.governance.wording.wordings import FOLDER, MOST_CHARS, WORDINGS
from tests.unit.governance.cases import REPOSITORY, body, pull

WELCOME = f"{FOLDER}/da/welcome.md"
VALUES = {"author": "ida", "guidelines": Markdown("[her](https://a.example)"), "help": "hjælp"}


def welcome(text: str, path: str = WELCOME) -> str:
    return worded("welcome", "da", {path: text}, VALUES)


def messages(text: str, path: str = WELCOME) -> list[str]:
    return [problem.message.da for problem in wording_problems(path, text)]


def test_a_product_greets_in_its_own_words() -> None:
    assert welcome("Hej {{author}}!\n\nLæs **først** {{ guidelines }}.") == (
        "Hej ida!\n\nLæs **først** [her](https://a.example).\n"
    )


def test_its_words_are_used_in_their_language_alone() -> None:
    assert "første bidrag" in welcome("Hi {{ author }}!", f"{FOLDER}/en/welcome.md")


def test_a_status_says_what_is_missing_in_the_products_words() -> None:
    own = {f"{FOLDER}/da/status-missing.md": "Kære bidragyder. Vi mangler:\n\n{{ missing }}"}
    said = body(pull(wordings=own), "comment:status")
    assert said.startswith("<!-- os2kb:status -->\nKære bidragyder. Vi mangler:\n\n- **")
    assert "/os2 why" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WORDINGS)
def test_our_own_texts_are_such_as_a_product_may_write(name: str, language: Language) -> None:
    path = f"{FOLDER}/{language}/{name}.md"
    assert wording_problems(path, ours(name, language)) == ()
    values = {one.name: Markdown(f"{{{{ {one.name} }}}}") for one in WORDINGS[name].placeholders}
    assert worded(name, language, {}, values) == ours(name, language)


@pytest.mark.parametrize("name", WORDINGS)
def test_every_placeholder_is_used_in_our_own_text(name: str) -> None:
    for language in LANGUAGES:
        used = set(re.findall(r"\{\{ ([a-z-]+) \}\}", ours(name, language)))
        assert used == {one.name for one in WORDINGS[name].placeholders}


def test_an_unknown_placeholder_is_named_with_its_line_and_those_there_are() -> None:
    (problem,) = wording_problems(WELCOME, "Hej\n\n{{ navn }}, velkommen")
    assert (problem.path, problem.line) == (WELCOME, 3)
    assert problem.message.da == (
        "Pladsholderen {{ navn }} kendes ikke her; brug {{ author }}, {{ guidelines }}, {{ help }}."
    )
    assert "use {{ author }}" in problem.message.en


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% for x in range(999999999) %}a{% endfor %}", "kode"),
        ("{{ ''.__class__.__mro__ }}", "kendes ikke her"),
        ("{{ author | safe }}", "kendes ikke her"),
        ("{{ author", "tuborgklammerne"),
        ("{{\nauthor }}", "tuborgklammerne"),
        ("<b>Hej</b> {{ author }}", "HTML"),
        ("<!-- os2kb:status -->\nHej", "HTML"),
        ("`{{ author }}`", "stå i kode"),
        ("    {{ author }}", "stå i kode"),
        ("a" * (MOST_CHARS + 1), "tegn"),
    ],
)
def test_code_and_html_are_refused_and_our_own_text_is_used(text: str, told: str) -> None:
    assert any(told in message for message in messages(text)), messages(text)
    assert welcome(text) == worded("welcome", "da", {}, VALUES)


def test_a_text_that_leaves_out_what_it_is_for_is_refused() -> None:
    path = f"{FOLDER}/da/status-missing.md"
    assert "{{ missing }} mangler" in messages("Der mangler noget.", path)[0]
    assert "{{ missing }} mangler" in messages("[her](https://a.example/{{missing}})", path)[-1]
    assert "alene på en linje" in messages("Se {{ missing }}", path)[0]


@pytest.mark.parametrize(
    "path", [f"{FOLDER}/da/wellcome.md", f"{FOLDER}/sv/welcome.md", f"{FOLDER}/da/welcome.txt"]
)
def test_a_text_of_another_name_is_told_which_there_are(path: str) -> None:
    assert "welcome.md, thanks.md" in messages("Hej", path)[0]


def test_a_text_from_outside_mentions_nobody_and_leads_only_to_the_web() -> None:
    said = welcome("@os2demo/alle, luk #12: [x](javascript:alert) ![y](https://evil.example/y)")
    assert "@os2demo" not in said
    assert "#12" not in said
    assert not re.search(r"(?<!\\)\]\(", said)
    assert welcome("[her](https://os2.eu/a)") == "[her](https://os2.eu/a)\n"


def test_what_is_filled_in_is_not_read_again() -> None:
    values = {**VALUES, "author": "{{ guidelines }} <b>*x*</b>"}
    said = worded("welcome", "da", {WELCOME: "Hej {{ author }}"}, values)
    assert said == "Hej {{ guidelines }} &lt;b&gt;\\*x\\*&lt;/b&gt;\n"


def test_a_line_about_what_there_is_none_of_is_left_out() -> None:
    own = {WELCOME: "Hej\n\n- Læs {{ guidelines }}\n- Spørg {{ help }}"}
    assert worded("welcome", "da", own, {**VALUES, "guidelines": ""}) == "Hej\n\n- Spørg hjælp\n"


pieces = st.sampled_from(
    ["{{ author }}", "{{", "}}", "\\{\\{ x \\}\\}", "&lbrace;", "{{ navn }}", "<b>", "`", "\n\n"]
)


@given(st.lists(pieces | st.text(max_size=8), max_size=8).map("".join))
def test_whatever_stands_in_the_file_there_is_a_text(text: str) -> None:
    said = welcome(text)
    assert said.endswith("\n")
    blocks = MarkdownIt("commonmark").parse(said)
    parts = [part for block in blocks for part in (block, *(block.children or ()))]
    html = {part.content.strip() for part in parts if part.type.startswith("html")}
    assert html <= {"<!-- -->"}  # which we put into a mention, so that it reaches nobody
    assert not [part for part in parts if part.type == "text" and re.search(r"@\w", part.content)]


def test_the_private_channel_is_shown_in_the_products_words() -> None:
    own = {f"{FOLDER}/da/security.md": "Skriv til os {{ channel }}."}
    facts = pull(wordings=own, title="XSS i søgefeltet")
    said = body(facts, "comment:security")
    assert f"Skriv til os [privat]({REPOSITORY.url}/security/advisories/new)." in said
