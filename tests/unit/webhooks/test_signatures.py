from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from webhooks.deliveries.signatures import is_signed, sign

SECRETS = (SecretStr("old"), SecretStr("new"))


def test_githubs_own_example_fits():
    # https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    secrets = (SecretStr("It's a Secret to Everybody"),)
    assert is_signed(b"Hello, World!", signature, secrets)
    assert not is_signed(b"Hello, World?", signature, secrets)


@given(st.binary())
def test_either_secret_fits_while_rotating(body: bytes):
    assert is_signed(body, sign(body, "old"), SECRETS)
    assert is_signed(body, sign(body, "new"), SECRETS)


@given(st.binary(), st.text())
def test_nothing_else_fits(body: bytes, signature: str):
    assert not is_signed(body, signature, SECRETS)
    assert not is_signed(body, sign(body, "another"), SECRETS)
    assert not is_signed(body + b"x", sign(body, "new"), SECRETS)


def test_without_a_secret_nothing_fits():
    assert not is_signed(b"", sign(b"", ""), ())
