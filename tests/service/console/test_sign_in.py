"""The door of the console: who comes in, by which way, and what cannot be forged."""

from collections.abc import Iterator
from http.cookiejar import Cookie
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from os2kb.store import sessions
from tests.service.console.consoled import SEED, TOKEN, Browser, Consoled, consoled
from tests.service.running import world

SESSION = "os2kb-session"
HOME = "Det, der venter på et menneske"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        yield running


@pytest.fixture
def browser(console: Consoled) -> Iterator[Browser]:
    with console.browser() as made:
        yield made


def cookie(browser: Browser, name: str = SESSION) -> Cookie:
    return next(one for one in browser.http.cookies.jar if one.name == name)


def is_out(browser: Browser, ticket: str) -> bool:
    """Whether a browser with that ticket, and no other, is asked to sign in."""
    headers = {"Cookie": f"{SESSION}={ticket}".encode()}
    answer = httpx.get(browser.http.base_url.join("/console"), headers=headers)
    return answer.headers.get("location", "").startswith("/console/sign-in")


def test_whoever_is_not_signed_in_is_asked_to_and_comes_to_the_page_they_wanted(browser: Browser):
    door = browser.get("/console?x=1")
    assert door.url.path == "/console/sign-in"
    assert "Log ind i konsollen" in door.text
    inside = browser.sign_in_with_token(to=door.url.params["to"])
    assert str(inside.url).endswith("/console?x=1")
    assert HOME in inside.text


def test_people_sign_in_with_github_and_are_called_what_they_are_called_there(browser: Browser):
    inside = browser.sign_in_with_github("ida")
    assert HOME in inside.text
    assert "@ida" in inside.text


@pytest.mark.parametrize("login", ["ida", "bo", "kim", "forms-maintainer"])
def test_a_role_in_the_products_file_or_at_github_opens_the_door(browser: Browser, login: str):
    assert browser.sign_in_with_github(login).status_code == 200


def test_whoever_has_no_role_is_told_so_and_whom_to_ask(browser: Browser):
    refused = browser.sign_in_with_github("outsider")
    assert refused.status_code == 403
    assert "@outsider" in refused.text
    assert "OS2KB_PRODUCTS" in refused.text
    assert SESSION not in [one.name for one in browser.http.cookies.jar]


def test_a_stranger_who_comes_again_and_again_does_not_use_up_what_github_answers_us(
    console: Consoled, tmp_path: Path
):
    def asked_of_them() -> int:
        every = console.world.github.traffic.exchanges
        return sum("outsider" in one.path for one in every)

    with consoled(tmp_path, console.world) as fresh, fresh.browser() as browser:
        before = asked_of_them()
        came = [browser.sign_in_with_github("outsider").status_code for _ in range(6)]
        assert came == [403] * 3 + [429] * 3
        # Of a product that names people, whether they are among the two named; else the role.
        assert asked_of_them() - before == 3 * 3
        assert browser.sign_in_with_github("ida").status_code == 200


def test_a_token_that_was_changed_lets_nobody_stay_in(console: Consoled, browser: Browser):
    browser.sign_in_with_token()
    by_token = cookie(browser).value or ""
    with console.signed_in("ida") as other:
        by_github = cookie(other).value or ""
    token = SecretStr("another token of the installation's own")
    for given in ({"console_token": token}, {"console_token": None}):
        folder = console.installation.settings.data_dir
        with consoled(folder, console.world, **given) as later, later.browser() as now:
            assert is_out(now, by_token)
            assert not is_out(now, by_github)


def test_a_wrong_token_opens_nothing_and_is_not_repeated(browser: Browser):
    refused = browser.sign_in_with_token("<b>gæt</b>")
    assert refused.status_code == 403
    assert "Det er ikke nøglen." in refused.text
    assert "gæt" not in refused.text
    assert browser.get("/console").url.path == "/console/sign-in"


def test_the_cookie_is_for_our_pages_alone(browser: Browser):
    browser.sign_in_with_token()
    held = cookie(browser)
    assert held.has_nonstandard_attr("HttpOnly")
    assert held.get_nonstandard_attr("SameSite") == "lax"
    assert (held.path, held.secure) == ("/", False)


def test_where_people_come_by_https_no_other_host_can_plant_the_cookie(
    console: Consoled, tmp_path: Path
):
    address = "https://viden.example.org"
    with consoled(tmp_path, console.world, public_url=address) as secure:
        answer = httpx.get(f"{secure.url}/console/sign-in", trust_env=False)
    (set_cookie,) = answer.headers.get_list("set-cookie")
    assert set_cookie.startswith("__Host-os2kb-way-in=")
    assert "Secure" in set_cookie
    assert "Path=/;" in set_cookie


def test_signing_in_gives_a_new_session_and_ends_the_one_before(browser: Browser):
    browser.sign_in_with_token()
    before = cookie(browser).value or ""
    browser.sign_in_with_github("ida")
    assert cookie(browser).value != before
    assert is_out(browser, before)


