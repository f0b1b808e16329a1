"""Settings, store, disk, and what belongs to which product."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from os2kb.doctor.check import Check, as_it_is
from os2kb.phrases import Phrase
from os2kb.settings import Settings, unknown_settings
from os2kb.store.database import StoreUnavailable, open_database, revisions, upgrade

LEAST_FREE_BYTES = 500_000_000


def variables() -> Iterator[Check]:
    """Variables that look like settings and are none."""
    for name, likely in unknown_settings(os.environ):
        detail = Phrase(
            f"{name} er ingen indstilling i denne version", f"{name} is no setting of this version"
        )
        cure = Phrase(
            "docs/settings.md viser indstillingerne.", "docs/settings.md lists the settings."
        )
        if likely:
            cure = Phrase(f"Mente du {likely}?", f"Did you mean {likely}?")
        yield Check("settings", "wrong", detail, cure)


def store(settings: Settings) -> Check:
    """Whether the store can be opened and brought up to date."""
    try:
        database = open_database(settings.store_url)
        upgrade(database)
        at, _ = revisions(database)
    except (StoreUnavailable, SQLAlchemyError) as error:
        cure = Phrase(
            "Se efter i OS2KB_DATABASE_URL og OS2KB_DATA_DIR.",
            "Check OS2KB_DATABASE_URL and OS2KB_DATA_DIR.",
        )
        return Check("store", "wrong", as_it_is(str(error)), cure)
    return Check("store", "ok", as_it_is(f"{database.dialect.name}, revision {at}"))


def disk(folder: Path) -> Check:
    """Whether there is room where everything is kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        cure = Phrase(
            "Sæt OS2KB_DATA_DIR til en mappe, der kan skrives i.",
            "Set OS2KB_DATA_DIR to a writable folder.",
        )
        return Check("disk", "wrong", as_it_is(str(error.strerror)), cure)
    room = Phrase(f"{free // 1_000_000} MB ledig", f"{free // 1_000_000} MB free")
    if free < LEAST_FREE_BYTES:
        return Check("disk", "wrong", room, Phrase("Skaf mere plads.", "Free some disk space."))
    return Check("disk", "ok", room)


def products(settings: Settings) -> Check:
    """Which products there are, and whether the folders of their sources are there."""
    grants = settings.grants()
    if grants.open_to_all:
        detail = Phrase(
            "hvert repository er et produkt for sig", "every repository is a product of its own"
        )
        return Check("products", "off", detail)
    named, count = ", ".join(grants.entries), len(grants.sources)
    lost = [
        source.address
        for source in grants.sources
        if "://" not in source.location
        and not source.location.endswith(".git")
        and not Path(source.location).exists()
    ]
    if lost:
        detail = Phrase(f"ingen sådan mappe: {lost[0]}", f"no such folder: {lost[0]}")
        return Check(
            "products", "wrong", detail, Phrase("Ret OS2KB_PRODUCTS.", "Correct OS2KB_PRODUCTS.")
        )
    sources = Phrase(
        f"{count} kilde{'r' if count != 1 else ''}", f"{count} source{'s' if count != 1 else ''}"
    )
    return Check("products", "ok", Phrase(f"{named}; {sources.da}", f"{named}; {sources.en}"))
