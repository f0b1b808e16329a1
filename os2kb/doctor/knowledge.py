"""Embedder and index, and whether the index is kept fresh."""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

from index.embedders import EmbedderUnavailable
from os2kb.clock import now
from os2kb.doctor.check import Check, as_it_is
from os2kb.knowledge.embedders.choose import embedder_for, versions_for
from os2kb.knowledge.named.kept import kept
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.phrases import Phrase
from os2kb.settings import Settings

_NAMED_SHOWN = 10
_BUILD = Phrase("Kør `os2kb index build`.", "Run `os2kb index build`.")


def embedder(settings: Settings) -> Check:
    """Whether what makes vectors makes them."""
    chosen = embedder_for(settings)
    if chosen is None:
        fitted = Phrase("lsa, tilpasset dokumenterne", "lsa, fitted on the documents")
        return Check("embedder", "ok", fitted)
    try:
        chosen.ready()
        started = monotonic()
        vector = chosen.question("Hvem ejer produktet?")
    except EmbedderUnavailable as error:
        cure = Phrase(
            "Uden den søges der kun på ordene.", "Without it, searches go by words alone."
        )
        return Check("embedder", "wrong", as_it_is(str(error)), cure)
    size, took = len(vector), f"{(monotonic() - started) * 1000:.0f} ms"
    return Check(
        "embedder",
        "ok",
        Phrase(
            f"{chosen.id}: {size} dimensioner på {took}",
            f"{chosen.id}: {size} dimensions in {took}",
        ),
    )


def index(settings: Settings) -> Check:
    """Whether there is an index, and one of the embedder that is set."""
    versions = versions_for(settings)
    found = versions.current()
    if found is None:
        return Check("index", "wrong", Phrase("der er intet bygget", "none is built"), _BUILD)
    if found.without_dense:
        detail = Phrase(
            f"der søges kun på ordene: {found.without_dense}",
            f"searched by words alone: {found.without_dense}",
        )
        cure = Phrase(
            "Ret embedderen, eller kør `os2kb index build`.",
            "Mend the embedder, or run `os2kb index build`.",
        )
        return Check("index", "wrong", detail, cure)
    count = len(found.passages)
    what = Phrase(
        f"version {found.version}, {count} afsnit", f"version {found.version}, {count} passages"
    )
    built_with = versions.status().versions[0].embedder
    if settings.embedder != "lsa" and built_with.startswith("lsa-"):
        detail = Phrase(f"{what.da}, søges stadig med lsa", f"{what.en}, still searched with lsa")
        cure = Phrase(
            f"Kør `os2kb index build` for at bruge {settings.embedder}.",
            f"Run `os2kb index build` to use {settings.embedder}.",
        )
        return Check("index", "wrong", detail, cure)
    return Check("index", "ok", what)


def named(settings: Settings) -> Iterator[Check]:
    """Which sources Policies name; nothing where they name none."""
    found = kept(settings.index_dir)
    if not found:
        return
    listed = ", ".join(
        f"{one.name} ({one.visibility}{', private repository' if one.clamped else ''})"
        for one in found[:_NAMED_SHOWN]
    )
    listed += ", …" if len(found) > _NAMED_SHOWN else ""
    yield Check("policy sources", "ok", as_it_is(f"{len(found)}: {listed}"))


def refresh(settings: Settings) -> Check:
    """How the last refresh went, and whether it came when it should have."""
    last = last_refresh(settings.index_dir)
    if last is None:
        detail = Phrase(
            "indekset er aldrig bygget af OS2KB_PRODUCTS",
            "the index was never built from OS2KB_PRODUCTS",
        )
        return Check("refresh", "off", detail)
    when = f"{last.at:%Y-%m-%d %H:%M}"
    if last.outcome == "failed":
        detail = Phrase(f"slog fejl {when}: {last.reason}", f"failed at {when}: {last.reason}")
        cure = Phrase(
            "Ret det, og kør `os2kb index build`; indtil da bruges versionen før.",
            "Mend it, and run `os2kb index build`; until then the version before serves.",
        )
        return Check("refresh", "wrong", detail, cure)
    if last.outcome == "pinned":
        return Check("refresh", "off", as_it_is(last.reason))
    if lost := [f"{name}: {one.problem}" for name, one in last.sources.items() if one.problem]:
        cure = Phrase(
            "Ret kilden, eller tag den ud af OS2KB_PRODUCTS eller policyfilen.",
            "Mend the source, or take it out of OS2KB_PRODUCTS or the Policy.",
        )
        return Check("refresh", "wrong", as_it_is("; ".join(lost)), cure)
    late = timedelta(hours=2 * settings.refresh_hours)
    if late and now() - last.at > late:
        cure = Phrase(
            "Kører `os2kb serve`? Dens log fortæller om det, der slog fejl.",
            "Is `os2kb serve` running? Its log tells of refreshes that failed.",
        )
        detail = Phrase(f"den seneste var {when}", f"the last one was {when}")
        return Check("refresh", "wrong", detail, cure)
    return Check("refresh", "ok", Phrase(f"{last.outcome} {when}", f"{last.outcome} at {when}"))
