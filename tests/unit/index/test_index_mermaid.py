"""Diagrams are told in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.formats.mermaid import readable


@pytest.mark.parametrize(
    ("diagram", "told"),
    [
        (
            "flowchart TD\n A[Idé] --> B{Godkendt?}\n B -- ja --> C([Publicér])\n B -->|nej| A",
            "Idé → Godkendt? (ja) → Publicér. Godkendt? (nej) → Idé",
        ),
        ("graph LR;A-->B;B-->C & D", "A → B → C, D"),
        ("flowchart LR\nA[Admin] <-->B(API)\nB --- C", "Admin ↔ API – C"),
        (
            'flowchart LR\nA["Idé (ny)"] ==> B["Dialog: kontor"] -.-> C[(Database)]',
            "Idé (ny) → Dialog: kontor → Database",
        ),
        (
            'flowchart LR\n subgraph Ude["Uden for"]\n  A("fa:fa-globe Browser")\n end\n A --> B'
            "\n style A color:#424242\n classDef x fill:#fff",
            "Browser → B. Uden for",
        ),
        (
            "flowchart TD\n G[Produkter<br>og<br/>projekter] --> H:::vigtig",
            "Produkter og projekter → H",
        ),
        ("flowchart TD\n %% note\n A[Alene]", "Alene"),
        (
            "stateDiagram-v2\n [*] --> Kladde\n Kladde --> Vedtaget : godkend",
            "• → Kladde (godkend) → Vedtaget",
        ),
        (
            "sequenceDiagram\n participant B as Borger\n B->>Kommune: Ansøger\n"
            " Kommune-->>B: Svar: ja",
            "Borger → Kommune: Ansøger. Kommune → Borger: Svar: ja",
        ),
        (
            "mindmap\n  root((OS2))\n    Bestyrelse\n      Fagudvalg\n    Sekretariat",
            "OS2 → Bestyrelse, Sekretariat. Bestyrelse → Fagudvalg",
        ),
        ("---\ntitle: Vej\n---\nflowchart LR\n A --> B", "A → B"),
    ],
)
def test_a_diagram_says_who_leads_to_whom(diagram: str, told: str) -> None:
    assert readable(diagram) == told


@pytest.mark.parametrize("diagram", ["", 'pie\n "a": 1', "classDiagram\n class A", "flowchart TD"])
def test_a_diagram_that_is_not_read_keeps_its_source(diagram: str) -> None:
    assert readable(diagram) == diagram


@given(st.text(alphabet='AB -=.<>|[](){}"&;:%\nabc\ue000\ue001', max_size=200))
def test_no_diagram_breaks_the_telling(body: str) -> None:
    for kind in ("flowchart TD", "stateDiagram", "sequenceDiagram", "mindmap"):
        readable(f"{kind}\n{body}")


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["A-->B;", "[", "(((", '"', "A & ", "-- ja ", "-->|", "{{", "=="])
@pytest.mark.timeout(60)
def test_a_huge_diagram_is_told_in_little_time(piece: str) -> None:
    readable("flowchart TD\n" + (piece * 100 + "\n") * 3_000)
