"""Forms that people send from a demo's pages, without a script.

Only a page of ours can send one, lest another site in the same browser did.
"""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

_HOSTS = ("127.0.0.1", "localhost")


def is_ours(request: Request) -> bool:
    """Whether the form stood on a page of ours; what is no browser sends no origin."""
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin", f"http://{host}")
    return host.partition(":")[0] in _HOSTS and origin == f"http://{host}"


async def read_form(request: Request, longest: int) -> Mapping[str, str]:
    """What was sent, field by field; empty where the request is too long or no form.

    Args:
        request: the one that sent it.
        longest: characters of its longest text.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > 12 * longest:  # a character is up to four bytes, and each of them `%F0`
            return {}
    try:
        fields = parse_qs(content.decode("utf-8", "replace"), max_num_fields=8)
    except ValueError:
        return {}
    return {name: said[0].replace("\r\n", "\n") for name, said in fields.items()}
