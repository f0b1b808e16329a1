"""A small world for the tests of the demo GitHub: one public and one private repository."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import httpx
from github import Auth, Github, GithubIntegration

from os2kb.demo.github import GitHub, make_key, plant, read_seed, running
from os2kb.demo.github.world.git import find_commit

SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
organisations:
  os2display: {name: OS2display, teams: {koordination: [ida, kim]}}
  os2forms: {name: OS2forms}
installations:
  - {account: os2display, id: 71}
  - {account: os2forms, id: 72, permissions: {issues: read}}
repositories:
  os2display/api:
    id: 101
    description: Skærmenes API
    renamed_from: [os2display/old-api]
    labels: {Bug: d73a4a, Spørgsmål: {color: cc317c, description: Et spørgsmål}, a/b: ffffff}
    collaborators: {ida: admin, kim: maintain}
    milestones: ["1.0"]
    files:
      README.md: "# Skærme\\n\\nTæl til tre.\\n"
      docs/CONTRIBUTING.md: "# Sådan bidrager du\\n\\n1. Opret en issue\\n"
    branches:
      feature/upload:
        commits:
          - {by: bo, message: Gem billeder, files: {src/upload.py: "print('hej')\\n"}}
    issues:
      - {title: Kan ikke logge ind, body: Det virker ikke, by: bo, labels: [Bug],
         at: 2026-03-02T08:15:00Z, comments: [{by: kim, body: "Hvilken browser?"}]}
      - {title: Slettet, by: bo, deleted: true}
      - {title: Ikke nu, by: bo, state: closed, state_reason: not_planned}
    pulls:
      - {title: Gem billeder, body: "Løser #1", by: bo, head: feature/upload}
  os2display/secret: {id: 102, private: true, collaborators: {kim: read},
    issues: [{title: Hemmelig, by: kim}]}
  os2forms/forms: {id: 103, labels: {Bug: d73a4a}, issues: [{title: Formular, by: bo}]}
"""

PRIVATE_KEY, PUBLIC_KEY = make_key()


@dataclass
class SmallWorld:
    """The demo GitHub and ways to talk to it."""

    github: GitHub
    url: str
    people: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return self.url + "/api/v3"

    @property
    def head(self) -> str:
        """The sha of the pull request's head."""
        commit = find_commit(self.github.repositories[101], "feature/upload")
        assert commit is not None
        return commit.sha

    @cached_property
    def integration(self) -> GithubIntegration:
        """PyGithub as the app."""
        return GithubIntegration(auth=Auth.AppAuth(4242, PRIVATE_KEY), base_url=self.api)

    @cached_property
    def app_http(self) -> httpx.Client:
        """Plain HTTP as the app itself."""
        return self._http(Auth.AppAuth(4242, PRIVATE_KEY).token)

    @cached_property
    def bot_http(self) -> httpx.Client:
        """Plain HTTP as the app's installation on os2display."""
        return self._http(self.integration.get_access_token(71).token)

    def person_http(self, login: str) -> httpx.Client:
        """Plain HTTP as a person; nobody in particular where the login is empty."""
        if login not in self.people:
            self.people[login] = self._http(f"person-{login}" if login else "")
        return self.people[login]

    def bot(self) -> Github:
        """PyGithub as the app's installation on os2display, which looks before it retries."""
        auth = Auth.AppAuth(4242, PRIVATE_KEY).get_installation_auth(71)
        return self._pygithub(auth)

    def person(self, login: str) -> Github:
        """PyGithub as a person."""
        return self._pygithub(Auth.Token(f"person-{login}"))

    def _pygithub(self, auth: Auth.Auth) -> Github:
        # By default PyGithub waits a second between writes; loopback needs no such manners.
        return Github(
            auth=auth,
            base_url=self.api,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )

    def _http(self, token: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.api, headers=headers, trust_env=False, verify=False)


def alone(github: GitHub, public_key: str) -> AbstractContextManager[str]:
    """A server of its own, for a world that lives as long as others come and go."""
    return running(github, public_key=public_key)


@contextmanager
def small_world(
    serve: Callable[[GitHub, str], AbstractContextManager[str]] = alone,
) -> Iterator[SmallWorld]:
    """A fresh small world, served while the block runs."""
    github = GitHub()
    plant(github, read_seed(SEED), PUBLIC_KEY)
    with serve(github, PUBLIC_KEY) as url:
        yield SmallWorld(github, url)
