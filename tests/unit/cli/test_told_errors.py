"""What went wrong, in the language of the command that is run."""

from contextvars import copy_context
from pathlib import Path

import pytest

from index.passages import Language
from os2kb.cli.language import speak, told
from os2kb.settings import BadSettings
from os2kb.store.database import StoreUnavailable, open_database, upgrade


def said(error: Exception, language: Language) -> str:
    def tell() -> str:
        speak(language)
        return told(error)

    return copy_context().run(tell)


def test_a_store_that_cannot_be_used_is_told_in_either_language(tmp_path: Path) -> None:
    file = tmp_path / "os2kb.db"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable) as caught:
        upgrade(open_database(f"sqlite:///{file}"))
    assert "kan ikke bruges" in said(caught.value, "da")
    assert "cannot be used" in said(caught.value, "en")
    with pytest.raises(StoreUnavailable) as caught:
        open_database(f"sqlite:///{file}/below/os2kb.db")
    assert "sæt OS2KB_DATA_DIR til en mappe" in said(caught.value, "da")
    assert "set OS2KB_DATA_DIR to a folder" in said(caught.value, "en")


def test_what_is_said_in_english_alone_is_said_to_be() -> None:
    wrong = BadSettings("OS2KB_PORT: write a number")
    assert said(wrong, "en") == "OS2KB_PORT: write a number"
    assert said(wrong, "da") == (
        "det kan ikke lade sig gøre. På engelsk: OS2KB_PORT: write a number"
    )
