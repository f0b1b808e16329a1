"""What a form sends, read within bounds."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request

LARGEST_FORM = 128 * 1024
_MOST_FIELDS = 50
Form = Mapping[str, str]


async def form_of(request: Request) -> Form:
    """The fields of a form; none where it is too large or no form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return {}
    try:
        fields = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return {}
    return {name: value.replace("\r\n", "\n") for name, value in fields}


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site sends it (Fetch Metadata); it need not say."""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
