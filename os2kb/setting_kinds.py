"""What a setting may hold: each kind checks a value, and says what to write instead.

A kind stands in a setting's type, and what it raises is shown after the variable's name.
"""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from os2kb.products.remote import is_safe
from os2kb.smtp_url import read_smtp_url

T = TypeVar("T")
SHORTEST_SECRET = 32
"""Characters of a secret that guards more than one request."""


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _is_address(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a whole address that starts with https:// or http://")
    return value.rstrip("/")


def _is_origin(value: str) -> str:
    parts = urlsplit(value)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if value != "*" and not (is_whole and not parts.query and not parts.fragment):
        raise ValueError("write origins such as https://os2.eu, without a path, or * for any")
    return value.rstrip("/").lower()


def _is_safe_address(value: str) -> str:
    if value and not is_safe(value):
        raise ValueError("write a whole address that starts with https://")
    return value.rstrip("/")


def _is_long(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(
            f"it is shorter than {SHORTEST_SECRET} characters; make one with `openssl rand -hex 32`"
        )
    return value


def _is_mail_server(value: SecretStr) -> SecretStr:
    read_smtp_url(value.get_secret_value())
    return value


def _is_network(value: str) -> str:
    try:
        ip_network(value)
    except ValueError as error:
        raise ValueError("write addresses or networks such as 10.0.0.0/8") from error
    return value


def _is_embedder(value: str) -> str:
    scheme, _, model = value.partition(":")
    if value == "lsa" or (scheme in ("sentence-transformers", "openai") and model.strip()):
        return value
    raise ValueError("write lsa, sentence-transformers:MODEL or openai:MODEL")


def _is_database(value: str) -> str:
    known = ("sqlite://", "postgresql://", "postgresql+psycopg://")
    if value and not value.startswith(known):
        raise ValueError("write sqlite:///PATH or postgresql://USER@HOST/DATABASE")
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def _read_private_key(value: SecretStr) -> SecretStr:
    if "-----BEGIN" in value.get_secret_value():
        return value
    path = Path(value.get_secret_value()).expanduser()
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError("it is neither PEM text nor the path of a readable PEM file") from error
    if "-----BEGIN" not in text:
        raise ValueError("the file it names holds no PEM key; download the App's private key again")
    return SecretStr(text)


Listed = Annotated[tuple[T, ...], NoDecode, BeforeValidator(_split)]
"""Several values, parted by commas."""

Address = Annotated[str, AfterValidator(_is_address)]
"""Of the web, without the last slash; empty where there is none."""

SafeAddress = Annotated[str, AfterValidator(_is_safe_address)]
"""As an address, but only where what is sent there can be read by nobody else."""

Unguessable = Annotated[SecretStr, AfterValidator(_is_long)]
"""A secret of our own that nobody can try out."""

Origin = Annotated[str, AfterValidator(_is_origin)]
"""Scheme, host and port of a website, as browsers send it; `*` for any."""

MailServer = Annotated[SecretStr, AfterValidator(_is_mail_server)]
Network = Annotated[str, AfterValidator(_is_network)]
EmbedderName = Annotated[str, AfterValidator(_is_embedder)]

Database = Annotated[str, AfterValidator(_is_database)]
"""An address as SQLAlchemy reads it; empty for the default."""

PrivateKey = Annotated[SecretStr, AfterValidator(_read_private_key)]
"""PEM text, read from the file that is named."""
