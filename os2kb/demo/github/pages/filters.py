"""What a template shows otherwise than it is: moments, and the ink on a coloured label."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from os2kb.demo.github.world.state import Label

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")


def day(at: datetime) -> Markup:
    """A moment as it is read in Denmark."""
    local = at.astimezone(_DANISH_TIME)
    shown = f"{local.day}.{local.month}.{local.year} kl. {local:%H.%M}"
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)


def ink(label: Label | str) -> str:
    """Black or white, whichever is easier to read on a colour (WCAG relative luminance)."""
    color = label if isinstance(label, str) else label.color
    parts = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "000000" if luminance > 0.179 else "ffffff"
