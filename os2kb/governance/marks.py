"""Our marks: which comments are ours, and what the ledger says of them."""

from os2kb.governance.facts import Comment, Facts
from os2kb.governance.receipts import Receipt


def marker_line(marker: str) -> str:
    """The first line of our comment with this marker."""
    return f"<!-- os2kb:{marker} -->"


def own_comment(facts: Facts, marker: str) -> Comment | None:
    """Our comment that carries a marker. A marker in anybody else's comment means nothing."""
    first = marker_line(marker)
    return next(
        (
            comment
            for comment in facts.comments
            if comment.author.is_self and comment.body.lstrip().startswith(first)
        ),
        None,
    )


def latest(receipts: tuple[Receipt, ...], *keys: str) -> Receipt | None:
    """The newest receipt for any of these actions; of two from one moment, the later row."""
    found = [
        (receipt.at, place) for place, receipt in enumerate(receipts) if receipt.action in keys
    ]
    return receipts[max(found)[1]] if found else None


def settled(receipts: tuple[Receipt, ...], key: str) -> bool:
    """Whether an action was carried out, or undone since, so that it is not made again.

    One that was skipped changed nothing and may be called for another time.
    """
    receipt = latest(receipts, key)
    return receipt is not None and receipt.state in ("applied", "undone")


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in no more than what a forge changes when it stores them."""
    return _stored(one) == _stored(other)


def _stored(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r", "").strip().split("\n"))
