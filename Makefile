# Needs Python >= 3.11, make and a package index; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODE := zyw tests benchmarks examples

.PHONY: demo test search docs soak bench clean
.DEFAULT_GOAL := test

# The example holds a few faults on purpose, so that its month ends with exit code 1: done, with errors in the data.
demo: $(VENV)/.base
	$(BIN)/zyw demo build/demo || test $$? -eq 1

test: $(VENV)/.dev
	$(BIN)/ruff check $(wildcard $(CODE))
	$(BIN)/ruff format --check $(wildcard $(CODE))
	$(BIN)/mypy --strict zyw tests
	$(BIN)/python -m pytest -q -n auto --dist loadfile

# Writes the generated pages of docs/ anew; `make test` fails when they are stale.
docs: $(VENV)/.dev
	$(BIN)/python -m tests.docgen
	$(BIN)/python -m tests.walkthrough

# Looks for examples that break what must always hold: new ones each time, unlike `make test`.
search: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n auto --dist loadfile --hypothesis-profile=search

# Kills and full disks at twenty moments, a thousand runs in a row: twenty minutes.
soak: $(VENV)/.dev
	$(BIN)/python -m tests.soak

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Stamps: a second `make` installs nothing. pip compiles what it installs; ours is compiled here.
$(VENV)/.base: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q zyw
	touch $@

$(VENV)/.dev: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,encrypted]'
	$(BIN)/python -m compileall -q zyw
	touch $@
