"""What a run over many pairs is, in words that a coordinator knows."""

from collections.abc import Mapping

from os2kb.phrases import Phrase
from os2kb.store.backlog.runs import Kind

KINDS: Mapping[Kind, Phrase] = {
    "sync": Phrase("Bedt om", "Asked for"),
    "sweep": Phrase("Nattens gennemgang", "The nightly look"),
}
