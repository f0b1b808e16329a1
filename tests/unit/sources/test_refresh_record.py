"""What is remembered of a refresh, also where the disk takes nothing more."""

from pathlib import Path

import pytest

from index.build import BuildRefused
from index.versions import Versions
from os2kb.clock import now
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.knowledge.refresh.run import refresh
from os2kb.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A\n\nSkærmen startes med knappen.\n", "utf-8")
    products = tmp_path / "products.yml"
    products.write_text("products: {a: {sources: [{name: docs, path: docs}]}}", "utf-8")
    return Settings(_env_file=None, data_dir=tmp_path, products=products)


def fill_the_disk(settings: Settings) -> None:
    """Nothing more can be written of what is remembered."""
    (settings.index_dir / "refresh.json.new").symlink_to("/dev/full")


def test_on_a_full_disk_what_was_built_serves_although_it_is_not_remembered(settings: Settings):
    refresh(settings, now)
    first = last_refresh(settings.index_dir)
    fill_the_disk(settings)
    (settings.data_dir / "docs" / "b.md").write_text("# B\n\nKnappen er violet.\n", "utf-8")
    report = refresh(settings, now)
    index = Versions(settings.index_dir).current()
    assert index is not None
    assert index.version == report.version
    assert index.search("violet").hits
    assert last_refresh(settings.index_dir) == first, "whole, as it was"


def test_on_a_full_disk_a_build_that_is_refused_is_told_of_with_its_own_reason(settings: Settings):
    refresh(settings, now)
    fill_the_disk(settings)
    (settings.data_dir / "docs" / "a.md").unlink()
    with pytest.raises(BuildRefused, match="no document"):
        refresh(settings, now)
