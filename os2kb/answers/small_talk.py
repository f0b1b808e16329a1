"""Greetings, thanks, and questions about os2kb itself: nothing that documents answer."""

import re

_SAID = re.compile(
    r"(?:hej|hejsa|halløj|goddag|davs|god ?(?:morgen|dag|aften)|farvel"
    r"|hi|hello|hey|good morning|bye"
    r"|(?:mange |tusind )?tak(?: for (?:hjælpen|svaret|det)| skal du have)?"
    r"|thanks(?: a lot| for (?:the|your) help)?|thank you(?: so much| very much)?"
    r"|hvem er du|hvad er du(?: for en)?|hvad kan du(?: hjælpe (?:mig )?med)?"
    r"|hvad kan jeg spørge(?: dig)? om"
    r"|who are you|what are you|what can you do|what can i ask(?: you)?"
    r"|hjælp|help)(?: os2kb)?",
    re.IGNORECASE,
)


def is_small_talk(cleaned: str) -> bool:
    """Whether a question is nothing but a greeting, thanks, or asks who answers here."""
    return bool(_SAID.fullmatch(cleaned.strip(" .,!?:;)(-")))
