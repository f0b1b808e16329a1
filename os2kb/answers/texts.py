"""The words around an answer, in Danish and in English."""

from index.passages import Status
from os2kb.answers.answer import Reason
from os2kb.phrases import Phrase

STATUS: dict[Status, Phrase] = {
    "draft": Phrase("udkast", "draft"),
    "proposal": Phrase("forslag, ikke vedtaget", "proposal, not adopted"),
    "superseded": Phrase("erstattet af noget nyere", "superseded by something newer"),
    "archived": Phrase("arkiveret", "archived"),
}

FALLBACK = Phrase(
    "Sprogmodellen kunne ikke svare lige nu, så her er kildernes egne ord.",
    "The language model could not answer just now, so these are the sources' own words.",
)

ABSTENTION: dict[Reason, Phrase] = {
    "no-evidence": Phrase(
        "Det finder jeg ikke svar på. "
        "Jeg har søgt i {documents} dokumenter ({count} afsnit){scope}.",
        "I find no answer to that. I searched {documents} documents ({count} passages){scope}.",
    ),
    "unclear": Phrase(
        "Jeg forstår ikke spørgsmålet. Skriv det som én sætning på højst {longest} tegn.",
        "I do not understand the question. Write one sentence of at most {longest} characters.",
    ),
    "private-topic": Phrase(
        "Det ligner personoplysninger, en adgangskode eller en mulig sårbarhed, så jeg svarer ikke "
        "her og har hverken gemt eller sendt teksten videre. Fjern teksten, hvis andre kan se "
        "den. Et sikkerhedsproblem skal meldes ad den private vej, som produktets SECURITY-fil "
        "anviser.",
        "This looks like personal data, a password or a possible vulnerability, so I do not answer "
        "here, and have neither stored nor passed on the text. Remove it if others can see it. "
        "Report a security problem through the private channel that the product's SECURITY file "
        "names.",
    ),
    "language": Phrase(
        "Jeg kan kun svare på spørgsmål på dansk og engelsk. "
        "(I can only answer questions in Danish and English.)",
        "I can only answer questions in Danish and English. "
        "(Jeg kan kun svare på spørgsmål på dansk og engelsk.)",
    ),
}

NO_DOCUMENTS = Phrase(
    "Det kan jeg ikke svare på: Der er ingen dokumenter{scope}, som må vises her.",
    "I cannot answer that: there are no documents{scope} that may be shown here.",
)
SCOPE = Phrase(" om {product}", " about {product}")
SCOPE_AND_SHARED = Phrase(
    " om {product} og om OS2 i almindelighed", " about {product} and about OS2 in general"
)
NEAREST = Phrase("Måske står det her:", "It may stand here:")
ASK_A_PERSON = Phrase(
    "Spørg ellers produktets koordinator, for eksempel ved at oprette et issue.",
    "Otherwise ask the product's coordinator, for instance by opening an issue.",
)
ASK_CONTACT = Phrase(
    "Spørg ellers {contact}, eller opret et issue.",
    "Otherwise ask {contact}, or open an issue.",
)
DISAGREE = Phrase(
    "Kilderne er uenige. Spørg, hvad der gælder, før du retter dig efter en af dem:",
    "The sources disagree. Ask which one applies before you follow either:",
)
