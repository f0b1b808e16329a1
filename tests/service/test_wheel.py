"""What is installed is what was written: the wheel, run from a folder full of decoys."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
OURS = ("index", "os2kb", "prompts", "webhooks")


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OS2KB_", "PYTHON"))}
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel alone; its dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--quiet",
        "--wheel-dir",
        folder,
        ROOT,
        cwd=folder,
    )
    (wheel,) = folder.glob("os2kb-*.whl")
    venv.create(folder / "venv", with_pip=False)
    inside = folder / "venv" / "bin" / "python"
    site = next((folder / "venv" / "lib").glob("python*/site-packages"))
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--quiet",
        "--target",
        site,
        wheel,
        cwd=folder,
    )
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies)
    return inside


@pytest.fixture
def decoys(tmp_path: Path) -> Path:
    """A folder whose own `index`, `webhooks` … would be imported by a careless start."""
    for name in OURS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the decoy was imported')")
    return tmp_path


def test_the_installed_command_answers_from_its_own_samples(python: Path, decoys: Path):
    console_script = (
        "import sys; sys.path = [p for p in sys.path if p]; from os2kb.cli import main; main()"
    )
    command = (python, "-c", console_script)
    assert "deliveries" in run(*command, "--help", cwd=decoys)
    where = run(python, "-c", _ORIGINS, cwd=decoys)
    assert str(python.parent.parent) in where
    assert str(ROOT) not in where

    packaged = run(python, "-c", _SCHEMA, cwd=decoys)
    assert json.loads(packaged) == json.loads(run(*command, "policy", "schema", cwd=decoys))
    (decoys / "os2kb.yml").write_text("version: 1\npreset: os2forms\n", "utf-8")
    run(*command, "policy", "explain", "--file", "os2kb.yml", cwd=decoys)

    handbook = run(python, "-c", _HANDBOOK, cwd=decoys).strip()
    assert str(ROOT) not in handbook
    run(*command, "index", "build", handbook, cwd=decoys)
    found = run(*command, "search", "hvem godkender en pull request", "--json", cwd=decoys)
    assert '"results"' in found
    answer = run(*command, "ask", "Hvor tit udkommer OS2demo?", "--json", cwd=decoys)
    assert '"citations"' in answer


_ORIGINS = """
import sys
sys.path = [p for p in sys.path if p]
import index, os2kb, prompts, webhooks
print(index.__file__, os2kb.__file__, prompts.__file__, webhooks.__file__)
"""
_SCHEMA = """
import sys
sys.path = [p for p in sys.path if p]
from importlib.resources import files
print(files("os2kb.policy").joinpath("os2kb.schema.json").read_text("utf-8"))
"""
_HANDBOOK = """
import sys
sys.path = [p for p in sys.path if p]
from os2kb.demo.stage import samples
print(samples() / "handbook")
"""
