"""A question asked again costs nothing: counted by what reaches the language model."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, text

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.answers.ask import Answerer, NotIndexed
from os2kb.answers.composers.llm import LlmComposer
from os2kb.answers.journal.cache import FALLBACK_SECONDS, SECONDS, CachedAnswers, Method
from os2kb.answers.journal.journal import Journal
from os2kb.llm.client import LlmClient
from os2kb.store.database import open_database, upgrade
from tests.fakes import llm as fakes
from tests.fakes.llm import FakeLlm, Status
from tests.service.knowledge import INTERNAL, PUBLIC, QUESTION, write

NOW = datetime(2026, 6, 4, tzinfo=UTC)
QUOTE = "Der skal være mindst én offentlig myndighed som ejer."
CLAIM = {"text": "En myndighed skal eje den.", "quotes": [{"passage": 1, "quote": QUOTE}]}


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


@pytest.fixture
def model() -> Iterator[FakeLlm]:
    with fakes.running() as fake:
        fake.writes = lambda request: json.dumps({"claims": [CLAIM]})
        yield fake


@dataclass
class Process:
    """What one process remembers; `restart` gives what the next one finds."""

    store: Engine
    versions: Versions
    model: FakeLlm
    prompt: int = 1
    seconds: float = 0.0
    journals: list[Journal] = field(default_factory=list)
    journal: Journal = field(init=False)
    cache: CachedAnswers = field(init=False)

    def __post_init__(self) -> None:
        client = LlmClient(self.model.url, "fake", attempts=1)
        self.journal = Journal(self.store, 180, lambda: NOW)
        self.journal.start()
        self.journals.append(self.journal)
        self.cache = CachedAnswers(
            Answerer(self.versions, LlmComposer(client)),
            self.versions,
            self.journal,
            Method("llm", f"fake {self.prompt}"),
            clock=lambda: self.seconds,
        )

    def restart(self) -> "Process":
        self.journal.stop()
        return replace(self)


@pytest.fixture
def start(store: Engine, versions: Versions, model: FakeLlm) -> Iterator[Callable[[], Process]]:
    journals: list[Journal] = []
    yield lambda: Process(store, versions, model, journals=journals)
    for journal in journals:
        journal.stop()


def copies(store: Engine) -> str:
    with store.connect() as connection:
        return repr(connection.execute(text("SELECT * FROM cached_answers")).all())


def test_the_same_question_in_other_letters_is_paid_for_once(
    start: Callable[[], Process], model: FakeLlm
):
    ask = start().cache.ask
    first, again = ask(QUESTION), ask(f"  {QUESTION.upper().rstrip('?')}\u200b ")
    assert len(model.requests) == 1
    assert again == replace(first, question=QUESTION.upper().rstrip("?"))


def test_another_scope_is_another_answer(start: Callable[[], Process], model: FakeLlm):
    ask = start().cache.ask
    ask(QUESTION)
    ask(QUESTION, product="os2display")
    ask(QUESTION, lang="en")
    ask(QUESTION, visibility=frozenset({"public", "internal"}))
    assert len(model.requests) == 4


def test_what_is_internal_never_answers_a_public_question(
    start: Callable[[], Process], model: FakeLlm
):
    wage = "Hvad er produktkoordinatorens månedsløn?"
    said = "Produktkoordinatorens månedsløn er 40.000 kr. ifølge lønaftalen."
    claim = {"text": "Månedslønnen er 40.000 kr.", "quotes": [{"passage": 1, "quote": said}]}
    model.writes = lambda request: json.dumps({"claims": [claim]})
    process = start()
    for _ in range(2):
        internal = process.cache.ask(wage, visibility=frozenset({"public", "internal"}))
        assert "40.000" in internal.text
        assert "40.000" not in process.cache.ask(wage).text
        process = process.restart()


def test_a_rush_of_one_question_is_paid_for_once(start: Callable[[], Process], model: FakeLlm):
    process, arrived, answered = start(), [], Event()

    def writes(_: object) -> str:
        assert answered.wait(30)
        return json.dumps({"claims": [CLAIM]})

    model.writes = writes

    def ask() -> str:
        arrived.append(1)
        if len(arrived) == 20:
            answered.set()
        return process.cache.ask(QUESTION).text

    with ThreadPoolExecutor(20) as pool:
        texts = {each.result() for each in [pool.submit(ask) for _ in range(20)]}
    assert texts == {"En myndighed skal eje den. [1]"}
    assert len(model.requests) == 1


def test_what_was_paid_for_outlives_the_process(start: Callable[[], Process], model: FakeLlm):
    process = start()
    first = process.cache.ask(QUESTION)
    assert process.restart().cache.ask(QUESTION) == first
    assert len(model.requests) == 1


def test_an_answer_of_another_model_or_prompt_is_not_taken(
    start: Callable[[], Process], model: FakeLlm
):
    process = start()
    process.cache.ask(QUESTION)
    process.prompt = 2
    process.restart().cache.ask(QUESTION)
    assert len(model.requests) == 2


def test_an_answer_is_worked_out_anew_when_the_knowledge_has_changed(
    tmp_path: Path, store: Engine, model: FakeLlm
):
    folder = write(tmp_path / "public", PUBLIC)
    root = tmp_path / "index"
    sources = [Source("håndbog", str(folder))]
    process = Process(store, Versions(root), model)
    with pytest.raises(NotIndexed):
        process.cache.ask(QUESTION)
    build(sources, root, now=NOW)
    first = process.cache.ask(QUESTION)
    (folder / "løn.md").write_text(INTERNAL["løn.md"], "utf-8")
    build(sources, root, now=NOW)
    assert process.cache.ask(QUESTION).answer_id != first.answer_id
    assert len(model.requests) == 2
    process.journal.stop()


def test_an_abstention_is_remembered_too(start: Callable[[], Process], model: FakeLlm):
    model.writes = lambda request: json.dumps({"claims": []})
    process = start()
    assert process.cache.ask(QUESTION).abstained
    assert process.restart().cache.ask(QUESTION).reason == "no-evidence"
    assert len(model.requests) == 1


def test_an_answer_without_its_model_is_remembered_for_a_rush_only(
    start: Callable[[], Process], model: FakeLlm, store: Engine
):
    process = start()
    model.will(Status(500))
    fallback = process.cache.ask(QUESTION)
    assert fallback.composer == "extractive"
    process.seconds = FALLBACK_SECONDS - 1
    assert process.cache.ask(QUESTION) == fallback
    process.seconds = FALLBACK_SECONDS + 1
    assert process.cache.ask(QUESTION).composer == "llm"
    process.seconds += SECONDS - 1
    assert process.cache.ask(QUESTION).composer == "llm"
    assert len(model.requests) == 2
    process.restart()
    assert "extractive" not in copies(store)


def test_a_question_that_names_somebody_leaves_no_copy(start: Callable[[], Process], store: Engine):
    process = start()
    process.cache.ask("Hvad koster en pizza til ida@example.org på havnen?")
    process = process.restart()
    assert copies(store) == "[]"
    process.cache.ask("Hvad koster en pizza på havnen?")
    process.restart()
    assert copies(store) != "[]"


def test_a_private_question_is_declined_each_time_and_remembered_never(
    start: Callable[[], Process], store: Engine
):
    process = start()
    for _ in range(2):
        assert process.cache.ask("Borgeren 010190-1234 er i OS2mo").reason == "private-topic"
    assert len(process.cache._memory) == 0
    process.restart()
    assert copies(store) == "[]"


@pytest.mark.parametrize(
    "damage",
    ["UPDATE cached_answers SET body = '{\"text\": 7}'", "DROP TABLE cached_answers"],
)
def test_a_copy_that_cannot_be_read_is_paid_for_again(
    start: Callable[[], Process], model: FakeLlm, store: Engine, damage: str
):
    process = start()
    first = process.cache.ask(QUESTION)
    process = process.restart()
    with store.begin() as connection:
        connection.execute(text(damage))
    assert process.cache.ask(QUESTION) == first
    assert len(model.requests) == 2
