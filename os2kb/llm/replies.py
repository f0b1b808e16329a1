"""What a chat completions endpoint replies, whole or piece by piece, read with care."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from os2kb.llm.errors import LlmBadReply


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote. `tokens` is prompt and reply together, 0 where the server is silent."""

    text: str
    finish_reason: str
    tokens: int


class _Content(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Content
    finish_reason: str | None = None


class _Usage(BaseModel):
    total_tokens: int = 0


class _Reply(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


class _ChunkChoice(BaseModel):
    delta: _Content


class _Chunk(BaseModel):
    choices: list[_ChunkChoice] = []


def completion_in(content: bytes) -> Completion:
    """The completion that a reply holds.

    Raises:
        LlmBadReply: it holds none, or an empty one.
    """
    try:
        reply = _Reply.model_validate_json(content)
        choice = reply.choices[0]
    except (ValidationError, IndexError):
        # `from None`: a ValidationError prints the reply.
        raise LlmBadReply(
            "The language model's reply is no chat completion; "
            "check that OS2KB_LLM_BASE_URL is an OpenAI-compatible API (ends in /v1)"
        ) from None
    if not (choice.message.content or "").strip():
        raise LlmBadReply(
            f"The language model wrote nothing (finish_reason {choice.finish_reason}); "
            "check OS2KB_LLM_MODEL"
        )
    return Completion(
        choice.message.content or "",
        choice.finish_reason or "",
        reply.usage.total_tokens if reply.usage else 0,
    )


def pieces_in(data: str) -> Iterator[str]:
    """The text in one event of a stream.

    Raises:
        LlmBadReply: the event is not what the API describes.
    """
    try:
        chunk = _Chunk.model_validate_json(data)
    except ValidationError:
        raise LlmBadReply(
            "A piece of the language model's stream is not what the API describes; "
            "check that OS2KB_LLM_BASE_URL is an OpenAI-compatible API (ends in /v1)"
        ) from None
    for choice in chunk.choices[:1]:
        if choice.delta.content:
            yield choice.delta.content


def lines_of(chunks: Iterator[bytes]) -> Iterator[str]:
    """Lines of a byte stream that may be cut anywhere, also within a letter."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip("\r")
    if rest:
        yield rest.decode("utf-8", "replace")
