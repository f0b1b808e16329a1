"""A document's address is the one under which its readers find it."""

from itertools import pairwise
from pathlib import Path

import pytest
from corpora import built, index_of
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Source
from index.reading.documents import passages
from index.reading.jekyll import Site, permalink, read_site, site_of

DEFAULTS = [
    {"scope": {"path": "guide"}, "values": {"permalink": "/g/:basename/"}},
    {"scope": {"path": "", "type": "ydelser"}, "values": {"permalink": "/yd/:title/"}},
]
BY_TITLE = {"ydelser": {"output": True, "permalink": "/:collection/:title/"}}

# What Jekyll 4.3.1 printed for these `_config.yml`, files and front matters; empty: not shown.
SHOWN = [
    ({}, "index.md", {}, "/"),
    ({}, "om.md", {}, "/om.html"),
    ({}, "docs/index.md", {}, "/docs/"),
    ({}, "docs/Min Fil.md", {}, "/docs/Min Fil.html"),
    ({}, "docs/æble.md", {}, "/docs/æble.html"),
    ({}, "docs/a.b.md", {}, "/docs/a.b.html"),
    ({}, "docs/p.md", {"permalink": "/x/y/"}, "/x/y/"),
    ({}, "docs/q.md", {"permalink": "/x/y.html"}, "/x/y.html"),
    ({}, "docs/r.md", {"permalink": "/z/:basename"}, "/z/r"),
    ({}, "docs/s.md", {"permalink": "docs/uden-skråstreg"}, "/docs/uden-skråstreg"),
    ({}, "_posts/2024-01-05-Nyt fra os.md", {}, "/2024/01/05/Nyt-fra-os.html"),
    (
        {},
        "_posts/2024-12-31-med_under.score.md",
        {"categories": ["Nyt", "OS2 display"]},
        "/nyt/os2 display/2024/12/31/med_under.score.html",
    ),
    ({}, "blog/_posts/2023-02-03-æ.md", {"category": "drift"}, "/blog/drift/2023/02/03/æ.html"),
    ({}, "_posts/2023-02-03-s.md", {"slug": "Min Slug"}, "/2023/02/03/Min-Slug.html"),
    ({}, "_posts/2023-02-04-d.md", {"date": "2022-05-06"}, "/2022/05/06/d.html"),
    ({}, "_posts/2023-02-05-e.md", {"permalink": "/nyt/:year/:title"}, "/nyt/2023/e"),
    ({}, "_ydelser/under/Mappe x.md", {}, "/ydelser/under/Mappe x.html"),
    ({}, "_ydelser/index.md", {}, "/ydelser/index.html"),
    ({}, "_skjult/a.md", {}, ""),
    ({}, "ude/b.md", {}, ""),
    ({}, "ude2.md", {}, ""),
    ({}, "_kladde/c.md", {}, ""),
    ({}, "docs/upub.md", {"published": False}, ""),
    ({}, "_vis/z.md", {}, "/_vis/z.html"),
    ({}, "docs/.skjult.md", {}, ""),
    ({"permalink": "pretty"}, "index.md", {}, "/"),
    ({"permalink": "pretty"}, "om.md", {}, "/om/"),
    ({"permalink": "pretty"}, "docs/a.b.md", {}, "/docs/a.b/"),
    ({"permalink": "pretty"}, "_posts/2024-01-05-Nyt.md", {}, "/2024/01/05/Nyt/"),
    ({"permalink": "pretty"}, "_ydelser/review.md", {}, "/ydelser/review/"),
    ({"permalink": "none"}, "om.md", {}, "/om.html"),
    ({"permalink": "none"}, "blog/_posts/2023-02-03-æ.md", {"category": "x"}, "/blog/x/æ.html"),
    ({"permalink": "ordinal"}, "_posts/2024-12-31-a.md", {}, "/2024/366/a.html"),
    ({"permalink": "weekdate"}, "om.md", {}, "/om"),
    ({"permalink": "weekdate"}, "_posts/2024-01-05-Nyt.md", {}, "/2024/W01/Fri/Nyt.html"),
    ({"permalink": "/:year/:title/"}, "om.md", {}, "/om/"),
    ({"permalink": "/:year/:title/"}, "_posts/2024-01-05-Nyt.md", {}, "/2024/Nyt/"),
    ({"permalink": "/:categories/:title:output_ext"}, "om.md", {}, "/om.html"),
    ({"permalink": "/blog/:title"}, "om.md", {}, "/om"),
    ({"permalink": "/blog/:title"}, "_posts/2024-01-05-Nyt.md", {}, "/blog/Nyt"),
    ({"permalink": "pretty", "baseurl": "/os2"}, "om.md", {}, "/os2/om/"),
    ({"defaults": DEFAULTS}, "guide/dyb/y.md", {}, "/g/y/"),
    ({"defaults": DEFAULTS}, "_ydelser/review.md", {}, "/yd/review/"),
    ({"defaults": DEFAULTS}, "om.md", {}, "/om.html"),
    ({"collections": BY_TITLE}, "_ydelser/under/Mappe x.md", {}, "/ydelser/Mappe-x/"),
]


