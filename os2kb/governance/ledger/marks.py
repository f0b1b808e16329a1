"""Our marks: which comments are ours, and what the ledger says of them."""

import re
from hashlib import sha256

from os2kb.governance.facts import Comment, Facts
from os2kb.governance.receipts import Receipt

NOT_CALLED_FOR = "no longer called for"
"""The note of a write that was cut off and that nobody wanted any more: it was never made."""
ALREADY_SO = "already so"
"""The note of a write that was not needed."""
_PINNED = re.compile(r"/blob/[0-9a-f]{40,64}/")


def marker_line(marker: str) -> str:
    """The first line of our comment with this marker."""
    return f"<!-- os2kb:{marker} -->"


def carries(marker: str, body: str) -> bool:
    """Whether a text opens with this marker. In anybody else's comment it means nothing."""
    return body.lstrip().startswith(marker_line(marker))


def own_comment(facts: Facts, marker: str) -> Comment | None:
    """Our comment that carries a marker."""
    ours = (comment for comment in facts.comments if comment.author.is_self)
    return next((comment for comment in ours if carries(marker, comment.body)), None)


def latest(receipts: tuple[Receipt, ...], *keys: str) -> Receipt | None:
    """The newest receipt for any of these actions: the last row, whatever the clock said."""
    return next((receipt for receipt in reversed(receipts) if receipt.action in keys), None)


def settled(receipts: tuple[Receipt, ...], key: str) -> bool:
    """Whether an action was ever carried out, or undone since, so that it is not made again.

    One that was only skipped changed nothing and may be called for another time.
    """
    return any(one.action == key and one.state in ("applied", "undone") for one in receipts)


def is_said(facts: Facts, key: str, content: str) -> bool:
    """Whether the last that became of a check was to say just this, or to be refused it.

    Where somebody asked for our checks again, it has to be said again.
    """
    receipt = latest(facts.receipts, key)
    if facts.checks_again or receipt is None or receipt.content != content:
        return False
    return receipt.state != "planned" and receipt.note != NOT_CALLED_FOR


def stored_hash(text: str) -> str:
    """A hash of a text that is the same before and after a forge has stored it.

    A forge changes line endings, and what is blank at the end of lines and of the text.
    """
    stored = "\n".join(line.rstrip() for line in text.replace("\r", "").strip().split("\n"))
    return sha256(f"{stored}\n".encode("utf-8", "surrogatepass")).hexdigest()


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in no more than what a forge changes when it stores them."""
    return stored_hash(one) == stored_hash(other)


def unpinned(text: str) -> str:
    """A text without the commits that its links are pinned to.

    A quote that stands where it stood is as true at the commit it was read at before: that others
    work on the guideline's repository is no reason to write anew.
    """
    return _PINNED.sub("/blob/…/", text)


def edited_by_a_person(facts: Facts, comment: Comment, key: str) -> bool:
    """Whether our comment says what none of our writes under this key ever put there.

    A write that was cut off may have got through, so one that is planned counts. Where the ledger
    knows of no write at all, a comment that was never edited is as we wrote it. One that came along
    when the subject was moved here is as we wrote it if we ever wrote just that, wherever it was.
    """
    written = {
        receipt.content
        for receipt in facts.receipts
        if receipt.action == key and receipt.state in ("applied", "planned")
    }
    if not written and facts.moved_at and comment.created_at <= facts.moved_at:
        return stored_hash(comment.body) not in facts.written_before
    if not written:
        return comment.updated_at > comment.created_at
    return stored_hash(comment.body) not in written
