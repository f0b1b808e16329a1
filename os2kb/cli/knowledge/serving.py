"""The version of the index that serves, for the commands that read it."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from os2kb.cli.language import told
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.search import Index


def serving_index() -> "Index":
    """The index that serves; without one the command ends with the cure."""
    from os2kb.knowledge.embedders.choose import versions_for

    index = versions_for(load_settings()).current()
    if index is None:
        from os2kb.answers.ask import NotIndexed

        typer.echo(told(NotIndexed()), err=True)
        raise typer.Exit(1)
    return index


def source_folders() -> list[Path]:
    """The folders the serving version was built from; a question's paths are relative to them."""
    from index.versions import Versions

    versions = Versions(load_settings().index_dir)
    serving = next((v for v in versions.status().versions if v.serving), None)
    return [Path(source.folder) for source in serving.sources] if serving else []