@pytest.mark.parametrize(("config", "path", "front", "shown"), SHOWN)
def test_a_permalink_is_the_one_that_jekyll_gives(
    config: dict[str, object], path: str, front: dict[str, object], shown: str
) -> None:
    site = site_of(
        {
            "collections": {"ydelser": {"output": True}, "skjult": {"output": False}},
            "exclude": ["ude", "ude2.md"],
            "include": ["_vis"],
            **config,
        }
    )
    assert permalink(path, front, site) == shown


def test_a_site_in_the_docs_folder_shows_only_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "_config.yml").write_text(
        "permalink: pretty\nbaseurl: /produkt\n", "utf-8"
    )
    site = read_site(tmp_path)
    assert permalink("docs/roller.md", {}, site) == "/produkt/roller/"
    assert permalink("README.md", {}, site) == ""


@pytest.mark.parametrize(
    "config",
    [
        "- en\n- liste\n",
        "permalink: [1, 2]\ncollections: 7\ndefaults: x\n",
        "a: [\n",
        "\x00",
        "&a [*a]\n",
        "exclude: [[a, b]]\n",
    ],
)
def test_a_configuration_that_says_nothing_leaves_jekylls_own(tmp_path: Path, config: str) -> None:
    (tmp_path / "_config.yml").write_text(config, "utf-8")
    assert read_site(tmp_path) == Site()


def address(template: str, path: str = "docs/min fil.md", text: str = "# Å\n\nEn to tre.\n") -> str:
    (only,) = passages(text, path, Source(name="a", location="", url=template, site=Site()))
    return only.passage.url


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("https://a.dk/{path}#{anchor}", "https://a.dk/docs/min%20fil.md#%C3%A5"),
        ("https://a.dk/{stem}/#{anchor}", "https://a.dk/docs/min%20fil/#%C3%A5"),
        ("https://a.dk{permalink}#{anchor}", "https://a.dk/docs/min%20fil.html#%C3%A5"),
        (
            "https://a.dk/blob/main/{path}?plain=1#L{first}-L{last}",
            "https://a.dk/blob/main/docs/min%20fil.md?plain=1#L1-L3",
        ),
        ("https://a.dk/", "https://a.dk/"),
        ("", ""),
    ],
)
def test_a_template_is_filled_with_what_it_names(template: str, url: str) -> None:
    assert address(template) == url


def test_an_address_without_an_anchor_does_not_end_in_a_sign() -> None:
    assert address("https://a.dk/{path}#{anchor}", "a.md", "En to tre.\n") == "https://a.dk/a.md"


def test_a_document_that_the_site_does_not_show_has_no_address() -> None:
    assert address("https://a.dk{permalink}#{anchor}", "_kladde/a.md") == ""


def test_front_matter_decides_the_address_of_every_section() -> None:
    text = "---\npermalink: /roller/\n---\n# Roller\n\nAlle.\n\n## Ejer\n\nEjer det hele.\n"
    source = Source(name="a", location="", url="https://a.dk{permalink}#{anchor}", site=Site())
    (only,) = passages(text, "x.md", source)
    assert [s.url for s in only.passage.sections] == [
        "https://a.dk/roller/#roller",
        "https://a.dk/roller/#ejer",
    ]


def test_a_changed_configuration_moves_the_addresses_of_unchanged_files(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "roller.md").write_text("# Roller\n\nEjeren bestemmer retningen.\n", "utf-8")
    source = Source("docs", str(docs), url="https://a.dk{permalink}")
    built(tmp_path / "index", source)
    assert index_of(tmp_path / "index").passages[0].url == "https://a.dk/roller.html"
    (docs / "_config.yml").write_text("permalink: pretty\n", "utf-8")
    assert not built(tmp_path / "index", source).unchanged
    assert index_of(tmp_path / "index").passages[0].url == "https://a.dk/roller/"


@given(
    st.text(max_size=40),
    st.dictionaries(
        st.sampled_from(["permalink", "slug", "date", "categories", "category"]),
        st.one_of(st.text(max_size=20), st.integers(), st.lists(st.text(max_size=5), max_size=3)),
    ),
    st.sampled_from(["date", "pretty", "none", "/:year/:title/", ":x:y", ""]),
)
def test_no_front_matter_breaks_a_permalink(
    path: str, front: dict[str, object], style: str
) -> None:
    shown = permalink(path, front, site_of({"permalink": style}))
    assert shown == "" or shown.startswith("/")


@pytest.mark.timeout(20)
def test_a_configuration_of_aliases_of_aliases_costs_nothing(tmp_path: Path) -> None:
    lists = [
        f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise("abcdefghi")
    ]
    bomb = "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *lists, "exclude: [*i]"])
    (tmp_path / "_config.yml").write_text(bomb, "utf-8")
    assert read_site(tmp_path) == Site()


def test_a_configuration_that_is_a_link_out_of_the_source_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("baseurl: /andet\n", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "_config.yml").symlink_to(tmp_path / "config.yml")
    assert read_site(site) == Site()


@pytest.mark.parametrize("baseurl", ["@example.net", ".example.net", "//example.net"])
def test_no_configuration_leads_to_another_host(baseurl: str) -> None:
    assert permalink("om.md", {}, site_of({"baseurl": baseurl})).startswith("/")
    assert not permalink("om.md", {}, site_of({"baseurl": baseurl})).startswith("//")
