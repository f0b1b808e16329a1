"""Building a version of the index: only what changed is parsed and embedded again."""

from index.build.build import Enrich, build
from index.build.gathering import NothingToIndex, Progress
from index.build.report import BuildReport
from index.versions import BuildBusy, BuildRefused

__all__ = [
    "BuildBusy",
    "BuildRefused",
    "BuildReport",
    "Enrich",
    "NothingToIndex",
    "Progress",
    "build",
]
