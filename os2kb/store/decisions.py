"""Decision logs as they were last read: what the public page and `os2kb decisions list` show."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Engine, Select, delete, insert, select, update

from os2kb.decisions.as_data import entry_of, masked, with_texts
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.change import says_otherwise
from os2kb.store.tables import decision_logs, decisions

SOURCE = "source:"
"""How the keys of logs begin that are folders of knowledge, and no log that we keep in step."""

_ACCEPTED = "accepted"
# Another number where entries are kept in another form: each log is then written anew.
_KEPT_AS = 3


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """A log, and how far it was read.

    Attributes:
        key: its identity, `github:1296269:beslutninger` or `source:handbook`.
        product: whose it is; empty where it belongs to none.
        public: whether the world may see it. Nothing of another log reaches a public page.
        repository: its id; None for a folder on this machine.
        commit: empty where there is none.
    """

    key: str
    product: str
    public: bool
    repository: int | None = None
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a decision said when it was accepted, where it says something else now.

    Attributes:
        until: the commit that it was changed by, or that the change was first seen at; empty for an
            issue.
    """

    text: str
    until: str


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as the store holds it.

    Attributes:
        url: where people read it; empty for nowhere.
        accepted: as far as the change was seen here.
    """

    log: DecisionLog
    entry: Entry
    url: str
    accepted: Accepted | None = None


def keep_log(
    engine: Engine, log: DecisionLog, entries: Iterable[Entry], url: Callable[[Entry], str]
) -> bool:
    """Let these be the entries of a log, and no others; False where they were already.

    One transaction: nobody sees half a log. Where nothing changed, nothing is written. Personal
    data is masked on its way in.

    Args:
        url: where people read an entry.
    """
    rows: list[dict[str, Any]] = [{"url": url(one), "entry": with_texts(one)} for one in entries]
    mark = _mark(log, rows)
    known = select(decision_logs.c.mark, decision_logs.c.commit).where(
        decision_logs.c.key == log.key
    )
    with engine.connect() as connection:
        before = connection.execute(known).one_or_none()
    if before and tuple(before) == (mark, log.commit):
        return False
    values = {name: getattr(log, name) for name in DecisionLog.__slots__} | {"mark": mark}
    with engine.begin() as connection:
        if before is None:
            connection.execute(insert(decision_logs).values(values))
        else:
            same = decision_logs.c.key == log.key
            connection.execute(update(decision_logs).where(same).values(values))
        if before is None or before.mark != mark:
            own = decisions.c.log == log.key
            earlier = list(connection.execute(select(decisions.c.entry).where(own)).scalars())
            connection.execute(delete(decisions).where(own))
            written = [masked(row["entry"]) for row in rows]
            _carry_accepted(earlier, written, log.commit)
            placed = [
                {"log": log.key, "place": place, "url": row["url"], "entry": entry}
                for place, (row, entry) in enumerate(zip(rows, written, strict=True))
            ]
            if placed:
                connection.execute(insert(decisions), placed)
    return before is None or before.mark != mark


def forget_log(engine: Engine, key: str) -> None:
    """Keep nothing of a log any more: it is gone, or is no log of ours."""
    with engine.begin() as connection:
        connection.execute(delete(decisions).where(decisions.c.log == key))
        connection.execute(delete(decision_logs).where(decision_logs.c.key == key))


def every_log(engine: Engine) -> tuple[DecisionLog, ...]:
    """The logs that are kept, in order of their keys."""
    columns = [decision_logs.c[name] for name in DecisionLog.__slots__]
    statement = select(*columns).order_by(decision_logs.c.key)
    with engine.connect() as connection:
        return tuple(DecisionLog(*row) for row in connection.execute(statement))


def logged(
    engine: Engine, *, product: str | None = None, public_only: bool = False
) -> tuple[Logged, ...]:
    """The entries, log by log and in the order of each.

    Args:
        product: only this one's; empty for what belongs to none, None for all.
        public_only: leave out all of a log that the world may not see.
    """
    columns = [decision_logs.c[name] for name in DecisionLog.__slots__]
    statement = (
        select(*columns, decisions.c.entry, decisions.c.url)
        .join_from(decision_logs, decisions, decisions.c.log == decision_logs.c.key)
        .order_by(decision_logs.c.key, decisions.c.place)
    )
    if product is not None:
        statement = statement.where(decision_logs.c.product == product)
    with engine.connect() as connection:
        rows = connection.execute(_visible(statement, public_only=public_only)).all()
    return tuple(
        Logged(DecisionLog(*row[:-2]), entry_of(row[-2]), row[-1], _accepted(row[-2]))
        for row in rows
    )


def marks(engine: Engine, *, public_only: bool = False) -> str:
    """Changes whenever `logged` would give something else; one short read."""
    columns = decision_logs.c.key, decision_logs.c.mark
    statement = _visible(select(*columns).order_by(columns[0]), public_only=public_only)
    with engine.connect() as connection:
        return _digest([list(row) for row in connection.execute(statement)])


def _carry_accepted(
    earlier: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]], commit: str
) -> None:
    """Put into entries what they said when they were accepted, where that is another text now.

    Args:
        earlier: of the log as it was kept before.
        commit: that the log is at now.
    """
    known = {name: one for one in earlier for name in _names(one)}
    for one in now:
        before = next((known[name] for name in _names(one) if name in known), None)
        if before is None:
            continue
        accepted = before.get(_ACCEPTED)
        if accepted is None and before["status"] == "accepted":
            accepted = {
                "text": before["texts"]["decision"],
                "until": "" if one["format"] == "issues" else commit,
            }
        if accepted and says_otherwise(accepted["text"], one["texts"]["decision"]):
            one[_ACCEPTED] = accepted


def _names(entry: dict[str, Any]) -> list[str]:
    """What an entry is known again by: its file, where that is its own, or its number or title."""
    named = entry["id"] or entry["title"]
    alone = entry["format"] in ("files", "adr")
    return [*([f"path {entry['path']}"] if alone else []), f"named {named}"]


def _accepted(entry: dict[str, Any]) -> Accepted | None:
    return Accepted(**entry[_ACCEPTED]) if _ACCEPTED in entry else None


def _visible(statement: Select[Any], *, public_only: bool) -> Select[Any]:
    return statement.where(decision_logs.c.public) if public_only else statement


def _mark(log: DecisionLog, rows: list[dict[str, Any]]) -> str:
    return _digest([_KEPT_AS, log.product, log.public, log.repository, rows])


def _digest(data: object) -> str:
    return blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=16).hexdigest()
