import pytest
from pydantic import ValidationError

from index.embedders.sentence_transformers import SentenceTransformers
from os2kb.knowledge.embedders.breaker import Breaker
from os2kb.knowledge.embedders.choose import embedder_for
from os2kb.knowledge.embedders.endpoint import Endpoint
from os2kb.settings import Settings


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


def test_lsa_comes_with_each_version() -> None:
    assert embedder_for(settings()) is None
    assert embedder_for(settings(embedder="lsa")) is None


def test_a_neural_model_is_named_and_not_read_before_it_is_needed() -> None:
    chosen = embedder_for(settings(embedder="sentence-transformers:intfloat/multilingual-e5-small"))
    assert isinstance(chosen, SentenceTransformers)
    assert chosen.takes == {"public", "internal"}


@pytest.mark.parametrize(
    ("internal", "takes"), [(False, {"public"}), (True, {"public", "internal"})]
)
def test_an_endpoint_gets_internal_passages_only_where_the_installation_says_so(
    internal: bool, takes: set[str]
) -> None:
    chosen = embedder_for(
        settings(
            embedder="openai:text-embedding-3-small",
            embedding_base_url="https://me:secret@embeddings.example.org/v1/",
            embedding_internal=internal,
        )
    )
    assert isinstance(chosen, Endpoint)
    assert chosen.takes == takes
    assert chosen.id == "openai:text-embedding-3-small@embeddings.example.org/v1"


@pytest.mark.parametrize("name", ["", "LSA", "openai", "openai:", "openai: ", "bert", "hub:model"])
def test_a_name_that_is_none_says_what_may_stand_there(name: str) -> None:
    with pytest.raises(ValidationError, match="write lsa, sentence-transformers:MODEL or openai"):
        settings(embedder=name, embedding_base_url="https://embeddings.example.org/v1")


def test_an_endpoint_without_an_address_says_which_setting_to_set() -> None:
    with pytest.raises(ValidationError, match="OS2KB_EMBEDDING_BASE_URL is not set"):
        settings(embedder="openai:x")


def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_try_each_pause() -> None:
    now = 0.0
    breaker = Breaker(2, 30.0, lambda: now)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows(), "a success between them counts"
    breaker.failed()
    assert not breaker.allows()
    now = 30.0
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.succeeded()
    assert breaker.allows()
