"""A product whose guidelines stand in another of its repositories."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from index.passages import Citation
from os2kb.demo.github.world.state import Repository
from os2kb.observe.observe import Observation, Observer
from os2kb.policy.grants import Grant
from os2kb.subjects import Subject
from tests.service.running import World

API, DOCS = "os2display/api", "os2display/docs"
RULE = "Hver pull request skal henvise til et issue."
NEW_RULE = "Fra i dag skal en pull request henvise til nummeret på sit issue."
BRANCH = "Opret en ny branch til arbejdet, for eksempel feature/kalender."
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {API}:
    id: 101
    labels: {{mangler issue: d73a4a}}
    collaborators: {{kim: admin, bo: write}}
    files:
      .github/os2kb.yml: |
        version: 1
        mode: act
        labels: {{status: {{needs-issue: mangler issue}}}}
        guidelines:
          source: {DOCS}:guidelines/CONTRIBUTING.md
          rules: {{linked-issue: required, branch-name: advise}}
      .github/ISSUE_TEMPLATE/fejl.yml: "name: Fejl\\nbody: []\\n"
      CONTRIBUTING.md: "# Her\\n\\nHver pull request skal henvise til et issue her.\\n"
    branches:
      ret: {{commits: [{{by: bo, message: Ret, files: {{src/a.py: a}}}}]}}
    issues: [{{title: Fejl, by: ida}}]
    pulls: [{{title: Ret, body: Retter det, by: bo, head: ret}}]
  {DOCS}:
    id: 102
    collaborators: {{kim: admin}}
    files:
      guidelines/CONTRIBUTING.md: "# Bidrag\\n\\n## Issues\\n\\n{RULE}\\n"
      guidelines/git.md: "# Git\\n\\n## Grene\\n\\n{BRANCH}\\n"
      guidelines/logo.png: "\\0\\0"
      guidelines/data.csv: "{BRANCH}\\n"
      guidelines/old/git.md: "# Gammelt\\n\\n{BRANCH}\\n"
  os2other/docs:
    id: 103
    files: {{CONTRIBUTING.md: "# Andre\\n\\n{RULE}\\n"}}
"""


PRODUCTS = "products:\n  os2display:\n    repositories: [os2display/*]\n"
GRANT = Grant("os2display", repositories=("os2display/*",))
PULL = 2


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at


def look(observer: Observer, number: int = PULL) -> Observation:
    return observer.observe(Subject(101, number, API))


def cited(observer: Observer, rule: str = "linked-issue") -> Citation | None:
    return look(observer).facts.citations.get(rule)


def repository(github: World, full_name: str) -> Repository:
    found = github.github.find(*full_name.split("/"))
    assert found is not None
    return found


def head(github: World, full_name: str = DOCS) -> str:
    return repository(github, full_name).branches["main"]


def rule_by(github: World, source: str) -> None:
    """Let the Policy name these guidelines."""
    write(
        github,
        API,
        ".github/os2kb.yml",
        "version: 1\nmode: act\nlabels: {status: {needs-issue: mangler issue}}\n"
        f"guidelines: {{source: {source}, rules: {{linked-issue: required, branch-name: advise}}}}",
    )


def write(github: World, full_name: str, path: str, text: str) -> None:
    with github.person("kim") as kim:
        address = f"/repos/{full_name}/contents/{path}"
        known = kim.get(address)
        sha = {"sha": known.json()["sha"]} if known.is_success else {}
        body = {"message": "Ret", "content": b64encode(text.encode()).decode(), **sha}
        assert kim.put(address, json=body).is_success


def stands_there(github: World, citation: Citation) -> bool:
    """Whether the quote stands at the commit, path and lines that its address names."""
    owner, name, _, commit, path = urlsplit(citation.url).path.strip("/").split("/", 4)
    text = repository(github, f"{owner}/{name}").commits[commit].tree[path].decode()
    first, last = citation.lines
    return citation.quote in "\n".join(text.split("\n")[first - 1 : last])
