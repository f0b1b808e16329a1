"""The words around an answer, in Danish and in English."""

from index.passages import Status
from os2kb.answers.answer import Reason
from os2kb.phrases import Phrase

STATUS: dict[Status, Phrase] = {
    "draft": Phrase("udkast", "draft"),
    "proposal": Phrase("forslag, ikke vedtaget", "proposal, not adopted"),
    # Or rejected, or withdrawn: the words must be true of all.
    "superseded": Phrase("gælder ikke", "not in force"),
    "archived": Phrase("arkiveret", "archived"),
}

SUPERSEDED_BY = Phrase("afløst af {}", "superseded by {}")

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
        "Det ligner et CPR-nummer eller en adgangskode, så jeg svarer ikke her og har hverken "
        "gemt eller sendt teksten videre. Fjern den, hvis andre kan se den, og spørg uden.",
        "This looks like a CPR number or a password, so I do not answer here, and have neither "
        "stored nor passed on the text. Remove it if others can see it, and ask without it.",
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
FLAW = Phrase(
    "Det ligner en anmeldelse af en sårbarhed, så jeg svarer ikke her og har hverken gemt eller "
    "sendt teksten videre. Fjern den, hvis andre kan se den, og meld sårbarheden ad den private "
    "vej, som produktets SECURITY-fil anviser.",
    "This looks like a report of a vulnerability, so I do not answer here, and have neither stored "
    "nor passed on the text. Remove it if others can see it, and report the vulnerability through "
    "the private channel that the product's SECURITY file names.",
)
ABOUT = Phrase(
    "Jeg er os2kb. Stil mig et spørgsmål, så svarer jeg med ordrette citater fra de dokumenter, "
    "jeg kender, eller siger til, når de ikke svarer på det.",
    "I am os2kb. Ask me a question, and I answer with verbatim quotes from the documents I know, "
    "or say so when they do not answer it.",
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
