"""The overview of a log, kept up by one pull request: opened, made anew, closed when up to date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.passages import Language
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Home, Proposal
from os2kb.decisions.writing.index_page import MARKER, index_page
from os2kb.governance.actions import Propose, Withdraw
from os2kb.governance.actions.decisions import BECAUSE, WITHDRAW, WITHDRAWN, digest
from os2kb.governance.comments.render import comment, text
from os2kb.governance.decision_log.written import written_before
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.governance.receipts import Receipt
from os2kb.phrases import Phrase
from os2kb.policy.sections.decisions import Decisions

BRANCH = "beslutning/oversigt"
_NAME = "index.md"
_TITLE = Phrase("Opdatér oversigten over beslutninger", "Update the overview of decisions")
_UP_TO_DATE = Phrase(
    "Oversigten siger nu det samme som loggen, så her er intet at flette.",
    "The overview now says what the log says, so there is nothing to merge here.",
)


@dataclass(frozen=True, slots=True)
class Overview:
    """The page as it is, and as it is to be.

    Attributes:
        path: in the repository.
        there: what it says; None where there is none.
        wanted: what it is to say.
    """

    home: Home
    path: str
    there: str | None
    wanted: str

    @property
    def is_up_to_date(self) -> bool:
        """Whether it says what the log says."""
        return self.there == self.wanted


def page_of(section: Decisions, files: Iterable[str]) -> str:
    """The path of the page that may have to be kept up; empty for none.

    Args:
        section: of the Policy in force where the log lives.
        files: that are there.
    """
    path = f"{section.path.strip('/')}/{_NAME}"
    if section.overview is False or section.format not in ("files", "adr"):
        return ""
    return path if section.overview or path in files else ""


def overview_of(
    section: Decisions, home: Home, path: str, there: str | None, entries: Iterable[Entry]
) -> Overview | None:
    """The overview; None where nobody asked for one, or the page is a person's own."""
    if there is not None and MARKER not in there:
        return None
    folder = PurePosixPath(section.path.strip("/"))
    files = {str(PurePosixPath(one.path).relative_to(folder)): one.decision for one in entries}
    return Overview(home, path, there, index_page(files)) if files else None


def overview_actions(
    overview: Overview, proposal: Proposal, receipts: Sequence[Receipt], language: Language
) -> tuple[Propose | Withdraw, ...]:
    """What is to be done, at most one write.

    What a person wrote on the branch stays, and so does one that a person closed.

    Args:
        overview: the page.
        proposal: from its branch.
        receipts: of this overview in our ledger.
        language: of the log's product.
    """
    is_open = bool(proposal.number) and proposal.state == "open"
    if is_open and not _is_ours(overview, proposal, receipts):
        return ()
    if overview.is_up_to_date:
        return (_withdrawn(overview, proposal, language),) if is_open else ()
    if is_open and proposal.files.get(overview.path) == overview.wanted:
        return ()
    refused = proposal.number and proposal.state == "closed"
    if refused and not _closed_by_us(overview, proposal, receipts):
        return ()
    return (_proposed(overview, proposal, language),)


def _is_ours(overview: Overview, proposal: Proposal, receipts: Sequence[Receipt]) -> bool:
    """Whether the branch says what we wrote there, and nothing else."""
    there = proposal.files.get(overview.path)
    ours = {one.text for one in written_before(receipts)}
    return set(proposal.files) <= {overview.path} and (there is None or digest(there) in ours)


def _closed_by_us(overview: Overview, proposal: Proposal, receipts: Sequence[Receipt]) -> bool:
    said = f"{overview.home.full_name}#{proposal.number}"
    closed = (one for one in receipts if one.action == WITHDRAW and one.state != "skipped")
    return any(one.content == said for one in closed)


def _withdrawn(overview: Overview, proposal: Proposal, language: Language) -> Withdraw:
    said = Markdown(_UP_TO_DATE.in_language(language))
    body = comment(WITHDRAWN, lambda _: said)
    return Withdraw(overview.home, proposal.number, body, because=BECAUSE)


def _proposed(overview: Overview, proposal: Proposal, language: Language) -> Propose:
    title = _TITLE.in_language(language)
    home = overview.home
    body = text("overview", language, page=overview.path, branch=home.branch)
    return Propose(
        home=home,
        branch=BRANCH,
        expects=proposal.head,
        files=((overview.path, overview.wanted),),
        because=BECAUSE,
        message=title,
        title=title,
        body=str(body).rstrip(),
        reopens=proposal.state == "closed",
        anew=True,
    )
