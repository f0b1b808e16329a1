"""A sentence encoder, trained further to tell types apart (the extra `neural`).

Its layers, but not the embeddings of its words, and a linear head over the mean of its vectors
learn together: Howard and Ruder, Universal Language Model Fine-tuning (2018), sec. 3.3.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from os2kb.triage.issues import LabelledIssue
from os2kb.triage.ridge import Doubles, Ints
from os2kb.triage.tokens import own_words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[float], None]
"""Told the share of the work that is done."""

Fresh = Callable[[], "SentenceTransformer"]
"""Gives an encoder as it was before any training, each time another."""

FOLDS = 3
_ROUNDS = 4
_BATCH = 16
_READ = 160  # tokens
_CHARACTERS = 1_500
_RATE, _HEAD_RATE = 5e-5, 1e-3
_WARM_UP = 0.1
_SMOOTHING = 0.1
_SEED = 0


@dataclass(frozen=True, slots=True)
class Trained:
    """An encoder and its head.

    Attributes:
        encoder: nobody else's: it is changed by training.
        head: a `torch.nn.Linear`.
    """

    encoder: "SentenceTransformer"
    head: Any

    def chances(self, issues: Sequence[LabelledIssue]) -> Doubles:
        """Issues × types; each row sums to one."""
        import torch

        self.encoder.eval()
        with torch.inference_mode():
            parts = [
                torch.softmax(self._scores(_texts(part)), dim=1).numpy()
                for part in _batches(issues)
            ]
        return np.concatenate(parts).astype(np.float64)

    def save(self, path: Path) -> None:
        """Write what was learned as safetensors: half-precision numbers, and nothing to run."""
        import torch
        from safetensors.torch import save_file

        learned = {f"head.{name}": value for name, value in self.head.state_dict().items()}
        learned |= dict(self.encoder.named_parameters())
        kept = {name: value for name, value in learned.items() if not _is_word(name)}
        save_file({name: value.detach().to(torch.float16) for name, value in kept.items()}, path)

    def _scores(self, texts: Sequence[str]) -> Any:
        read = self.encoder[1](self.encoder[0](self.encoder.preprocess(list(texts))))
        return self.head(read["sentence_embedding"])


def load(path: Path, fresh: Fresh) -> Trained:
    """What was saved, over the encoder that it was trained from.

    Raises:
        OSError, ValueError, KeyError, RuntimeError: it is not there, or not of this encoder.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        learned = load_file(path)
    except SafetensorError as wrong:
        raise ValueError(str(wrong)) from wrong
    weight = learned.pop("head.weight").float()
    trained = _untrained(fresh, len(weight))
    trained.head.load_state_dict({"weight": weight, "bias": learned.pop("head.bias").float()})
    parameters = dict(trained.encoder.named_parameters())
    with torch.no_grad():
        for name, value in learned.items():
            parameters[name].copy_(value)
    return trained


@dataclass(frozen=True, slots=True)
class Further:
    """Trains an encoder further.

    Attributes:
        fresh: where it begins.
        progress: told the share that is done.
    """

    fresh: Fresh
    progress: Progress

    def __call__(
        self, issues: Sequence[LabelledIssue], types: Ints, count: int
    ) -> tuple[Trained, Doubles]:
        """Train on all issues; and the chances of each, by an encoder that had not seen it.

        Takes FOLDS times as long as training once.

        Args:
            issues: to learn from.
            types: of each issue, 0 to `count` - 1.
            count: of types.
        """
        left_out = np.full((len(issues), count), 1 / count)
        fold = _folds(issues, types)
        for number in range(FOLDS):
            unseen = fold == number
            if unseen.any():
                seen = list(compress(issues, ~unseen))
                trained = self.once(seen, types[~unseen], count, number)
                left_out[unseen] = trained.chances(list(compress(issues, unseen)))
        return self.once(issues, types, count, FOLDS), left_out

    def once(
        self, issues: Sequence[LabelledIssue], types: Ints, count: int, number: int = 0
    ) -> Trained:
        """The same without what it says of issues it has not seen.

        Args:
            issues: to learn from.
            types: of each issue, 0 to `count` - 1.
            count: of types.
            number: how many trainings of the FOLDS + 1 went before, for the progress.
        """
        return _trained(
            issues,
            types,
            _untrained(self.fresh, count),
            lambda share: self.progress((number + share) / (FOLDS + 1)),
        )


def _folds(issues: Sequence[LabelledIssue], types: Ints) -> Ints:
    """Each issue's fold: every repository's issues of every type are dealt out in turn."""
    dealt: Counter[tuple[str, int]] = Counter()
    fold = np.zeros(len(issues), np.int64)
    for at, (one, kind) in enumerate(zip(issues, types.tolist(), strict=True)):
        fold[at] = dealt[one.repository, kind] % FOLDS
        dealt[one.repository, kind] += 1
    return fold


def _trained(
    issues: Sequence[LabelledIssue], types: Ints, trained: Trained, progress: Progress
) -> Trained:
    import torch

    parameters = [value for name, value in trained.encoder.named_parameters() if not _is_word(name)]
    optimizer = torch.optim.AdamW(
        [
            {"params": parameters, "lr": _RATE},
            {"params": trained.head.parameters(), "lr": _HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = _ROUNDS * -(-len(issues) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (steps * _WARM_UP), (steps - step) / steps)
    )
    texts, wanted = _texts(issues), torch.tensor(types)
    trained.encoder.train()
    for step, chosen in enumerate(_rounds(len(issues))):
        scores = trained._scores([texts[at] for at in chosen])
        loss = torch.nn.functional.cross_entropy(scores, wanted[chosen], label_smoothing=_SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        progress((step + 1) / steps)
    return trained


def _untrained(fresh: Fresh, count: int) -> Trained:
    import torch

    torch.manual_seed(_SEED)
    encoder = fresh()
    encoder.max_seq_length = min(encoder.max_seq_length or _READ, _READ)
    for name, value in encoder.named_parameters():
        value.requires_grad_(not _is_word(name))
    return Trained(encoder, torch.nn.Linear(encoder.get_embedding_dimension(), count))


def _is_word(parameter: str) -> bool:
    """Whether it belongs to the embeddings of words: large, and best left as they are."""
    return ".embeddings." in parameter


def _rounds(issues: int) -> Iterator[list[int]]:
    """Batches of all issues, in another order each round."""
    dice = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        order = dice.permutation(issues).tolist()
        yield from (order[start : start + _BATCH] for start in range(0, issues, _BATCH))


def _batches(issues: Sequence[LabelledIssue]) -> Iterator[Sequence[LabelledIssue]]:
    return (issues[start : start + _BATCH] for start in range(0, len(issues), _BATCH))


def _texts(issues: Sequence[LabelledIssue]) -> list[str]:
    """The repository's name, the title, and how the body begins."""
    # A tokenizer takes no lone surrogates.
    said = (
        f"{one.repository.rpartition('/')[2]}: {one.title}\n{own_words(one.body)[:_CHARACTERS]}"
        for one in issues
    )
    return [text.encode("utf-8", "replace").decode("utf-8") for text in said]