def test_a_ticket_that_somebody_else_wrote_opens_nothing(browser: Browser):
    browser.sign_in_with_token()
    good = cookie(browser).value or ""
    for forged in ("", "x", good[:-1], good.partition(".")[0], f"x{good}", "å" * 40, "." * 300):
        assert is_out(browser, forged), forged


def test_who_signs_out_is_out_also_where_the_cookie_was_copied(browser: Browser):
    browser.sign_in_with_token()
    copied = cookie(browser).value or ""
    left = browser.post("/console/sign-out", on="/console")
    assert left.url.path == "/console/sign-in"
    assert is_out(browser, copied)


def test_a_session_ends_by_itself_after_a_working_day(console: Consoled, browser: Browser):
    browser.sign_in_with_token()
    ticket = "billet"
    now = console.installation.now()
    sessions.begin(console.installation.database, ticket, "", "token", now, now)
    assert sessions.find(console.installation.database, ticket, now) is None


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org",
        "//example.org",
        "/\\example.org",
        "/console//example.org",
        "/consoleevil",
        "javascript:alert(1)",
        "/console/sign-in",
        "/console\r\nX: y",
        "/console/\u202e",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(browser: Browser, to: str):
    inside = browser.sign_in_with_token(to=to)
    assert inside.status_code == 200
    assert (inside.url.path, inside.url.query) == ("/console", b"")


def test_the_way_back_from_github_is_for_the_browser_that_set_out(console: Consoled):
    with console.browser() as attacker, console.browser() as victim:
        attacker.http.follow_redirects = False
        set_out = attacker.get("/console/sign-in/github")
        back = httpx.get(f"{set_out.headers['location']}&person=bo").headers["location"]
        victim.get("/console/sign-in")
        refused = victim.get(back.removeprefix(console.url))
    assert refused.status_code == 403
    assert "hvem du er" in refused.text


def test_a_code_is_worth_nothing_without_what_its_owner_set_out_with(console: Consoled):
    with console.browser() as thief, console.browser() as owner:
        owner.http.follow_redirects = thief.http.follow_redirects = False
        back = httpx.get(f"{owner.get('/console/sign-in/github').headers['location']}&person=bo")
        code = httpx.URL(back.headers["location"]).params["code"]
        own = thief.get("/console/sign-in/github").headers["location"]
        state = httpx.URL(own).params["state"]
        answer = thief.get("/console/sign-in/github/back", params={"code": code, "state": state})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("headers", "csrf"),
    [({}, ""), ({}, "x.y"), ({"Sec-Fetch-Site": "cross-site"}, None)],
)
def test_a_form_that_is_not_ours_does_nothing(
    browser: Browser, headers: dict[str, str], csrf: str | None
):
    browser.sign_in_with_token()
    given = browser.field(browser.get("/console")) if csrf is None else csrf
    refused = browser.http.post("/console/sign-out", data={"csrf": given}, headers=headers)
    assert refused.status_code == 403
    assert "Formularen er for gammel" in refused.text
    assert HOME in browser.get("/console").text


def test_the_form_of_another_session_does_nothing(console: Consoled, browser: Browser):
    browser.sign_in_with_token()
    with console.signed_in("bo") as other:
        csrf = other.field(other.get("/console"))
    assert browser.http.post("/console/sign-out", data={"csrf": csrf}).status_code == 403


def test_a_form_without_a_session_or_without_end_is_refused(browser: Browser):
    assert browser.http.post("/console/sign-out", data={"csrf": "x"}).status_code == 403
    assert browser.http.post("/console/sign-in", content=b"a" * 300_000).status_code == 403
    assert browser.http.post("/console/sign-in", content=b"token=%ff\xff&&&").status_code == 403


def test_pages_are_kept_nowhere_and_stand_in_no_frame(browser: Browser):
    for page in (browser.get("/console/sign-in"), browser.sign_in_with_token()):
        assert page.headers["cache-control"] == "no-store"
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_token_cannot_be_tried_out(console: Consoled, tmp_path: Path):
    with consoled(tmp_path, console.world) as fresh, fresh.browser() as guesser:
        tries = [guesser.sign_in_with_token(f"gæt {number}").status_code for number in range(12)]
        assert tries == [403] * 10 + [429] * 2
        assert guesser.sign_in_with_token(TOKEN).status_code == 429


@pytest.mark.parametrize(
    "settings",
    [
        {"session_key": None},
        {"console_token": None, "oauth_client_id": "", "oauth_client_secret": None},
    ],
)
def test_without_settings_the_console_says_how_to_switch_it_on(
    console: Consoled, tmp_path: Path, settings: dict[str, object]
):
    with consoled(tmp_path, console.world, **settings) as off, off.browser() as browser:
        for address in ("/console", "/console/sign-in", "/console/x/y"):
            page = browser.get(address)
            assert page.status_code == 404
            assert "OS2KB_CONSOLE_TOKEN" in page.text
            assert ("OS2KB_SESSION_KEY" in page.text) is ("session_key" in settings)
