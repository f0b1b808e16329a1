# make run    a walk through what the bot does, on your own machine
# make test   every test that needs nothing heavy
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A file's tests stay together: they share servers. The long ones come first, in the order of the
# folders, so that neither worker is left with them in the end.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
# Compiled files are kept where the environment forbids it, too: every worker, and every process
# that a test starts, would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint types check bench docs pins clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.base ## index the sample handbook, start the service, a demo GitHub and a demo Jira, and show the bot at work
	@$(BIN)/os2kb demo

# A worker for each core: threads of theirs besides would spin and wait for one another.
test test-fast: export OMP_NUM_THREADS := 1

test: $(VENV)/.test ## all tests; what needs a model, Chromium or PostgreSQL skips with its reason
	$(BIN)/python -m pytest $(SPREAD)

test-fast: $(VENV)/.test ## unit and contract tests without the slow ones: about a minute
	$(BIN)/python -m pytest $(SPREAD) -m "not slow" --hypothesis-profile quick tests/unit tests/contract

lint: $(VENV)/.test ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.test ## mypy --strict
	$(BIN)/mypy

check: lint types test ## everything CI checks

bench: $(VENV)/.test ## intake, building, search, answers, decide, escalation and decisions, beside plain baselines where there are any
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.comparison
	$(BIN)/python -m benchmarks.latency --passages 10000 100000
	$(BIN)/python -m benchmarks.http
	$(BIN)/python -m benchmarks.suggestions
	$(BIN)/python -m benchmarks.visitors
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.asking
	$(BIN)/python -m benchmarks.decide
	$(BIN)/python -m benchmarks.escalation
	$(BIN)/python -m benchmarks.decisions
	$(BIN)/python -m benchmarks.decision_sync
	$(BIN)/python -m benchmarks.backfill
	$(BIN)/python -m benchmarks.ticket_sync

docs: $(VENV)/.base ## write the generated tables of docs/ anew
	$(BIN)/python -m os2kb.documents

pins: ## compile requirements/*.txt anew (needs uv)
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements/base.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements/test.txt requirements/test.in
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links --override requirements/neural.override --no-emit-package torch -o requirements/neural.txt requirements/neural.in
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links --override requirements/neural.override --no-emit-package torch -o requirements/ci.txt requirements/ci.in
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links --override requirements/neural.override --no-emit-package torch -o requirements/bench.txt requirements/bench.in

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/test.txt
	@touch $@

clean: ## remove the virtual environment, the data and every cache
	rm -rf $(VENV) data dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
