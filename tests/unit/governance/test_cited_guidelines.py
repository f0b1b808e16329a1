"""Which paragraph of whole guidelines each rule rests on: the sample handbook's, and OS2's own."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.passages import Citation
from os2kb.governance.citations import Guideline, citations
from os2kb.governance.rules import REGISTRY

SAMPLES = Path(__file__).parents[3] / "samples" / "handbook" / "guidelines"
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))
REAL = SHARED / "os2-docs"

# By rule: the file and the words that its quote begins with; the rules left out cite nothing.
HANDBOOK = {
    "security-report": ("sikkerhed.md", "Sårbarheder meldes privat gennem GitHub"),
    "personal-data": ("issue-foer-kode.md", "**Skriv aldrig personoplysninger i et issue.**"),
    "type-label": ("etiketter.md", "Et issue har én typeetiket:"),
    "issue-form": ("issue-foer-kode.md", "Et issue skal som minimum svare på følgende:"),
    "priority-reason": ("issue-foer-kode.md", "Vælger du Høj eller Kritisk, skal du begrunde"),
    "language": ("bidrag.md", "Issues og pull requests i OS2demo skrives på dansk."),
    "linked-issue": ("bidrag.md", "4. **Åbn en pull request.** Den skal henvise til issuet"),
    "approved-issue": ("bidrag.md", "2. **Vent på grønt lys.** Koordinationsgruppen godkender"),
    "description": ("pull-requests.md", "- Beskrivelsen forklarer kort, hvad der er ændret"),
    "template": ("pull-requests.md", "- Alle punkter i tjeklisten er besvaret."),
    "screenshot": ("pull-requests.md", "- Der er et skærmbillede før og efter"),
    "changelog": ("pull-requests.md", "- Den har en linje i `CHANGELOG.md`"),
    "title": ("commits-og-titler.md", "- Titlen må højst være 69 tegn lang."),
    "branch-name": ("grene.md", "Navnet viser, hvad slags ændring der er tale om"),
    "target-branch": ("bidrag.md", "3. **Lav en branch** ud fra `develop`"),
    "size": ("pull-requests.md", "Hold dig under 400 ændrede linjer."),
    "licence": ("test-og-dokumentation.md", "Nye filer begynder med en linje om licensen:"),
    "tests": ("test-og-dokumentation.md", "Nye funktioner skal have automatiske test"),
    "documentation": ("test-og-dokumentation.md", "Vejledningen ligger i mappen `docs`"),
    "api-description": ("test-og-dokumentation.md", "Ændres grænsefladen (API'et)"),
    "reviews": ("bidrag.md", "5. **Få to godkendelser.**"),
    "discussions": ("pull-requests.md", "Leverandøren fletter, når der er to godkendelser"),
    "checks": ("pull-requests.md", "- De automatiske kontroller er grønne"),
    "rights-transfer": ("bidrag.md", "- du har underskrevet en rettighedsoverdragelse"),
}
TWO_FILES = {
    "branch-name": ("grene.md", "Navnet viser, hvad slags ændring der er tale om"),
    "target-branch": ("grene.md", "Navnet viser, hvad slags ændring der er tale om"),
    **{rule: HANDBOOK[rule] for rule in ("licence", "tests", "documentation", "api-description")},
}
# The same by source, with the heading that the quote stands under.
OWN = {
    "os2display__docs/guidelines": {
        "language": "1. Pull requests",
        "linked-issue": "1. Pull requests",
        "approved-issue": "1. Pull requests",
        "description": "1. Pull requests",
        "screenshot": "1. Pull requests",
        "title": "1. Pull requests",
        "branch-name": "4. Feature Branches",
        "target-branch": "4. Feature Branches",
        "size": "Tips",
        "reviews": "",
        "discussions": "",
        "checks": "",
    },
    "OS2borgerPC__os2borgerpc-docs/docs/udvikling/contribution-guidelines.md": {
        "approved-issue": "1. Opret et issue",
        "description": "6. Opret en Pull Request (PR) og afvent review",
        "title": "3. Implementér ændringer",
        "branch-name": "2. Opret en ny branch",
        "target-branch": "6. Opret en Pull Request (PR) og afvent review",
        "tests": "3. Implementér ændringer",
        "reviews": "7. Koordinationsgruppen organserer review og test",
    },
    "OS2Forms__os2forms-docs/for-developers.md": {
        "linked-issue": "Patching principles",
        "branch-name": "Bracnhes",
        "target-branch": "Code review",
        "reviews": "Code review",
        "discussions": "Code review",
        "checks": "Code review",
    },
    "OS2offdig__OS2produkt/CONTRIBUTING.md": {
        "security-report": "",
        "linked-issue": "Making the changes",
        "approved-issue": "Adding new features",
        "title": "Making the changes",
        "branch-name": "Making the changes",
        "target-branch": "Making a pull request",
        "tests": "Making the changes",
        "reviews": "Making a pull request",
    },
}


def cited(files: Sequence[Path]) -> dict[str, Citation]:
    folder = [Guideline(str(file), file.read_text("utf-8"), "") for file in files]
    return dict(citations([folder], REGISTRY))


def begins(found: dict[str, Citation], table: dict[str, tuple[str, str]]) -> dict[str, object]:
    """For each rule its file, and as much of its quote as the table has."""
    return {
        rule: (Path(one.path).name, one.quote[: len(table.get(rule, ("", one.quote))[1])])
        for rule, one in found.items()
    }


def test_the_sample_handbooks_guidelines_are_cited_where_they_say_it() -> None:
    """Also: no row of a table, and nothing that is archived while another says it."""
    assert begins(cited(sorted(SAMPLES.rglob("*.md"))), HANDBOOK) == HANDBOOK


def test_two_of_its_files_are_cited_for_what_they_are_about_and_no_more() -> None:
    files = [SAMPLES / "test-og-dokumentation.md", SAMPLES / "grene.md"]
    assert begins(cited(files), TWO_FILES) == TWO_FILES


@pytest.mark.skipif(not REAL.is_dir(), reason="the documents are absent (set OS2KB_SHARED_DATA)")
def test_of_a_whole_site_no_manual_is_cited_for_what_it_tells_by_the_way() -> None:
    """Its installation guide tells of tests and of documentation, but asks them of nobody."""
    site = REAL / "os2display__docs"
    found = cited(sorted(site.rglob("*.md")))
    assert {Path(one.path).relative_to(site).parts[0] for one in found.values()} == {"guidelines"}
    assert found.keys() == OWN["os2display__docs/guidelines"].keys()


@pytest.mark.parametrize("source", OWN)
@pytest.mark.skipif(not REAL.is_dir(), reason="the documents are absent (set OS2KB_SHARED_DATA)")
def test_os2s_own_guidelines_are_cited_under_the_right_heading(source: str) -> None:
    at = REAL / source
    found = cited([at] if at.is_file() else sorted(at.rglob("*.md")))
    assert {rule: "".join(one.heading[-1:]) for rule, one in found.items()} == OWN[source]
