"""What is declined as private, and what must still be answered."""

import pytest

from os2kb.answers.private_topics import private_matter

GITHUB_TOKEN = "ghp_" + "a1B2" * 9


@pytest.mark.parametrize(
    "text",
    [
        "Borgeren 010190-1234 kan ikke logge på",
        "Borgeren 0101901234 kan ikke logge på",
        f"Hvorfor virker {GITHUB_TOKEN} ikke?",
        "Er https://ida:hunter22@example.org rigtig?",
        "Adgangskoden er: Sommer2026!",
        "api_key=9f8e7d6c5b4a3210",
        "-----BEGIN RSA PRIVATE KEY-----",
        "Jeg har fundet et sikkerhedshul i OS2display",
        "Der er en SQL-injection i søgefeltet",
        "I found a vulnerability in the login page",
        "There is an XSS in the title field",
        "Vi kan se andre borgeres sager, hvordan retter vi det?",
        "Jeg kan omgå login, hvor skal jeg melde det?",
        "Jeg har fundet XSS i søgefeltet og vil melde det som sikkerhedsproblem",
        "Kan man omgå login i OS2mo?",
        "I've discovered a path traversal in the file API",
    ],
)
def test_personal_data_secrets_and_reports_of_flaws_are_private(text: str) -> None:
    assert private_matter(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hvordan indberetter jeg et sikkerhedshul?",
        "Jeg har fundet en sårbarhed, hvor skal jeg melde den?",
        "I found a vulnerability, how should I report it?",
        "Hvad er et sikkerhedshul?",
        "What happens when a security flaw is found?",
        "Er vi ramt af CVE-2024-3094?",
        "How large is the bug bounty for reporting vulnerabilities to OS2?",
        "Hvem godkender rettelser af sikkerhedsfejl?",
        "Hvad er reglerne for adgangskoder?",
        "Hvordan tager jeg en sikkerhedskopi?",
        "How do I reset my password?",
        "Er der en token til GitHub?",
        "Hvad koster 12345678 enheder?",
        "Hvilke kriterier gælder i sandkassefasen?",
        "Hvem er datatilsynets kontakt på cpr-området?",
        "'; DROP TABLE passages; --",
        "<script>alert(1)</script>",
    ],
)
def test_questions_about_the_procedure_and_plain_questions_are_not(text: str) -> None:
    assert not private_matter(text)


@pytest.mark.parametrize(
    "piece", ["jeg har ", "a@", "://a:", "eyJ", "der er xss ", "1", "hvordan "]
)
@pytest.mark.timeout(30)
def test_a_hostile_text_does_not_hang(piece: str) -> None:
    private_matter(piece * (20_000 // len(piece)))
