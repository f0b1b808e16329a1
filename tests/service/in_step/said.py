"""What people say on an issue and its ticket, and the copies that the bot makes of it."""

from dataclasses import dataclass, field

from os2kb.backlog.sides import Side, other
from tests.service.in_step.office import Pair
from tests.service.in_step.people import People
from tests.service.in_step.saying import WORD

_QUESTION = "<!-- os2kb:conflict -->"


@dataclass
class Comment:
    """A person's comment.

    Attributes:
        words: what it has said, the latest last.
        role: who alone may see it; empty for everybody.
        meddled: what a person did to its copy: nothing, `edit` or `delete`.
        unsure: the bot was cut off since all was at rest: of a copy that it made just then, and
            that is gone since, it knows nothing.
        settled: what it said when a person said that the copy is right.
        doubtful: a person edited its copy when the bot had been cut off: it cannot know whether
            what stood there then was its own, and may ask.
    """

    side: Side
    id: int
    words: list[str]
    role: str = ""
    gone: bool = False
    meddled: str = ""
    copied: bool = False
    unsure: bool = False
    settled: str = ""
    doubtful: bool = False


@dataclass
class Comments:
    """All comments of a pair."""

    people: People
    pair: Pair
    said: list[Comment] = field(default_factory=list)

    def add(self, side: Side, role: str) -> None:
        word = self.people.new_word()
        made = self.people.comment(self.pair, side, self.people.text(side, word), role)
        self.said.append(Comment(side, made, [word], role))

    def change(self, which: int, how: str) -> None:
        if not self.said:
            return
        one = self.said[which % len(self.said)]
        if one.gone:
            return
        if how == "delete":
            self.people.delete_comment(self.pair, one.side, one.id)
            one.gone = True
            return
        word = self.people.new_word()
        one.words.append(word)
        text = self.people.text(one.side, word)
        self.people.edit_comment(self.pair, one.side, one.id, text)

    def change_copy(self, which: int, how: str) -> None:
        if not self.said:
            return
        one = self.said[which % len(self.said)]
        there = other(one.side)
        for id_, said in self._copies(one):
            if how == "delete":
                self.people.delete_comment(self.pair, there, id_)
            else:
                text = f"{said} rettet"
                self.people.edit_comment(self.pair, there, id_, text)
            one.meddled = how if how == "delete" or not one.meddled else one.meddled
            one.doubtful = one.doubtful or one.unsure

    def asked_about(self, ids: set[str]) -> None:
        """A person is asked about those that were edited, and their copies, too; no others."""
        for one in self.said:
            torn, asked = self._is_torn(one), str(one.id) in ids
            assert asked == torn or one.doubtful, f"{one}: asked about {asked}, not {torn}"

    def choose(self, id_: str, side: Side) -> None:
        """A person says which of a comment and its copy is right."""
        one = next(one for one in self.said if str(one.id) == id_)
        one.doubtful = False
        self.people.comment(self.pair, "github", f"/os2 jira sync {id_} {side}")
        if side == one.side:
            one.meddled = ""
        else:
            one.settled = one.words[-1]

    def see(self) -> None:
        """At no moment are there two copies, or one that nobody may see."""
        for one in self.said:
            copies = self._copies(one)
            assert len(copies) <= 1, f"{one} was copied {len(copies)} times"
            assert not copies or self._goes(one), f"{one} was copied"
            if copies and one.meddled == "delete":
                assert one.unsure, f"{one} was copied again"
                one.meddled = ""
            one.copied = one.copied or bool(copies)

    def cut_off(self) -> None:
        """The bot was killed, or a server failed, in the middle of a look."""
        for one in self.said:
            one.unsure = True

    def at_rest(self) -> None:
        """Each comment that may go has its copy, which says what it says now."""
        for one in self.said:
            copies, one.unsure = self._copies(one), False
            if not self._goes(one) or one.gone or one.meddled == "delete":
                continue
            assert copies, f"{one} was not copied"
            ((_, text),) = copies
            if one.meddled == "edit":
                assert "rettet" in text, f"what a person wrote in the copy of {one} is gone"
            else:
                assert one.words[-1] in text, f"the copy of {one} is old: {text}"

    def _is_torn(self, one: Comment) -> bool:
        """A copy keeps the word that it was made of, whoever edited it."""
        if one.gone or one.meddled != "edit" or not self._goes(one):
            return False
        latest = one.words[-1]
        return one.settled != latest and any(latest not in text for _, text in self._copies(one))

    def _goes(self, one: Comment) -> bool:
        jira = self.people.office.scene.jira(self.pair.subject.repository)
        way = jira["fields"]["comments"]
        if not (way == "both" or way.endswith(other(one.side))):
            return False
        return one.side == "github" or ("comments" in jira["public"] and not one.role)

    def _copies(self, one: Comment) -> list[tuple[int, str]]:
        """The bot's comments on the other side that hold a word of it."""
        if one.side == "jira":
            issue = self.people.office.issue(self.pair)
            # A question that tells of both is no copy.
            bots = (c for c in issue.comments if c.author.kind == "Bot")
            there = [(c.id, c.body) for c in bots if not c.body.startswith(_QUESTION)]
        else:
            ticket = self.people.office.ticket(self.pair)
            there = [(c.id, c.body) for c in ticket.comments if c.by.name == "os2kb"]
        return [(id_, text) for id_, text in there if set(WORD.findall(text)) & set(one.words)]
