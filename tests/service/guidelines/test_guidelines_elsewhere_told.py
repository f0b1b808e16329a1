"""What the doctor and the status comment say of guidelines that stand in another repository."""

import json
from pathlib import Path

from tests.service.guidelines.elsewhere import (
    API,
    DOCS,
    NEW_RULE,
    PULL,
    RULE,
    head,
    repository,
    rule_by,
    write,
)
from tests.service.running import Service, World, installed_beside, service


def doctor(installed: Service) -> tuple[str, str]:
    items = json.loads(installed.run("doctor", "--json", "--english").stdout)["items"]
    (check,) = [one for one in items if one["part"] == f"Policy of {API}"]
    return check["verdict"], f"{check['detail']} {check['cure']}"


def test_the_doctor_says_why_a_guideline_cannot_be_cited(
    github: World, tmp_path: Path, products: Path
):
    installed = installed_beside(tmp_path, github, products=str(products))
    assert doctor(installed) == ("ok", "valid ")
    repository(github, DOCS).private = True
    verdict, said = doctor(installed)
    assert verdict == "wrong"
    assert f"{DOCS}:guidelines/CONTRIBUTING.md: is private" in said
    rule_by(github, f"[CONTRIBUTING.md, {DOCS}x:a.md]")
    assert f"{DOCS}x:a.md: is not there, or not visible to us" in doctor(installed)[1]
    rule_by(github, "no.md")
    assert "no.md: holds no text that can be read" in doctor(installed)[1]
    write(github, API, ".github/os2kb.yml", "version: 1\npreset: os2borgerpc\nmode: act\n")
    verdict, said = doctor(installed)
    assert verdict == "ok"
    assert "contribution-guidelines.md: its repository is not among the product's" in said
    assert "without a single label" in said


def test_the_status_comment_follows_the_guideline_and_not_every_push(
    github: World, tmp_path: Path, products: Path
):
    def status() -> str:
        (said,) = github.bot_comments(API, PULL)
        return said

    def remark(running: Service, text: str) -> None:
        with github.person("kim") as kim:
            kim.post(f"/repos/{API}/issues/{PULL}/comments", json={"body": text})
        running.settle(github)

    with service(tmp_path, github, products=str(products)) as running:
        remark(running, "Se lige her")
        first = status()
        assert f"{DOCS}/blob/{head(github)}/guidelines/CONTRIBUTING.md" in first
        assert RULE in first
        write(github, DOCS, "README.md", "Noget andet\n")
        written = len(github.writes)
        remark(running, "Nu?")
        assert (status(), len(github.writes)) == (first, written)
        write(github, DOCS, "guidelines/CONTRIBUTING.md", f"# Bidrag\n\n{NEW_RULE}\n")
        remark(running, "Og nu?")
        assert NEW_RULE in status()
        assert f"{DOCS}/blob/{head(github)}/guidelines/CONTRIBUTING.md" in status()
