"""What rules need, in one GraphQL read: a pull request's lists, issues, files and documents.

A list that goes on costs one more read for each further page.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from os2kb.forges.github.graphql.lists import Json, Lists, Reader
from os2kb.forges.github.graphql.scene import TEXT, text
from os2kb.forges.github.transport import Transport
from os2kb.forges.scene import (
    At,
    Details,
    Document,
    File,
    Folder,
    Text,
    Tip,
    Wanted,
    organisation_of,
)
from os2kb.governance.facts import Linked

_ISSUE = """{ __typename
      ... on Issue { number title state labels(first: 100) { nodes { name } } } }"""
_FOLDER = "__typename ... on Tree { entries { name object { ...Text } } }"
_NAMES = "__typename ... on Tree { entries { name type } }"
# How to ask for a place, by the letter that its name in the query begins with.
_ASKED = {"f": "{ ...Text }", "d": f"{{ {_FOLDER} }}", "g": f"{{ ...Text {_NAMES} }}"}
_TIP = "nameWithOwner isPrivate url defaultBranchRef { name target { oid } }"


def details(
    github: Transport, full_name: str, url: str, number: int, login: str, wanted: Wanted
) -> Details:
    """What is wanted of a repository and of one of its pull requests.

    Args:
        url: the repository's own address, which those of its files begin with.
        login: our own.
    """
    lists = Lists(wanted.parts, Reader(login, github.access.app_id))
    once = _Once(full_name, url, wanted)
    answered: Json = {}
    while not answered or lists.open:
        query, variables = _query(once if not answered else None, lists, full_name, number)
        answer = github.graphql(
            full_name,
            query,
            variables,
            may_lack=once.may_lack,
            may_hide=lists.may_hide | once.may_hide,
        )
        lists.take(answer.data["repository"].get("pull"), answer.lost)
        answered = answered or answer.data
    return once.details(answered, lists)


class _Once:
    """What needs no second page: issues, files, folders, documents and templates."""

    def __init__(self, full_name: str, url: str, wanted: Wanted) -> None:
        self._wanted, self._full_name = wanted, full_name
        self._urls = {
            full_name: url,
            organisation_of(full_name): f"{url.rpartition('/')[0]}/.github",
        }
        self._places = {
            **{f"f{n}": at for n, at in enumerate(wanted.files)},
            **{f"d{n}": at for n, at in enumerate(wanted.folders)},
            **{f"g{n}": at for n, at in enumerate(wanted.documents)},
        }
        # What another repository does not show us is no reason to stop here.
        self.may_hide = frozenset(f"e{n}" for n in range(len(wanted.elsewhere)))
        self.may_lack = self.may_hide | {"organisation", *(f"i{n}" for n in wanted.issues)}

    @property
    def variables(self) -> dict[str, str]:
        """Where each file, folder and document is."""
        found = {name: f"{at.commit}:{at.path}" for name, at in self._places.items()}
        for n, one in enumerate(self._wanted.elsewhere):
            found[f"e{n}o"], _, found[f"e{n}n"] = one.full_name.partition("/")
            commit = one.commit or "HEAD"
            found |= {f"e{n}p{place}": f"{commit}:{path}" for place, path in enumerate(one.paths)}
        return found

    def query(self, full_name: str) -> str:
        """What to ask of one of the two repositories."""
        asked = [
            f"{name}: object(expression: ${name}) {_ASKED[name[0]]}"
            for name, at in self._places.items()
            if at.full_name == full_name
        ]
        if full_name == self._full_name:
            asked += [
                f"i{n}: issueOrPullRequest(number: {n}) {_ISSUE}" for n in self._wanted.issues
            ]
            asked += ["pullRequestTemplates { filename body }"] * self._wanted.templates
        return "\n    ".join(asked)

    @property
    def query_elsewhere(self) -> str:
        """What to ask of other repositories."""
        return " ".join(
            f"e{n}: repository(owner: $e{n}o, name: $e{n}n) {{ {_TIP} "
            + " ".join(
                f"p{place}: object(expression: $e{n}p{place}) {_ASKED['g']}"
                for place, _ in enumerate(one.paths)
            )
            + " }"
            for n, one in enumerate(self._wanted.elsewhere)
        )

    def details(self, data: Json, lists: Lists) -> Details:
        """Everything found."""
        files = {at: self._file(data, f"f{n}", at) for n, at in enumerate(self._wanted.files)}
        folders = {at: self._folder(data, f"d{n}", at) for n, at in enumerate(self._wanted.folders)}
        documents = {
            at: self._document(data, f"g{n}", at) for n, at in enumerate(self._wanted.documents)
        }
        tips, more = self._elsewhere(data)
        here = data["repository"]
        issues = [here[f"i{n}"] for n in self._wanted.issues if here.get(f"i{n}")]
        return Details(
            commits=lists.found("commits"),
            commits_cut="commits" in lists.cut,
            reviews=lists.found("reviews"),
            threads=lists.found("threads"),
            checks=lists.found("checks"),
            issues=tuple(_linked(one) for one in issues if one["__typename"] == "Issue"),
            files=MappingProxyType(files),
            folders=MappingProxyType(folders),
            documents=MappingProxyType(documents | more),
            tips=MappingProxyType(tips),
            templates=_templates(here["pullRequestTemplates"]) if self._wanted.templates else None,
        )

    def _node(self, data: Json, name: str, at: At) -> Any:
        place = "repository" if at.full_name == self._full_name else "organisation"
        return (data.get(place) or {}).get(name)

    def _file(self, data: Json, name: str, at: At) -> Text:
        return text(self._node(data, name, at), at.path, self._above(at))

    def _folder(self, data: Json, name: str, at: At) -> tuple[File, ...]:
        return _files(self._node(data, name, at), at.path, self._above(at))

    def _document(self, data: Json, name: str, at: At) -> Document:
        return _document(self._node(data, name, at), at.path, self._above(at))

    def _elsewhere(self, data: Json) -> tuple[dict[str, Tip], dict[At, Document]]:
        tips: dict[str, Tip] = {}
        documents: dict[At, Document] = {}
        for n, one in enumerate(self._wanted.elsewhere):
            node = data.get(f"e{n}") or {}
            tip = tips[one.full_name] = _tip(node, one.full_name)
            commit = one.commit or tip.head
            above = f"{tip.url}/blob/{commit}"
            for place, path in enumerate(one.paths) if tip.head else ():
                at = At(tip.full_name, commit, path)
                documents[at] = _document(node[f"p{place}"], path, above)
        return tips, documents

    def _above(self, at: At) -> str:
        return f"{self._urls[at.full_name]}/blob/{at.commit}"


def _query(
    once: _Once | None, lists: Lists, full_name: str, number: int
) -> tuple[str, dict[str, Any]]:
    """The text of a query and its variables; without `once`, of further pages only."""
    owner, _, name = full_name.partition("/")
    home = organisation_of(full_name)
    places = once.variables if once else {}
    variables: dict[str, tuple[str, Any]] = {
        "owner": ("String!", owner),
        "name": ("String!", name),
        **({"number": ("Int!", number)} if lists.open else {}),
        **{part: ("String", cursor) for part, cursor in lists.open.items()},
        **{place: ("String!", where) for place, where in places.items()},
    }
    declared = ", ".join(f"${variable}: {kind}" for variable, (kind, _) in variables.items())
    here = f"databaseId {lists.query} {once.query(full_name) if once else ''}"
    query = f"query Details({declared}) {{ repository(owner: $owner, name: $name) {{ {here} }}"
    if once and home != full_name and (above := once.query(home)):
        query += f' organisation: repository(owner: $owner, name: ".github") {{ {above} }}'
    if once:
        query += f" {once.query_elsewhere}"
    query += " }" + (f" {TEXT}" if places else "")
    return query, {variable: value for variable, (_, value) in variables.items()}


def _document(node: Json | None, path: str, above: str) -> Document:
    if node is None or node["__typename"] != "Tree":
        return text(node, path, above)
    entries = node["entries"] or ()
    return Folder(path, tuple(str(one["name"]) for one in entries if one["type"] == "blob"))


def _files(node: Json | None, path: str, above: str) -> tuple[File, ...]:
    """The files of a folder that are text, without those of folders in it."""
    entries = (node or {}).get("entries") or ()
    found = (text(one["object"], f"{path}/{one['name']}", above) for one in entries)
    return tuple(file for file in found if isinstance(file, File))


def _tip(node: Json, full_name: str) -> Tip:
    branch = node.get("defaultBranchRef")
    if not branch:
        return Tip(full_name)
    return Tip(
        full_name=str(node["nameWithOwner"]),
        private=bool(node["isPrivate"]),
        url=str(node["url"]),
        branch=str(branch["name"]),
        head=str(branch["target"]["oid"]),
    )


def _linked(node: Json) -> Linked:
    return Linked(
        number=int(node["number"]),
        title=str(node["title"]),
        open=node["state"] == "OPEN",
        labels=tuple(str(label["name"]) for label in (node["labels"] or {"nodes": ()})["nodes"]),
    )


def _templates(nodes: list[Json] | None) -> Mapping[str, str]:
    return MappingProxyType(
        {str(one["filename"] or ""): str(one["body"] or "") for one in nodes or ()}
    )
