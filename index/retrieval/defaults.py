"""What a version ranks and abstains by where nothing is tuned."""

from collections.abc import Mapping

# Of the embedder `lsa`, whose vectors know little that the 4-grams do not: without it recall at
# ten falls, with .5 recall at one does. A neural model deserves more; `os2kb index tune` fits it.
WEIGHTS: Mapping[str, float] = {"stem": 1.0, "gram": 2.0, "dense": 0.2}
# Of the confidence; what it lets through and what not stands beside its weights.
DEFAULT_FLOOR = 0.5
