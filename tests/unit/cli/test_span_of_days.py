"""From when until when, in days as they are written on the command line."""

from datetime import UTC, datetime

import pytest
import typer

from os2kb.cli.escalation.span import span
from os2kb.cli.language import speak

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "start", "end"),
    [
        (None, None, "2025-11-22T12:00+00:00", "2026-11-22T12:00+00:00"),
        # Denmark is an hour before UTC in winter, two in summer; both days are included.
        ("2026-01-01", "2026-06-30", "2025-12-31T23:00+00:00", "2026-06-30T22:00+00:00"),
        ("2026-03-01", "2026-03-01", "2026-02-28T23:00+00:00", "2026-03-01T23:00+00:00"),
        ("2026-11-22", None, "2026-11-21T23:00+00:00", "2026-11-22T12:00+00:00"),
        # What lies beyond GitHub, or beyond today, is as far as there is anything.
        ("0001-01-01", "9999-12-31", "2008-01-01T00:00+00:00", "2026-11-22T12:00+00:00"),
        ("2026-01-01", "2026-12-24", "2025-12-31T23:00+00:00", "2026-11-22T12:00+00:00"),
        (None, "2024-02-29", "2023-02-28T23:00+00:00", "2024-02-29T23:00+00:00"),
    ],
)
def test_days_are_danish_and_both_are_included(
    since: str | None, until: str | None, start: str, end: str
):
    assert span(since, until, NOW) == (
        datetime.fromisoformat(start),
        datetime.fromisoformat(end),
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-03-02", "2026-03-01"), ("2026-11-23", None), ("9999-12-31", None)],
)
def test_a_span_without_a_day_is_refused(
    since: str, until: str | None, capsys: pytest.CaptureFixture[str]
):
    speak("da")
    with pytest.raises(typer.Exit) as ended:
        span(since, until, NOW)
    assert ended.value.exit_code == 2
    assert "--since skal være en dag før --until, og ikke efter i dag" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["i går", "2026-02-30", "20260101", "2026-1-1T00:00", ""])
def test_what_is_no_day_is_refused_in_the_language_of_the_command(
    text: str, capsys: pytest.CaptureFixture[str]
):
    for language, said in (("da", "er ingen dag; skriv den som"), ("en", "is no day; write it as")):
        speak(language)  # type: ignore[arg-type]
        with pytest.raises(typer.Exit):
            span(text, None, NOW)
        assert f"--since “{text}” {said} 2026-01-31" in capsys.readouterr().err
