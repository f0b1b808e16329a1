"""Which paragraph of which guideline a Finding cites."""

from collections.abc import Mapping

from index import lookup
from index.passages import Citation
from os2kb.governance.citations import Guideline, citations
from os2kb.governance.rules import REGISTRY

RULES = {rule.id: rule for rule in REGISTRY}
ISSUE = "# Issues\n\nHver pull request skal henvise til et issue.\n"
LOOSE = "# Løst\n\nEn pull request kan henvise til noget.\n"
BRANCH = "# Grene\n\nOpret en ny branch til arbejdet, for eksempel feature/kalender.\n"


def document(path: str, text: str) -> Guideline:
    return Guideline(path, text, f"https://github.example/a/b/blob/{'0' * 40}/{path}")


def cited(*sources: tuple[Guideline, ...]) -> Mapping[str, Citation]:
    return citations(sources, [RULES["linked-issue"], RULES["branch-name"]])


def test_the_first_source_with_a_paragraph_on_the_matter_is_cited() -> None:
    first, second = document("a.md", ISSUE), document("b.md", ISSUE + BRANCH)
    found = cited((first,), (second,))
    assert (found["linked-issue"].path, found["branch-name"].path) == ("a.md", "b.md")
    assert cited((second,), (first,))["linked-issue"].path == "b.md"


def test_of_a_folder_the_document_that_says_it_best_is_cited() -> None:
    folder = (document("a.md", LOOSE), document("b.md", BRANCH), document("c.md", ISSUE))
    found = cited(folder)
    assert (found["linked-issue"].path, found["branch-name"].path) == ("c.md", "b.md")


MANUAL = """\
# Installation

Tilføj tests, før du starter.

Opret en ny branch til arbejdet på maskinen.
"""


def test_of_a_folder_a_page_that_is_no_guideline_is_not_cited_beside_one() -> None:
    """Nor a changelog, whatever it tells of."""
    rules = [RULES["branch-name"], RULES["linked-issue"], RULES["tests"], RULES["screenshot"]]
    manual, guide = document("install.md", MANUAL), document("docs/CONTRIBUTING.md", ISSUE)
    assert set(citations([(manual, guide)], rules)) == {"linked-issue"}
    assert set(citations([(manual,), (guide,)], rules)) == {"linked-issue", "branch-name", "tests"}
    assert set(citations([(manual, document("b.md", LOOSE))], rules)) == {"branch-name", "tests"}
    told = "# Hvordan vi arbejder\n\nVedlæg et skærmbillede, hvis brugerfladen ændres.\n\n"
    told += "Alle diskussioner skal være afsluttet.\n\nUdfyld hele skabelonen.\n\n" + ISSUE
    by_matter, log = document("how.md", told), document("CHANGELOG.md", f"{told}{MANUAL}")
    assert set(citations([(manual, by_matter, log)], rules)) == {"linked-issue", "screenshot"}
    assert citations([(log, by_matter)], rules)["screenshot"].path == "how.md"


def test_a_page_that_says_it_is_a_guideline_is_one() -> None:
    stated = document("install.md", f"---\nkind: guideline\n---\n{MANUAL}")
    found = cited((stated, document("docs/CONTRIBUTING.md", ISSUE)))
    assert found["branch-name"].path == "install.md"


def test_of_documents_that_say_it_as_well_the_first_is_cited() -> None:
    assert cited((document("a.md", ISSUE), document("b.md", ISSUE)))["linked-issue"].path == "a.md"


def test_a_rule_without_a_paragraph_has_no_citation() -> None:
    assert cited() == cited(()) == {}
    assert set(cited((document("a.md", BRANCH),))) == {"branch-name"}


def test_each_address_is_its_own_documents() -> None:
    one, other = document("a.md", ISSUE), document("b.md", ISSUE)
    assert "/a.md" in cited((one,))["linked-issue"].url
    assert "/b.md" in cited((other,))["linked-issue"].url


def test_however_many_documents_each_is_read_once_for_all_rules_and_all_subjects() -> None:
    folder = tuple(document(f"{at}.md", f"{LOOSE}{at}\n\n{ISSUE}") for at in range(90))
    read_before = lookup._document.cache_info().misses
    first = citations([folder[:30], folder[30:]], REGISTRY)
    assert lookup._document.cache_info().misses - read_before == len(folder)
    assert citations([folder[:30], folder[30:]], REGISTRY) == first
    assert citations([folder], REGISTRY[:3]).keys() <= first.keys()
    assert lookup._document.cache_info().misses - read_before == len(folder)
