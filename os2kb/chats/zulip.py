"""Zulip (OS2 samtale), through its own client.

The client's habits that are not ours, and what is done about each: it sends again by itself what it
heard no answer to, reads `~/.zuliprc` and the environment, and follows a redirect with another
method. It says nothing of HTTP's status where it was answered in JSON, so `code` tells.

Zulip has nothing by which it would know a message again, so before one is sent we look among our
latest ones for its reference. One that is still on its way to the server's database when we look
again may come twice.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from os2kb.chats.plain import in_zulip, reference, topic, zulip_line
from os2kb.chats.port import Refused, Unreachable
from os2kb.version import VERSION

if TYPE_CHECKING:
    import zulip

# https://zulip.com/api/register-queue: max_message_length and max_topic_length are these or more.
LONGEST_MESSAGE = 10_000
LONGEST_TOPIC = 60
_LOOKED_THROUGH = 100
_SUBJECT = 200
# The codes that say that somebody has to change the settings, and the message is fine.
_NOT_LET_IN = ("INVALID_API_KEY", "UNAUTHORIZED", "USER_DEACTIVATED", "REALM_DEACTIVATED")
# https://zulip.com/api/rest-error-handling, https://zulip.com/api/send-message
_REFUSALS = (
    "STREAM_DOES_NOT_EXIST",
    "STREAM_WITH_ID_DOES_NOT_EXIST",
    "BAD_REQUEST",
    "REQUEST_VARIABLE_INVALID",
    "REQUEST_VARIABLE_MISSING",
    "TOPICS_REQUIRED",
)

_Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Zulip:
    """An account of a Zulip server.

    Args:
        site: where people read it.
    """

    site: str
    email: str
    key: SecretStr

    def tell(self, to: str, subject: str, text: str, once: str) -> str:
        """See `os2kb.chats.port.Chat`."""
        stream, _, named = to.removeprefix("zulip:").partition("/")
        client = self._client()
        me, mark = self._whoami(client), f"Ref. {reference(f'{to} {once}')}"
        sent = self._sent(client, int(me["user_id"]), stream, mark)
        if sent:
            return sent
        head = f"**{zulip_line(subject, _SUBJECT)}**\n\n" if named and subject.strip() else ""
        room = LONGEST_MESSAGE - len(head) - len(mark) - 2
        answer = self._ask(
            client,
            "messages",
            "POST",
            # As JSON: a name of digits alone would be taken for a number.
            type="stream",
            to=json.dumps(stream),
            topic=topic(named or subject, LONGEST_TOPIC) or "os2kb",
            content=f"{head}{in_zulip(text, room)}\n\n{mark}",
        )
        if "id" not in answer:
            raise self._odd()
        return str(answer["id"])

    def name(self) -> str:
        """What we are called there.

        Raises:
            Unreachable: it does not know us, or does not answer.
        """
        return str(self._whoami(self._client()).get("full_name", "?"))

    def streams(self) -> frozenset[str]:
        """The names, in lower case, of the streams that we can see.

        Raises:
            Unreachable: it does not know us, or does not answer.
        """
        answer = self._ask(self._client(), "streams", "GET")
        return frozenset(str(one["name"]).casefold() for one in answer["streams"])

    def _client(self) -> "zulip.Client":
        """A client of our own for each message: its session is not made for threads."""
        import zulip  # late: it takes a tenth of a second, and most never tell anybody anything
        from requests import RequestException

        try:
            client = zulip.Client(
                email=self.email,
                api_key=self.key.get_secret_value(),
                site=self.site,
                client=f"os2kb/{VERSION}",
                config_file=os.devnull,
                insecure=False,
                retry_on_errors=False,
            )
        except (RequestException, zulip.ZulipError) as error:
            raise self._silent() from error
        except (AssertionError, AttributeError) as error:  # how it tells what is no Zulip
            raise self._odd() from error
        assert client.session is not None  # it has just asked something  # noqa: S101
        client.session.max_redirects = 0
        return client

    def _whoami(self, client: "zulip.Client") -> _Answer:
        return self._ask(client, "users/me", "GET")

    def _sent(self, client: "zulip.Client", me: int, stream: str, mark: str) -> str:
        """The id of the message that carries a mark; empty for none.

        People may have moved it to another topic, or marked that as resolved.
        """
        narrow = [
            {"operator": "stream", "operand": stream},
            {"operator": "sender", "operand": me},
        ]
        answer = self._ask(
            client,
            "messages",
            "GET",
            anchor="newest",
            num_before=_LOOKED_THROUGH,
            num_after=0,
            narrow=narrow,
            apply_markdown=False,
        )
        ours = (one for one in answer.get("messages", ()) if one["content"].endswith(mark))
        return next((str(one["id"]) for one in ours), "")

    def _ask(self, client: "zulip.Client", url: str, method: str, **values: Any) -> _Answer:
        import zulip
        from requests import RequestException

        try:
            answer = client.call_endpoint(url, method, values)
        except (RequestException, zulip.ZulipError) as error:
            raise self._silent() from error
        if not isinstance(answer, dict):
            raise self._odd()
        code = answer.get("code", "")
        # The stream is unknown, or not for us; sending to it says which.
        if answer.get("result") == "success" or code == "BAD_NARROW":
            return answer
        if code == "RATE_LIMIT_HIT":
            raise _too_much(answer)
        if code in _NOT_LET_IN:
            raise Unreachable(
                f"{self.site} kender os ikke ({code}); se efter i OS2KB_ZULIP_EMAIL og "
                "OS2KB_ZULIP_KEY",
                f"{self.site} does not know us ({code}); check OS2KB_ZULIP_EMAIL and "
                "OS2KB_ZULIP_KEY",
            )
        if code in _REFUSALS:
            said = topic(str(answer.get("msg", "")), 200)
            raise Refused(
                f"{self.site} afviste beskeden: {said}. Findes kanalen, og må botten skrive i den?",
                f"{self.site} refused the message: {said}. Is the stream there, and may the bot "
                "write in it?",
            )
        raise self._odd()

    def _silent(self) -> Unreachable:
        return Unreachable(
            f"{self.site} svarer ikke; se efter i OS2KB_ZULIP_SITE",
            f"{self.site} does not answer; check OS2KB_ZULIP_SITE",
        )

    def _odd(self) -> Unreachable:
        return Unreachable(
            f"{self.site} svarer ikke, som Zulip gør; se efter i OS2KB_ZULIP_SITE",
            f"{self.site} does not answer as Zulip does; check OS2KB_ZULIP_SITE",
        )


def _too_much(answer: _Answer) -> Unreachable:
    try:
        pause = timedelta(seconds=min(max(float(answer.get("retry-after", 60)), 1), 3600))
    except (TypeError, ValueError):
        pause = timedelta(minutes=1)
    return Unreachable(
        "Zulip beder os vente; beskeden prøves igen",
        "Zulip asks us to wait; the message is tried again",
        pause,
    )
