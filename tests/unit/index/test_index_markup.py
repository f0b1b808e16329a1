import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plain import plain
from index.reading.formats.noise import without_ids, without_noise


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("{% link docs/a.md %}Tekst", "Tekst"),
        ("Opdateret {{ site.time | date: '%d' }}.", "Opdateret ."),
        ("## Roller {: .no_toc }", "## Roller "),
        ("{:toc}", ""),
        ("1. TOC", ""),
        ("[TOC]", ""),
        ("før <!-- skjult --> efter", "før  efter"),
        ("![logo](data:image/png;base64,iVBORw0KGgo=" + "A" * 300 + ") tekst", " tekst"),
        ("[logo]: <data:image/png;base64," + "A" * 300 + ">", ""),
        ("A" * 5000, ""),
        ("Sæt {x} lig 1", "Sæt {x} lig 1"),
    ],
)
def test_noise_is_taken_out_of_a_line(line: str, cleaned: str) -> None:
    assert without_noise([line]) == [cleaned]


def test_a_comment_over_several_lines_goes_and_the_lines_stay() -> None:
    assert without_noise(["a <!-- b", "c", "d --> e"]) == ["a ", "", " e"]


def test_an_unclosed_comment_is_text_so_that_nothing_after_it_is_lost() -> None:
    assert without_noise(["a <!-- b", "c"]) == ["a  b", "c"]


def test_code_keeps_what_looks_like_liquid() -> None:
    fence = ["```yaml", "key: ${{ secrets.X }} {% raw %}", "```"]
    assert without_noise(fence) == fence


@given(st.lists(st.text(alphabet="a{}%:-<!>`~ []()#.", max_size=30)))
def test_there_are_as_many_lines_after_as_before(lines: list[str]) -> None:
    assert len(without_noise(lines)) == len(lines)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("**Fed** og _kursiv_ og `kode`", "Fed og kursiv og kode"),
        ("[Roller](roller.md#leder) og <https://os2.eu>", "Roller og os2.eu"),
        ("[![mærke](a.svg)](https://b)", "mærke"),
        ("- [x] Udkast\n- [ ] Klar", "Udkast Klar"),
        ("| Rolle | Ansvar |\n|---|---|\n| Leder | Drift |", "Rolle · Ansvar Leder · Drift"),
        ("Titel\n=====\n\n:ref:`afsnit` og `OS2 <https://os2.eu>`_", "Titel afsnit og OS2"),
        ("snake_case_name og 2*3*4", "snake_case_name og 2*3*4"),
        ("R&amp;D \\*ikke fed\\*", "R&D *ikke fed*"),
        ("```sh\nmake run\n```", "make run"),
        ("\u202eabc\x00def", "abcdef"),
        ("1 < 2 og <b>fed</b>", "1 < 2 og fed"),
        ("Fra `hotfix/*` til `release/*` og **videre**", "Fra hotfix/* til release/* og videre"),
        ("`**kwargs` og ``__init__`` og `a_b_c`", "**kwargs og __init__ og a_b_c"),
        ("`[a](b)` og `&amp;` og `<br>`", "[a](b) og &amp; og <br>"),
        ("```py\ndef f(*a, **b):\n```\n*slut*", "def f(*a, **b): slut"),
        ("> ```\n> x_y_z\n> ```\n> *citat*", "x_y_z citat"),
        ("| a | `x\\|y` |\n|---|---|\n| 1 | `*` |", "a · x|y 1 · *"),
        ("*kursiv over\nto linjer* og *fil_navn.py*", "kursiv over to linjer og fil_navn.py"),
        ("*ingen kursiv\n\nover et afsnit*", "*ingen kursiv over et afsnit*"),
    ],
)
def test_markup_is_taken_off(markup: str, shown: str) -> None:
    assert plain(markup) == shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "<a ",
        "**",
        "`",
        "`a",
        "```\n",
        "~~~\n```\n",
        "*a ",
        "*a_",
        "{%",
        "| ",
        "_a",
        "(",
        "> ",
        "{:",
        "<!--",
        "data:",
    ],
)
@pytest.mark.timeout(60)
def test_three_hundred_kilobytes_of_hostile_markup_do_not_hang(piece: str) -> None:
    hostile = piece * (300_000 // len(piece))
    plain("".join(without_noise([hostile])))


@pytest.mark.timeout(20)
def test_a_heading_of_tabs_is_rid_of_its_id_in_little_time() -> None:
    tabs = "\t" * 300_000
    assert without_ids([f"# a{tabs}b", f"# a{tabs}{{#id}}"]) == [f"# a{tabs}b", "# a"]
