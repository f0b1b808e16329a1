"""A repository's issues that carry a label, as entries of a decision log."""

from collections.abc import Iterable, Mapping

from os2kb.decisions.reading.issue import entry_of_issue
from os2kb.decisions.writing.files import written_file
from os2kb.forges.labelled import labelled_issue
from os2kb.forges.port import Forge
from os2kb.governance.facts import Repository
from os2kb.knowledge.sources.fetched import Left, Page
from os2kb.knowledge.sources.question_page import VULNERABILITY, looks_like_a_vulnerability
from os2kb.products.remote import Remote

_NONE = "no decision: a duplicate, or a template that was not filled in"


def read_decisions(
    remote: Remote, forge: Forge, repository: Repository, known: Mapping[str, str]
) -> Iterable[Page | Left]:
    """Every issue with the label, each as the file that an entry of its own would be."""
    for issue in forge.labelled(repository, remote.label):
        path, tag = f"{issue.number}.md", issue.updated_at.isoformat()
        if known.get(path) == tag:
            yield Page(path, tag, None)
            continue
        entry = entry_of_issue(labelled_issue(repository.full_name, issue), {})
        if looks_like_a_vulnerability(issue.title, [issue.body]):
            yield Left(path, VULNERABILITY, tag)
        elif entry is None:
            yield Left(path, _NONE, tag)
        else:
            yield Page(path, tag, written_file(entry.decision).encode())
