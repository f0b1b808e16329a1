"""The demo GitHub as a process of its own, as `make run` starts it."""

import re
import stat
import subprocess
import sys
from pathlib import Path

from github import Auth, GithubIntegration

from tests.contract.small_world import SEED
from tests.loopback import HTTP


def test_it_starts_seeds_writes_a_key_and_stops(tmp_path: Path) -> None:
    (tmp_path / "seed.yml").write_text(SEED)
    key = tmp_path / "keys" / "app.pem"
    command = [sys.executable, "-m", "os2kb.demo.github", "--seed", str(tmp_path / "seed.yml")]
    command += ["--private-key", str(key)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        try:
            assert process.stdout is not None
            said = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert said is not None
            api = said[0] + "/api/v3"
            app = GithubIntegration(auth=Auth.AppAuth(4242, key.read_text()), base_url=api)

            assert app.get_repo_installation("os2display", "api").id == 71
            assert HTTP.get(said[0]).status_code == 200
            assert stat.S_IMODE(key.stat().st_mode) == 0o600
        finally:
            process.terminate()
    assert process.returncode in {0, -15}


def test_a_bad_seed_is_one_sentence_and_no_server(tmp_path: Path) -> None:
    (tmp_path / "seed.yml").write_text("repositories: {a/b: {isues: []}}")
    command = [sys.executable, "-m", "os2kb.demo.github", "--seed", str(tmp_path / "seed.yml")]

    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60)

    assert ended.returncode == 2
    assert "isues" in ended.stderr
    assert "Traceback" not in ended.stderr
