import json
from pathlib import Path

import pytest
from corpora import HANDBOOK, write
from typer.testing import CliRunner, Result

from os2kb.cli.commands import app


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return write(tmp_path / "docs", HANDBOOK)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_build_search_and_status_speak_json(docs: Path) -> None:
    report = json.loads(run("index", "build", str(docs), "--json").stdout)
    assert (report["documents"], report["unchanged"], report["skipped"]) == (6, False, [])
    body = json.loads(run("search", "hvem betaler for driften", "--limit", "1", "--json").stdout)
    assert body["results"][0]["path"] == "faq.md"
    (version,) = json.loads(run("index", "status", "--json").stdout)["items"]
    assert version["version"] == report["version"]
    assert version["sources"][0]["name"] == "docs"


def test_a_misspelt_search_says_what_was_searched_for(docs: Path) -> None:
    run("index", "build", str(docs))
    shown = run("search", "Hvem betlaer for drfiten?").stdout
    assert "Søgte efter: Hvem betaler for driften?" in shown
    assert "Søgte efter" not in run("search", "Hvem betaler for driften?").stdout


def test_a_search_in_a_product_that_is_not_there_names_those_that_are(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "products.yml"
    listed.write_text("products: {os2demo: {sources: [{name: docs, path: docs}]}}", "utf-8")
    monkeypatch.setenv("OS2KB_PRODUCTS", str(listed))
    run("index", "build")
    shown = run("search", "Hvem betaler for driften?", "--product", "os2dmo").stdout
    assert "Ingen dokumenter hører til “os2dmo”; der er: os2demo" in shown
    assert "hører til" not in run("search", "xyzzyqqq", "--product", "os2demo").stdout


def test_a_search_speaks_the_language_it_is_asked_in(docs: Path) -> None:
    (docs / "udkast.md").write_text(
        "---\ntitle: Skærmpolitik\nstatus: draft\n---\n\n# Forslag: Skærmpolitik\n\n## Farver\n\n"
        "En lilla skærm er kun til pynt.\n",
        "utf-8",
    )
    run("index", "build", str(docs))
    shown = run("search", "Hvad er en lilla skærm til?", "--limit", "1", "--why").stdout
    assert " afsnit på " in shown
    assert "1. Skærmpolitik › Farver\n   udkast.md:" in shown, "neither title nor path twice"
    assert "\n   udkast\n   En lilla skærm" in shown, "the heading is not said again"
    assert "ord: lilla, skærm" in shown, "as they were written"
    english = run("search", "What is the screen for?", "--limit", "1", "--why").stdout
    assert " passages in " in english
    assert "shares: stem" in english


def test_status_shows_the_sources_and_what_the_last_refresh_left_out(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loop.json").write_text('[{"title": "Hvem svarer?", "svar": "Det gør kim."}]')
    (docs / "binær.md").write_bytes(b"\x00")
    (tmp_path / "products.yml").write_text(
        "products: {os2demo: {sources: [{name: docs, path: docs}, "
        "{name: loop, os2loop: loop.json}, {name: væk, os2loop: væk.json}]}}".replace("væk", "vaek")
    )
    monkeypatch.setenv("OS2KB_PRODUCTS", str(tmp_path / "products.yml"))
    assert run("index", "build").exit_code == 0
    shown = run("index", "status").stdout
    assert "loop" in shown
    assert "seconds ago" in shown
    assert "skipped binær.md: binary file" in shown
    assert "skipped vaek: cannot read vaek.json: No such file" in shown
    said = json.loads(run("index", "status", "--json").stdout)
    assert said["refresh"]["outcome"] == "built"
    problems = {one["name"]: one["problem"] for one in said["items"][0]["sources"]}
    assert "cannot read" in problems["vaek"]
    assert (problems["docs"], problems["loop"]) == ("", "")


def test_a_rollback_holds_against_the_clock_and_not_against_a_person(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS2KB_PRODUCTS", str(docs.parent / "products.yml"))
    (docs.parent / "products.yml").write_text("products: {a: {sources: [{name: a, path: docs}]}}")
    run("index", "build")
    (docs / "ny.md").write_text("# Nyt\n\nTekst om styregruppen.\n")
    run("index", "build")
    pin = json.loads(run("index", "rollback", "--json").stdout)
    assert f"Version {pin['version']} is held" in run("index", "status").stdout
    kept = run("index", "build", "--keep-pin")
    assert (kept.exit_code, "Nothing is built" in kept.stderr) == (0, True)
    assert "is lifted" in run("index", "build").stderr
    (serving, _) = json.loads(run("index", "status", "--json").stdout)["items"]
    assert (serving["serving"], serving["version"]) == (True, pin["instead_of"])


def test_a_build_of_folders_is_the_last_refresh_too(docs: Path) -> None:
    run("index", "build", str(docs))
    (docs / "ny.md").write_text("# Nyt\n\nTekst om styregruppen.\n")
    run("index", "build", str(docs))
    run("index", "rollback")
    run("index", "build", "--keep-pin", str(docs))
    assert "pinned" in run("index", "status").stdout
    run("index", "build", str(docs))
    assert "held since" not in run("index", "status").stdout, "it was let go of"
    refresh = json.loads(run("index", "status", "--json").stdout)["refresh"]
    assert refresh["outcome"] in ("built", "unchanged")


def test_status_is_readable_on_a_narrow_terminal(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    products = {
        f"os2produkt-{n}": {"sources": [{"name": f"produktforvaltning-{n}", "path": "docs"}]}
        for n in range(3)
    }
    (tmp_path / "products.yml").write_text(json.dumps({"products": products}))
    monkeypatch.setenv("OS2KB_PRODUCTS", str(tmp_path / "products.yml"))
    run("index", "build")
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("index", "status").stdout
    assert "…" not in shown
    for n in range(3):
        assert f"\n os2produkt-{n} " in shown
        assert f"\n   produktforvaltning-{n} " in shown, "below its product"
    assert "Commit" not in shown, "folders have none"


def test_a_build_prints_a_summary_and_every_skipped_file(docs: Path) -> None:
    (docs / "[bold]binær.md").write_bytes(b"\x00")
    shown = run("index", "build", str(docs)).stdout
    assert "6 new" in shown or "7 new" in shown
    assert "skipped [bold]binær.md: binary file" in shown


def test_eval_prints_the_published_figures(docs: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "1", "question": "hvad betyder en gul skærm", "tags": ["user"], "relevant": '
        '[{"path": "skaerme.md", "quote": "En gul skærm kører en gammel version"}]}\n',
        "utf-8",
    )
    run("index", "build", str(docs))
    figures = json.loads(run("index", "eval", str(questions), "--json").stdout)
    assert figures.keys() >= {"n", "recall", "mrr", "ndcg10", "abstention", "by", "ms"}
    assert figures["recall"] == {"1": 1.0, "5": 1.0, "10": 1.0}
    assert "user" in run("index", "eval", str(questions)).stdout


def test_a_comparison_without_a_change_says_so(docs: Path, tmp_path: Path) -> None:
    questions, before = tmp_path / "q.jsonl", tmp_path / "before.json"
    questions.write_text(
        '{"id": "1", "question": "hvad betyder en gul skærm", "relevant": '
        '[{"path": "skaerme.md", "quote": "En gul skærm kører en gammel version"}]}\n',
        "utf-8",
    )
    run("index", "build", str(docs))
    before.write_text(run("index", "eval", str(questions), "--json").stdout, "utf-8")
    shown = run("index", "eval", str(questions), "--compare", str(before)).stdout
    assert "No answer went from right to wrong, or the other way." in shown
    row = json.loads(before.read_text("utf-8"))
    row["questions"][0]["answer"]["verdict"] = "missed"
    before.write_text(json.dumps(row), "utf-8")
    shown = run("index", "eval", str(questions), "--compare", str(before)).stdout
    assert "better: 1 missed → answered-rightly" in shown


def test_a_floor_below_the_default_is_applied_with_the_way_back(docs: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "1", "question": "hvad betyder en gul skærm", "relevant": '
        '[{"path": "skaerme.md", "quote": "En gul skærm kører en gammel version"}]}\n'
        '{"id": "2", "question": "Hvor høj er Eiffeltårnet?", "answerable": false}\n',
        "utf-8",
    )
    run("index", "build", str(docs))
    tuned = tmp_path / "data" / "index" / "tuned.json"
    shown = run("index", "calibrate", str(questions), "--false-rate", "0.5", "--dry-run").stdout
    assert "Nothing was written." in shown
    shown = run("index", "calibrate", str(questions), "--false-rate", "0.5").stdout
    assert f"delete {tuned} and run os2kb index build" in shown
    tuned.unlink()
    run("index", "build", str(docs))
    assert "floor 0.5 (default)" in run("index", "status").stdout, "as it was told"


def test_internal_documents_are_told_of_and_shown_only_where_asked_for(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "products.yml").write_text(
        "products: {a: {sources: [{name: a, path: docs, visibility: internal}]}}"
    )
    monkeypatch.setenv("OS2KB_PRODUCTS", str(tmp_path / "products.yml"))
    run("index", "build")
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "1", "question": "hvad betyder en gul skærm", "relevant": '
        '[{"path": "skaerme.md", "quote": "En gul skærm kører en gammel version"}]}\n',
        "utf-8",
    )
    for command in (
        ("search", "gul skærm"),
        ("ask", "hvad betyder en gul skærm"),
        ("index", "eval", str(questions)),
    ):
        without, within = run(*command), run(*command, "--internal")
        assert "--internal" in without.output, command
        assert "--internal" not in within.output, command
        assert "gammel version" not in without.output, command
    assert "gammel version" in run("search", "gul skærm", "--internal").stdout
    assert "gammel version" in run("ask", "hvad betyder en gul skærm", "--internal").stdout
    figures = run("index", "eval", str(questions), "--internal", "--json").stdout
    assert json.loads(figures)["recall"]["1"] == 1.0


def test_two_folders_of_one_name_are_two_sources(docs: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other" / "docs", {"x.md": "# X\n\nTekst om styregruppen.\n"})
    run("index", "build", str(docs), str(other))
    (version,) = json.loads(run("index", "status", "--json").stdout)["items"]
    assert [source["name"] for source in version["sources"]] == ["docs", "docs-2"]


def test_without_an_index_search_says_how_to_build_one(docs: Path) -> None:
    done = run("search", "drift")
    assert done.exit_code == 1
    assert "os2kb index build" in done.output


def test_nothing_to_index_says_what_to_name(docs: Path) -> None:
    done = run("index", "build")
    assert done.exit_code == 2
    assert "OS2KB_PRODUCTS" in done.output


@pytest.mark.parametrize("option", ["--lang", "--kind"])
def test_an_unknown_filter_names_the_known_ones(docs: Path, option: str) -> None:
    done = run("search", "drift", option, "xx")
    assert done.exit_code == 2
    assert "none of" in done.output


def test_a_wrong_question_file_ends_in_one_sentence(docs: Path, tmp_path: Path) -> None:
    run("index", "build", str(docs))
    done = run("index", "eval", str(tmp_path / "none.jsonl"))
    assert done.exit_code == 2
    assert "cannot read" in done.output


def test_a_file_is_no_source_and_that_is_said_before_anything_starts(docs: Path) -> None:
    done = run("index", "build", str(docs), str(docs / "faq.md"))
    assert done.exit_code == 2
    assert "faq.md is not a folder; name the folder it lies in." in done.output
    assert len(done.output.splitlines()) == 1
    assert json.loads(run("index", "status", "--json").stdout)["items"] == []
