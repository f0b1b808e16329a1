"""Presets: Policies to start from, each the guidelines of one project as rules.

Each is a plain Policy file without `version`, whose comments name the document it follows. None
builds on another.
"""

from functools import cache
from importlib import resources
from typing import Literal, get_args

from os2kb.policy.document import Document, read_document

PresetName = Literal["os2display", "os2borgerpc", "os2forms", "public-code"]
PRESETS: tuple[PresetName, ...] = get_args(PresetName)


@cache
def preset(name: PresetName) -> Document:
    """The preset of that name."""
    file = f"{name}.yml"
    return read_document(resources.files(__name__).joinpath(file).read_bytes(), f"presets/{file}")
