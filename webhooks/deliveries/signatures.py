"""Webhook signatures, checked over the raw bytes in constant time.

https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
"""

import hmac
from collections.abc import Sequence

from pydantic import SecretStr


def sign(body: bytes, secret: str) -> str:
    """The value of `X-Hub-Signature-256` for a body."""
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def is_signed(body: bytes, signature: str, secrets: Sequence[SecretStr]) -> bool:
    """Whether the signature fits the body under any of the secrets.

    All secrets are tried, so that the time taken does not tell which one fitted.
    """
    given = signature.encode("utf-8", "surrogatepass")
    fits = [
        hmac.compare_digest(sign(body, secret.get_secret_value()).encode(), given)
        for secret in secrets
    ]
    return any(fits)
