"""The page that shows the widget, as HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from os2kb.phrases import Phrase
from webhooks.pages.language import Reader
from webhooks.pages.site import spoken_in, templates

_ENVIRONMENT = templates("webhooks.widget")
# Custom properties of the element, and what each colours.
THEME: Mapping[str, Phrase] = {
    "--os2-ink": Phrase("tekst", "text"),
    "--os2-soft": Phrase("tekst, der er mindre vigtig", "text of less weight"),
    "--os2-paper": Phrase("baggrund", "background"),
    "--os2-raised": Phrase("baggrund for svaret", "background of the answer"),
    "--os2-line": Phrase("streger og rammer", "lines and borders"),
    "--os2-link": Phrase("links og fokus", "links and focus"),
    "--os2-brand": Phrase("knapper", "buttons"),
    "--os2-on-brand": Phrase("tekst på knapper", "text on buttons"),
    "--os2-font": Phrase("skrifttype", "typeface"),
    "--os2-radius": Phrase("afrunding af hjørner", "rounding of corners"),
}


@dataclass(frozen=True, slots=True)
class Views:
    """Writes the page.

    Args:
        titles: how products are called, by name.
        public_url: where people reach the service; empty where nobody said.
        origins: the websites that may use it.
    """

    titles: Mapping[str, str]
    public_url: str
    origins: Sequence[str]

    def example(self, reader: Reader, here: str, known: Sequence[str], chosen: str) -> str:
        """The widget as it looks, and what to copy.

        Args:
            here: where the page was asked for.
            known: products to choose from.
            chosen: one of them; empty for all.
        """
        service = self.public_url or here
        query = {"product": chosen, "lang": reader.said}
        said = {name: value for name, value in query.items() if value}
        other = {one: f"/widget?{urlencode({**said, 'lang': one})}" for one in ("da", "en")}
        return _ENVIRONMENT.get_template("page/widget.html.j2").render(
            spoken_in(reader.lang),
            ending=reader.ending,
            current="/widget",
            other=other,
            service=service,
            products=[(name, self.titles.get(name) or name) for name in known],
            chosen=chosen,
            language_said=reader.said or "",
            title=self.titles.get(chosen) or chosen,
            origins=self.origins,
            theme={name: phrase.in_language(reader.lang) for name, phrase in THEME.items()},
        )
