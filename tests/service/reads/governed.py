"""A product whose Policy has every rule on, and one look at what is in it."""

import yaml

from os2kb.clock import now
from os2kb.demo.wire.traffic import Exchange
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from os2kb.governance.rules import REGISTRY
from os2kb.observe.observe import Observer
from os2kb.subjects import Subject
from tests.service.running import World

API = "os2display/api"
ISSUE, PULL = 1, 5
GUIDELINE = "# Regler\n\nHver pull request skal henvise til et issue.\n"
EVERY_RULE = {
    "version": 1,
    "labels": {"type": {"bug": "Bug"}},
    "escalation": {},
    "guidelines": {
        "source": "docs/CONTRIBUTING.md",
        "rules": {rule.id: "advise" for rule in REGISTRY}
        | {
            "title": {"level": "advise", "max_length": 69, "commits": True},
            "rights-transfer": {"level": "advise", "file": "docs/aftaler.md"},
        },
    },
}
SEED = {
    "app": {"id": 4242, "slug": "os2kb"},
    "people": ["ida", "bo", "kim"],
    "organisations": {"os2display": {"teams": {"maintainers": ["kim"]}}},
    "repositories": {
        API: {
            "id": 101,
            "labels": {"Bug": "d73a4a"},
            "collaborators": {"bo": "write", "kim": "maintain"},
            "files": {
                ".github/os2kb.yml": yaml.safe_dump(EVERY_RULE),
                ".github/ISSUE_TEMPLATE/fejl.yml": (
                    "name: Fejl\nbody:\n- type: input\n  attributes: {label: Kommune}\n"
                ),
                ".github/PULL_REQUEST_TEMPLATE.md": "## Hvad\n",
                "docs/CONTRIBUTING.md": GUIDELINE,
                "docs/aftaler.md": "- @bo\n",
                "CHANGELOG.md": "# Ændringslog\n\n## [Unreleased]\n",
            },
            "branches": {
                "feature/1-ret": {
                    "commits": [
                        {
                            "by": "bo",
                            "message": "Ret",
                            "files": {
                                "CHANGELOG.md": "# Ændringslog\n\n## [Unreleased]\n\n- Rettet\n",
                                ".github/os2kb.yml": "version: 1\n",
                            },
                        }
                    ]
                }
            },
            "issues": [
                {"title": "Fejl", "by": "ida", "comments": [{"by": "kim", "body": "Hm"}]},
                {"title": "Slettet", "by": "ida", "deleted": True},
                {"title": "Flyttet", "by": "ida", "moved_to": f"{API}#1"},
                {"title": "Låst", "by": "ida", "locked": True},
            ],
            "pulls": [
                {
                    "title": "Ret",
                    "body": "Lukker #1",
                    "by": "bo",
                    "head": "feature/1-ret",
                    "checks": [{"name": "test", "conclusion": "success", "app": 15368}],
                    "reviews": [
                        {
                            "by": "kim",
                            "state": "APPROVED",
                            "comments": [{"path": "CHANGELOG.md", "body": "Fint"}],
                        }
                    ],
                    "comments": [{"by": "kim", "body": "Tak"}],
                }
            ],
        },
        "os2display/.github": {
            "id": 100,
            "private": True,
            "files": {
                ".github/ISSUE_TEMPLATE/hemmelig.yml": (
                    "name: Hemmelig\nbody:\n- type: input\n  attributes: {label: Kontrakt}\n"
                ),
            },
        },
        "os2display/client": {
            "id": 103,
            "files": {
                ".github/os2kb.yml": "version: 1\nguidelines: {rules: {issue-form: advise}}\n"
            },
            "collaborators": {"kim": "admin"},
            "issues": [{"title": "Fejl", "body": "### Kontrakt\n", "by": "ida"}],
        },
        "os2display/old": {"id": 102, "archived": True, "issues": [{"title": "X", "by": "ida"}]},
    },
}


def subject(number: int, repository: str = API, identity: int = 101) -> Subject:
    return Subject(identity, number, repository)


def reads(github: World) -> list[Exchange]:
    """What was read; who we are and where we are installed is asked once for all subjects."""
    return [
        one
        for one in github.github.traffic.exchanges
        if one.path.endswith("/graphql")
        or (one.method == "GET" and one.path != "/app" and not one.path.endswith("/installation"))
    ]


def looked_at(github: World, observer: Observer, number: int) -> tuple[Facts, Plan, list[str]]:
    """The Facts and the Plan of a subject, and what was read for them."""
    github.github.traffic.clear()
    seen = observer.observe(subject(number))
    plan = decide(seen.facts, seen.policy, "observe", now())
    return seen.facts, plan, [f"{one.method} {one.path}" for one in reads(github)]
