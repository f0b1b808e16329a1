"""Settings of the web: what belongs together, and secrets that cannot be tried out."""

import pytest

from os2kb.settings import BadSettings, load_settings

OAUTH = {"oauth_client_id": "Iv1.x", "oauth_client_secret": "y", "public_url": "https://x.example"}


def test_the_client_is_whole_or_absent():
    assert load_settings(_env_file=None, **OAUTH).oauth_client_id == "Iv1.x"
    assert load_settings(_env_file=None).oauth_client_id == ""


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("oauth_client_id", "OS2KB_OAUTH_CLIENT_ID and OS2KB_OAUTH_CLIENT_SECRET go together"),
        ("oauth_client_secret", "OS2KB_OAUTH_CLIENT_ID and OS2KB_OAUTH_CLIENT_SECRET go together"),
        ("public_url", "OS2KB_PUBLIC_URL is not"),
    ],
)
def test_what_lacks_is_named(left_out: str, named: str):
    given = {name: value for name, value in OAUTH.items() if name != left_out}
    with pytest.raises(BadSettings, match=named):
        load_settings(_env_file=None, **given)


@pytest.mark.parametrize("name", ["session_key", "console_token"])
def test_a_secret_that_could_be_tried_out_is_refused_and_not_repeated(name: str):
    with pytest.raises(BadSettings, match="openssl rand") as refused:
        load_settings(_env_file=None, **{name: "hemmelig"})
    assert "hemmelig" not in str(refused.value)
