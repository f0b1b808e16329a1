"""The rule that sees a vulnerability reported in public."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Account
from tests.unit.governance.cases import (
    IDA,
    OTHER_BOT,
    SELF,
    comment,
    event,
    finding,
    issue,
    verdict,
)

REPORTS = (
    ("XSS i søgefeltet", ""),
    ("SQL injection mulig i login", ""),
    ("Sikkerhedshul i upload", "Man kan lægge en fil op og køre den."),
    ("Jeg kan se andre brugeres data uden at være logget ind", ""),
    ("Ændrer man id i adressen, får man andre borgeres oplysninger at se", ""),
    ("API-nøgle lækket i loggen", ""),
    ("Fejl", "Vi har opdaget en sårbarhed: login kan omgås."),
    ("IDOR in /api/users", "I found that any user can read other users' records."),
    ("Stored XSS", "Steps: save the text, the attacker's script runs."),
    ("Authentication bypass", "Access control can be bypassed without authentication."),
    ("Hardcoded password in config", ""),
)
NO_REPORTS = (
    ("Sikkerhedskopi fejler", "Backup virker ikke."),
    ("Bump lodash from 4.1 to 4.2", "Fixes a vulnerability, CVE-2021-23337."),
    ("Opdater symfony til 6.4 pga. CVE-2024-1234", ""),
    ("Add CSRF protection to forms", ""),
    ("Hvordan rapporterer jeg en sårbarhed?", ""),
    ("Document how to report security issues", "Add a SECURITY.md with our policy."),
    ("Password reset page: wrong wording", "It says the token expired."),
    ("Glemt adgangskode virker ikke", "Jeg får ingen mail."),
    ("Ret sårbarhed fra pentest", "[12]: Allerede rettet i 2.1."),
    ("Token udløber for tidligt", "Man bliver logget ud."),
    ("Sikker mail", "Kan vi sende sikkert?"),
    ("", ""),
)


@pytest.mark.parametrize(("title", "body"), REPORTS)
def test_a_report_of_a_vulnerability_is_seen(title: str, body: str) -> None:
    found = finding("security-report", issue(title, body))
    assert (found.verdict, found.label) == ("fail", "security")


@pytest.mark.parametrize(("title", "body"), NO_REPORTS)
def test_talk_of_security_is_no_report(title: str, body: str) -> None:
    assert verdict("security-report", issue(title, body)) != "fail"


@pytest.mark.parametrize(("title", "body"), REPORTS)
def test_the_evidence_never_quotes_the_report(title: str, body: str) -> None:
    found = finding("security-report", issue(title, body))
    said = f"{found.evidence.da} {found.evidence.en} {found.remedy.da} {found.remedy.en}".lower()
    for word in ("xss", "sql", "upload", "login", "idor", "api", "script", "password", "brugeres"):
        assert word not in said


def test_a_template_that_warns_against_reports_is_no_report() -> None:
    warning = "<!-- Har du fundet en sårbarhed, et sikkerhedshul? Skriv det ikke her. -->\nHej"
    assert verdict("security-report", issue("Eksport", warning)) == "pass"


def test_a_comment_can_be_a_report_but_not_a_bots_or_ours() -> None:
    text = "Sikkerhedshul: jeg kan se andre brugeres data"
    assert verdict("security-report", issue(comments=(comment(text),))) == "fail"
    assert verdict("security-report", issue(comments=(comment(text, author=SELF),))) == "pass"
    assert verdict("security-report", issue(comments=(comment(text, author=OTHER_BOT),))) == "pass"


def test_a_private_repository_may_hear_of_vulnerabilities() -> None:

    private = replace(issue().repository, private=True)
    assert verdict("security-report", issue("XSS i søgefeltet", repository=private)) == "n/a"


def test_a_person_who_took_the_security_label_off_is_right() -> None:
    off = issue("XSS i søgefeltet", history=(event("It-sikkerhed", added=False, actor=IDA),))
    assert verdict("security-report", off) == "n/a"


def test_a_bots_issue_is_no_report() -> None:
    by_bot = issue("Sikkerhedshul i upload", author=Account("scanner[bot]", is_bot=True))
    assert verdict("security-report", by_bot) == "pass"
