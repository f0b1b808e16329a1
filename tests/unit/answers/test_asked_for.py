"""What sort of answer a question asks for, and whether a text holds one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.answers.composers.asked_for import holds_what_is_asked, role_of


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvor mange timer har koordinatoren?", "Koordinatoren har ti timer om ugen."),
        ("How many approvals are needed?", "It takes two approvals to merge."),
        ("Hvad koster det?", "Bidraget er 35.000 kr. om året."),
        ("Hvad koster det at prøve?", "I kan prøve det gratis i tre måneder."),
        ("Hvad vil et fælles miljø koste?", "En årlig udgift på 36.000 kr."),
        ("Hvor længe gemmes loggen?", "Loggen gemmes i højst tolv måneder."),
        ("Hvor længe gemmes loggen?", "Loggen for den seneste time gemmes."),
        ("Hvor længe gemmes loggen?", "Den slettes efter en uge."),
        ("hvornaar skal det vaere klart", "Senest ti arbejdsdage efter mødet."),
        ("Hvornår mødes gruppen?", "Den første torsdag i hver måned."),
        ("Hvor ofte mødes gruppen?", "Fire gange om året."),
        ("Hvem godkender budgettet?", "Det gør styregruppen."),
        ("Hvem er driftsleverandør?", "Aftalen er indgået med Bellcom."),
        ("Hvem sidder i styregruppen?", "Styregruppen har fem medlemmer."),
        ("Hvorfor er koden åben?", "Fordi den er betalt af det offentlige."),
        ("Hvordan melder jeg en fejl?", "Opret et issue."),
        ("Må jeg fjerne etiketten?", "Den fjernes kun af koordinatoren."),
        ("Hvilken adresse har siden?", "Siden ligger på https://os2.eu."),
    ],
)
def test_a_text_holds_what_is_asked_for(question: str, text: str) -> None:
    language = "en" if question.startswith("How") else "da"
    assert holds_what_is_asked(question, text, language) is True


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvor mange brugere har OS2demo?", "OS2demo udgives to gange om året."),
        ("Hvor mange kommuner bruger OS2demo?", "OS2demo er for kommuner."),
        ("Hvor mange kommuner bruger OS2demo?", "Brug 4-cifrede kommunekoder."),
        ("Hvem er formand for OS2?", "Roller i MO: fx LR, FTR og AMR for OS2."),
        ("Hvor mange stemmer har en region?", "Mindst tre medlemmer deltager i mødet om regionen."),
        ("Hvad er bøden for en overskredet frist?", "Hver måned ses, hvor mange frister der er."),
        ("Hvad koster et logo?", "Kommuner må bruge deres eget logo."),
        ("Hvor længe gemmes loggen?", "Loggen gemmes på serveren."),
        ("Hvornår blev kontrakten forlænget?", "Forlængelse af kontrakter"),
        ("Hvem er formand for styregruppen?", "Formanden for styregruppen har afgørende stemme."),
        ("Hvad er adgangskoden til miljøet?", "Fjern adgangskoder fra loggen."),
        ("Hvilken adresse ligger kontoret på?", "Kontoret ligger i byen."),
    ],
)
def test_a_text_that_only_shares_words_does_not(question: str, text: str) -> None:
    assert holds_what_is_asked(question, text, "da") is False


def test_a_question_that_asks_for_no_sort_is_answered_by_any() -> None:
    assert holds_what_is_asked("Hvilken licens bruges?", "MPL 2.0", "da") is None


def test_a_role_is_what_one_asks_who_it_is() -> None:
    assert role_of("Hvem er formand for gruppen?", ["formand", "gruppen"]) == 0
    assert role_of("Hvem retter en fejl?", ["retter", "fejl"]) is None


@given(st.text(), st.text())
def test_any_text_may_be_asked_about_any_other(question: str, text: str) -> None:
    assert holds_what_is_asked(question, text, "da") in (True, False, None)
