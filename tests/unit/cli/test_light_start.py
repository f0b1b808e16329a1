"""What `os2kb` loads before it knows which command it is: `--help` and small commands are quick."""

import subprocess
import sys

import pytest

LOADED = """
import sys
import {module}
print(*(name.partition(".")[0] for name in sys.modules))
"""
HEAVY = {
    *("alembic", "dbos", "docutils", "faiss", "fastapi", "github", "holidays", "httpx", "jinja2"),
    *("jira", "lxml", "markdown_it", "numpy", "scipy", "sklearn", "sqlalchemy", "uvicorn", "zulip"),
}


@pytest.mark.parametrize("module", ["os2kb.cli.commands", "os2kb.knowledge.refresh.record"])
def test_what_takes_long_to_import_is_imported_by_the_command_that_needs_it(module: str) -> None:
    code = LOADED.format(module=module)
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)
    assert not done.stderr
    assert HEAVY.isdisjoint(done.stdout.split())


def test_facts_are_known_without_the_engine_that_compares_texts() -> None:
    code = LOADED.format(module="os2kb.governance.facts")
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)
    assert {"scipy", "sklearn", "faiss"}.isdisjoint(done.stdout.split())
